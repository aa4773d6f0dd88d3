"""Items of the table: what is stored of a video, and what is not taken for one."""

from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from reelhook.adapters.items.accounts import key_from_item
from reelhook.adapters.items.gates import gate_from_item
from reelhook.adapters.items.videos import (
    tombstone_from_item,
    tombstone_to_item,
    video_from_item,
    video_to_item,
)
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.gate import Gate
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State
from tests.builders import NOW, VIDEO_ID, a_request, a_video

texts = st.text(max_size=20).filter(lambda text: text.isprintable())
counts = st.integers(0, 2**53)
options = st.dictionaries(texts, texts | st.booleans() | counts | st.lists(texts, max_size=2), max_size=3)


@given(
    request=st.builds(
        a_request,
        prompt=st.none() | texts,
        seconds=st.none() | counts,
        seed=st.none() | counts,
        generate_audio=st.none() | st.booleans(),
        reference_images=st.lists(texts, max_size=3).map(tuple),
        metadata=st.dictionaries(texts, texts, max_size=3),
        user=st.none() | texts.filter(bool),
        provider_options=options,
    ),
    state=st.sampled_from(State),
    asked=counts,
    candidates=st.frozensets(texts.filter(bool), max_size=3),
    refreshed=st.booleans(),
    hinted_at=st.none() | st.integers(1, 2**53),
)
def test_what_is_written_is_what_is_read(**changes: Any) -> None:
    video = a_video(**changes)

    assert video_from_item(video_to_item(video)) == video


def test_absent_is_not_stored_and_what_the_client_set_is() -> None:
    request = a_request(seed=0, generate_audio=False, metadata={}, user="")
    item = video_to_item(a_video(request=request, tries=0, candidates=frozenset(), refreshed=False))

    assert not {"tries", "candidates", "refreshed", "task", "error", "user", "owner_user", "video_id"} & set(
        item
    )
    assert item["request"]["M"].keys() == {
        "model",
        "mode",
        "prompt",
        "seconds",
        "seed",
        "generate_audio",
        "user",
    }


def test_an_item_carries_its_keys_kind_and_indexes() -> None:
    item = video_to_item(a_video(request=a_request(user="end-user"), candidates=frozenset({"b", "a"})))

    assert (item["pk"], item["sk"]) == ({"S": f"video#{VIDEO_ID}"}, {"S": "video"})
    assert item["kind"] == {"S": "video"}
    assert item["owner_order"] == {"S": f"1799999940000#{VIDEO_ID}"}
    assert item["user"] == {"S": "end-user"}
    # sha256 of ["user-index","owner-1","end-user"], computed with sha256sum
    assert item["owner_user"] == {"S": "2b603f49a8be10c1a95405b36865593840f355a8b8c25f406e5cdc05f8610562"}
    assert sorted(item["candidates"]["SS"]) == ["a", "b"]


def spoiled(**changes: Any) -> dict[str, Any]:
    plain = {name: TypeSerializer().serialize(value) for name, value in changes.items()}
    return video_to_item(a_video(State.STORED)) | plain


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gate"},
        {"state": 5},
        {"due_at": "soon"},
        {"asked": True},
        {"task_id": None},
        {"results": "https://file.apixo.ai/1.mp4"},
        {"results": [1]},
        {"candidates": ["a"]},
        {"request": {"model": "m", "prompt": "p"}},
        {"request": {"model": "m", "mode": "telepathy", "prompt": "p"}},
        {"artifacts": [{"index": 0}]},
        {"error": "broken"},
        {"created_at": "1"},
    ],
)
def test_an_item_nobody_here_wrote_is_unreadable_and_says_where(changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableItemError, match=next(iter(changes))) as raised:
        video_from_item(spoiled(**changes))

    assert raised.value.item_id == VIDEO_ID


def test_a_number_that_is_not_whole_is_unreadable() -> None:
    with pytest.raises(UnreadableItemError, match="due_at: int expected"):
        video_from_item(spoiled() | {"due_at": {"N": "1.5"}})


def test_an_item_without_what_every_video_has_is_unreadable() -> None:
    item = video_to_item(a_video())
    del item["owner"]

    with pytest.raises(UnreadableItemError, match="owner is missing"):
        video_from_item(item)


def test_an_unreadable_item_shows_nothing_of_its_content() -> None:
    with pytest.raises(UnreadableItemError) as raised:
        video_from_item(spoiled(results=[{"secret": "https://signed"}]))

    assert "signed" not in str(raised.value)


def test_an_unknown_state_comes_before_whatever_else_is_new_about_the_item() -> None:
    with pytest.raises(UnknownStateError):
        video_from_item(spoiled(state="upscaling", due_at="never"))


def test_gates_and_keys_are_read_as_strictly() -> None:
    assert gate_from_item("apixo", {"pk": {"S": "gate#apixo"}, "refusals": {"N": "2"}}) == Gate(
        "apixo", refusals=2
    )
    with pytest.raises(UnreadableItemError):
        gate_from_item("apixo", {"refusals": {"S": "2"}})
    with pytest.raises(UnreadableItemError, match="owner is missing"):
        key_from_item({"expires_at": {"N": str(NOW)}})


TOMBSTONE = Tombstone(VIDEO_ID, "owner-1", NOW, NOW + 1, NOW // 1_000, "3", NOW + 1)


def test_a_tombstone_takes_the_videos_place_and_leaves_its_lists() -> None:
    item = tombstone_to_item(TOMBSTONE)

    assert item.keys() == {"pk", "sk", "kind", "owner", "created_at", "deleted_at", "ttl", "open", "due_at"}
    assert (item["pk"], item["sk"], item["kind"]) == (
        {"S": f"video#{VIDEO_ID}"},
        {"S": "video"},
        {"S": "tombstone"},
    )
    assert tombstone_from_item(item) == TOMBSTONE
    assert video_from_item(item) is None


def test_a_video_is_no_tombstone_and_a_broken_tombstone_is_unreadable() -> None:
    assert tombstone_from_item(video_to_item(a_video())) is None
    assert tombstone_from_item(None) is None
    with pytest.raises(UnreadableItemError, match="deleted_at: int expected"):
        tombstone_from_item(tombstone_to_item(TOMBSTONE) | {"deleted_at": {"S": "yesterday"}})
