"""The bucket: an object is written once, whole, with S3's checksum, and only ever by its own video."""

import pytest

from reelhook.domain.errors.results import (
    ObjectConflictError,
    OutOfTimeError,
    ResultError,
    ResultUnavailableError,
)
from reelhook.domain.ports.media import ObjectIdentity
from tests.builders import VIDEO_ID, a_png, an_mp4
from tests.contracts.aws import Media
from tests.fakes import StaticStream

KEY = f"videos/{VIDEO_ID}/0.mp4"
OURS = ObjectIdentity(VIDEO_ID, "task-1")
MIB = 1024 * 1024
PART = 8 * MIB
TYPES = ("FULL_OBJECT", "COMPOSITE", "")  # the emulator in this process names none
SIZES = [1, 1_000, 256 * 1024, 256 * 1024 + 1, 3 * MIB]


def test_nothing_is_found_where_nothing_is(media: Media) -> None:
    assert media.store.find(KEY) is None


@pytest.mark.parametrize("size_known", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_an_object_is_stored_byte_for_byte(media: Media, size: int, size_known: bool) -> None:
    data = an_mp4(size)

    stored = media.store.put(KEY, StaticStream(data, size_known=size_known), OURS)

    assert media.content(KEY) == data
    assert (stored.size, stored.content_type, stored.identity) == (len(data), "video/mp4", OURS)
    assert stored.checksum
    assert stored.checksum_type in TYPES
    assert media.store.find(KEY) == stored


@pytest.mark.parametrize("size", [PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 7])
def test_a_size_nobody_announced_may_be_any(media: Media, size: int) -> None:
    data = an_mp4(size)[:size]

    stored = media.store.put(KEY, StaticStream(data, size_known=False), OURS)

    assert media.content(KEY) == data
    assert stored.size == size
    assert stored.checksum
    assert stored.checksum_type in TYPES


def test_our_own_object_is_as_good_as_a_new_one(media: Media) -> None:
    first = media.store.put(KEY, StaticStream(an_mp4()), OURS)

    assert media.store.put(KEY, StaticStream(an_mp4(2_000)), OURS) == first
    assert media.content(KEY) == an_mp4()


@pytest.mark.parametrize("other", [ObjectIdentity(VIDEO_ID, "task-2"), ObjectIdentity("video_b", "task-1")])
@pytest.mark.parametrize("size_known", [True, False])
def test_anybody_elses_object_is_a_conflict_and_stays(
    media: Media, other: ObjectIdentity, size_known: bool
) -> None:
    media.store.put(KEY, StaticStream(an_mp4()), other)

    with pytest.raises(ObjectConflictError):
        media.store.put(KEY, StaticStream(an_mp4(2_000), size_known=size_known), OURS)

    assert media.content(KEY) == an_mp4()
    found = media.store.find(KEY)
    assert found is not None
    assert found.identity == other


@pytest.mark.parametrize("error", [ResultUnavailableError("cut"), OutOfTimeError("late")])
@pytest.mark.parametrize("size_known", [True, False])
def test_a_stream_that_breaks_leaves_nothing_and_says_its_own_error(
    media: Media, error: ResultError, size_known: bool
) -> None:
    stream = StaticStream(an_mp4(10_000), size_known=size_known, error=error, fail_at=500)

    with pytest.raises(type(error)) as raised:
        media.store.put(KEY, stream, OURS)

    assert raised.value is error
    assert media.store.find(KEY) is None


def test_an_image_is_stored_as_what_it_is(media: Media) -> None:
    key = f"videos/{VIDEO_ID}/last_frame.png"

    stored = media.store.put(key, StaticStream(a_png()), OURS)

    assert (stored.content_type, media.content(key)) == ("image/png", a_png())
    assert media.store.find(key) == stored


@pytest.mark.parametrize(
    "task_id", ["a/b?c=d&e f", "täsk-日本", "\N{GRINNING FACE}" * 256, "base64:eA==", "%41"]
)
def test_any_task_id_is_told_apart(media: Media, task_id: str) -> None:
    identity = ObjectIdentity(VIDEO_ID, task_id)
    media.store.put(KEY, StaticStream(an_mp4()), identity)

    found = media.store.find(KEY)

    assert found is not None
    assert found.identity == identity


def test_a_link_names_the_object_and_how_long_it_lives(media: Media) -> None:
    link = media.store.link(KEY, "image/png", 900)

    assert link.startswith("https://")
    assert KEY in link
    assert "X-Amz-Expires=900" in link
    assert "response-content-type=image%2Fpng" in link


def test_a_folder_is_cleared_of_all_that_is_in_it_and_of_nothing_else(media: Media) -> None:
    others = [f"videos/{VIDEO_ID}0/0.mp4", "videos/0.mp4", f"references/{VIDEO_ID}/0"]
    for key in (KEY, KEY.replace("0.mp4", "1.mp4"), *others):
        media.store.put(key, StaticStream(an_mp4()), OURS)

    assert media.store.clear(f"videos/{VIDEO_ID}/") == 2
    assert media.store.find(KEY) is None
    assert [key for key in others if media.store.find(key) is None] == []


def test_clearing_again_finds_nothing_to_do(media: Media) -> None:
    media.store.put(KEY, StaticStream(an_mp4()), OURS)

    assert [media.store.clear(f"videos/{VIDEO_ID}/") for _ in range(3)] == [1, 0, 0]


def test_where_a_file_was_deleted_a_new_one_may_stand(media: Media) -> None:
    media.store.put(KEY, StaticStream(an_mp4()), OURS)
    media.store.clear(f"videos/{VIDEO_ID}/")

    media.store.put(KEY, StaticStream(an_mp4(2_000)), OURS)

    assert media.content(KEY) == an_mp4(2_000)
