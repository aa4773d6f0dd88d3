"""Where references lie: what stands at a key is never replaced, and what is removed is gone."""

import pytest

from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.references import HeldMedia
from tests.builders import VIDEO_ID
from tests.contracts.aws import References
from tests.images import a_png

KEY = f"references/owner-1/{VIDEO_ID}/0"
OTHERS = [f"references/owner-1/{VIDEO_ID}/1", f"references/owner-2/{VIDEO_ID}/0"]
IMAGE = HeldMedia(a_png(), "image/png")
ANOTHER = HeldMedia(a_png(1), "image/png")


@pytest.mark.parametrize(
    "media", [IMAGE, HeldMedia(b"RIFF....WAVE", "audio/wav"), HeldMedia(a_png(300_000), "image/png")]
)
def test_bytes_are_kept_as_they_are_with_their_type(references: References, media: HeldMedia) -> None:
    references.store.put(KEY, media)

    assert references.standing(KEY) == (media.data, media.content_type)


def test_the_same_bytes_again_are_no_error(references: References) -> None:
    for _ in range(3):
        references.store.put(KEY, IMAGE)

    assert references.standing(KEY) == (IMAGE.data, "image/png")


def test_other_bytes_are_a_conflict_and_replace_nothing(references: References) -> None:
    references.store.put(KEY, IMAGE)

    with pytest.raises(ObjectConflictError):
        references.store.put(KEY, ANOTHER)

    assert references.standing(KEY) == (IMAGE.data, "image/png")


def test_what_is_removed_is_gone_and_nothing_else_is(references: References) -> None:
    for key in (KEY, *OTHERS):
        references.store.put(key, IMAGE)

    references.store.remove([KEY])

    assert [references.standing(key) is not None for key in (KEY, *OTHERS)] == [False, True, True]


def test_removing_what_is_not_there_is_no_error(references: References) -> None:
    references.store.put(KEY, IMAGE)

    for _ in range(2):
        references.store.remove([KEY, *OTHERS])

    assert references.standing(KEY) is None


def test_where_one_was_removed_another_may_stand(references: References) -> None:
    references.store.put(KEY, IMAGE)
    references.store.remove([KEY])

    references.store.put(KEY, ANOTHER)

    assert references.standing(KEY) == (ANOTHER.data, "image/png")


def test_a_link_to_a_version_names_it_and_another_one_does_not(references: References) -> None:
    assert "versionId=3HL4kqtJlcpXroDTDmJ%2BrmSpXd3dIbrHY" in references.store.link(
        KEY, 60, "3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"
    )
    assert "versionId" not in references.store.link(KEY, 60)


def test_a_link_names_the_reference_and_how_long_it_is_asked_to_live(references: References) -> None:
    link = references.store.link(KEY, 43_200)

    assert link.startswith("https://")
    assert KEY in link
    assert "X-Amz-Expires=43200" in link
