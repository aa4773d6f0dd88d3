"""What a video is called, and how its requests are told apart."""

import pytest

from reelhook.domain.request import request_hash
from reelhook.domain.video import State, Status
from reelhook.domain.video_ids import derived_video_id, is_video_id, random_video_id
from tests.builders import NOW, a_request, a_video


def test_a_derived_id_is_the_specification_s_digest() -> None:
    # printf '["header","owner-1","key-1"]' | sha256sum | xxd -r -p | base32 | head -c 26, in lower case
    assert derived_video_id("header", "owner-1", "key-1") == "video_3woxfqyg57svauy55q3wxvlfyb"


@pytest.mark.parametrize(
    "parts", [("drop", "owner-1", "key-1"), ("header", "owner-2", "key-1"), ("header", "owner-1key-1")]
)
def test_owners_and_kinds_of_key_are_kept_apart(parts: tuple[str, ...]) -> None:
    assert derived_video_id(*parts) != derived_video_id("header", "owner-1", "key-1")


@pytest.mark.parametrize("key", ["", '","', "\x00", "é", "k" * 255])
def test_every_key_makes_an_id(key: str) -> None:
    assert is_video_id(derived_video_id("header", "owner-1", key))


def test_a_random_id_is_an_id() -> None:
    assert is_video_id(random_video_id(bytes(range(17))))


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "another"},
        {"seconds": 6},
        {"generate_audio": False},
        {"metadata": {"a": "b"}},
        {"user": "u"},
        {"first_frame": "https://example.com/a.png"},
        {"provider_options": {"web_search": False}},
    ],
)
def test_whatever_the_client_sets_makes_another_request(change: dict[str, object]) -> None:
    assert request_hash(a_request(**change)) != request_hash(a_request())


def test_the_order_of_metadata_makes_no_difference() -> None:
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}

    assert request_hash(a_request(metadata=one)) == request_hash(a_request(metadata=other))


def test_a_field_that_is_not_set_adds_nothing_so_that_new_fields_keep_old_hashes() -> None:
    assert request_hash(a_request()) == "v1:8e283c33ee12d7dfffb53c28721bb763f3d63d8d7f8b4de3c608e4cf8bf1505c"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.QUEUED, Status.QUEUED),
        (State.SUBMITTING, Status.IN_PROGRESS),
        (State.SUBMITTED, Status.IN_PROGRESS),
        (State.RESULT_READY, Status.IN_PROGRESS),
        (State.TRANSFERRING, Status.IN_PROGRESS),
        (State.STORED, Status.COMPLETED),
        (State.FAILED, Status.FAILED),
        (State.REJECTED, Status.FAILED),
        (State.TRANSFER_FAILED, Status.FAILED),
        (State.CANCELED, Status.CANCELED),
        (State.EXPIRED, Status.EXPIRED),
    ],
)
def test_outside_there_are_six_words(state: State, status: Status) -> None:
    assert a_video(state).status is status


@pytest.mark.parametrize("state", [State.RESULT_READY, State.TRANSFERRING])
def test_a_re_opened_video_stays_expired_outside_until_it_is_completed(state: State) -> None:
    assert a_video(state, expired_at=NOW).status is Status.EXPIRED
