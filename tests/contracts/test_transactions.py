"""Several writes at once: all of them or none, and of the refused ones what stood there."""

import pytest

from reelhook.domain.fingerprint import Attempt, Fingerprint
from reelhook.domain.lifecycle.recognising import leave_fingerprint
from reelhook.domain.lifecycle.sending import claim_new
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.writes import Transaction
from tests.builders import NOW, TIMING, VIDEO_ID, a_draft, a_video, a_video_id
from tests.contracts.aws import Together

FINGERPRINT = "f" * 64


def asked(video_id: str = VIDEO_ID, retry: int = 0, arrived: int = NOW, now: int = NOW) -> Transaction:
    """A new video with its fingerprint."""
    claim = claim_new(a_draft(video_id=video_id), f"claim-{video_id}", now, TIMING)
    left = leave_fingerprint(FINGERPRINT, video_id, Attempt(arrived, retry), now)
    return Transaction((claim, left), f"claim-{video_id[-20:]}")


def test_both_stand(together: Together) -> None:
    asking = asked()

    assert together.store.apply(asking).refused == {}
    assert together.videos.read(VIDEO_ID) == asking.writes[0].put


def test_where_one_is_refused_none_stands_and_it_tells_what_stood_there(together: Together) -> None:
    together.store.apply(asked(retry=1))

    outcome = together.store.apply(asked(a_video_id(2), retry=1, now=NOW + SECOND))

    assert outcome.refused == {
        "T0f": Fingerprint(FINGERPRINT, VIDEO_ID, NOW, 1, ttl=(NOW // SECOND) + 24 * 3600)
    }
    assert together.videos.read(a_video_id(2)) is None


def test_the_video_that_stood_there_is_told_too(together: Together) -> None:
    together.plant(a_video(State.STORED))

    outcome = together.store.apply(asked())

    assert outcome.refused == {"T0": a_video(State.STORED)}


def test_what_stood_there_may_be_a_tombstone(together: Together) -> None:
    together.plant(a_video(State.STORED))
    together.spoil(VIDEO_ID, {"kind": "tombstone"})

    assert together.store.apply(asked()).refused == {"T0": None}


@pytest.mark.parametrize(
    ("earlier", "later", "meets"),
    [
        ((0, NOW), (0, NOW + SECOND), False),
        ((0, NOW), (1, NOW + SECOND), True),
        ((1, NOW), (1, NOW + SECOND), True),
        ((1, NOW), (0, NOW + SECOND), False),
        ((1, NOW), (0, NOW - SECOND), True),
        ((1, NOW), (0, NOW), True),
        ((0, NOW), (0, NOW - SECOND), False),
    ],
    ids=[
        "two first attempts",
        "a retry after the first",
        "two retries",
        "a first attempt that arrived after a retry: another wish",
        "a first attempt that its retry overtook",
        "and in the very millisecond",
        "two first attempts, overtaken",
    ],
)
def test_which_attempts_meet_in_one_video(
    together: Together, earlier: tuple[int, int], later: tuple[int, int], meets: bool
) -> None:
    together.store.apply(asked(retry=earlier[0], arrived=earlier[1]))

    outcome = together.store.apply(asked(a_video_id(2), *later, NOW + SECOND))

    assert bool(outcome.refused) is meets


@pytest.mark.parametrize(("minutes", "meets"), [(10, True), (11, False)])
def test_after_ten_minutes_nobody_remembers(together: Together, minutes: int, meets: bool) -> None:
    together.store.apply(asked())

    later = NOW + minutes * MINUTE
    outcome = together.store.apply(asked(a_video_id(2), retry=1, arrived=later, now=later))

    assert bool(outcome.refused) is meets
