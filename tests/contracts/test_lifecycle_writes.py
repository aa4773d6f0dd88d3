"""Every write of the lifecycle stands exactly where the specification says, in memory as in DynamoDB."""

from dataclasses import replace
from typing import Any

import pytest

from reelhook.domain.lifecycle import confirming, sending, transferring
from reelhook.domain.price import Usage
from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Key, Write, is_mine
from tests.builders import CLAIM, LINK, NOW, TASK_ID, TIMING, VIDEO_ID, a_draft, a_request, a_video, an_error
from tests.contracts.aws import Videos
from tests.contracts.transitions import ALLOWED, BY_NAME, OVERTAKEN, REFUSED, TRANSITIONS
from tests.fakes import InMemoryVideos


def expected(video: Video, write: Write) -> Video:
    """The video after a write, by the plainest reading of it: set, add, remove."""
    told: dict[str, Any] = dict(write.change)
    for name, value in write.add.items():
        held: Any = getattr(video, name)
        told[name] = held | value if isinstance(value, frozenset) else held + value
    blank = a_draft()
    defaults = {name: getattr(blank, name) for name in write.remove}
    return write.put if isinstance(write.put, Video) else replace(video, **{**told, **defaults})


@pytest.mark.parametrize("name", BY_NAME)
def test_a_write_stands_in_its_states_only(videos: Videos, name: str) -> None:
    transition = BY_NAME[name]
    for state in State:
        before = a_video(state)
        videos.plant(before)
        write = transition.build(before)

        outcome = videos.store.apply(write)

        after = expected(before, write) if state in transition.states else before
        assert (outcome.applied, outcome.item) == (state in transition.states, after), state
        assert videos.store.read(VIDEO_ID) == after, state


@pytest.mark.parametrize(("name", "state", "change"), REFUSED)
def test_a_write_is_refused_for_more_than_the_state(
    videos: Videos, name: str, state: State, change: dict[str, Any]
) -> None:
    before = a_video(state, **change)
    videos.plant(before)

    outcome = videos.store.apply(BY_NAME[name].build(before))

    assert (outcome.applied, outcome.item, videos.store.read(VIDEO_ID)) == (False, before, before)


@pytest.mark.parametrize(("name", "state", "change"), ALLOWED)
def test_a_write_stands_whatever_else_is_there(
    videos: Videos, name: str, state: State, change: dict[str, Any]
) -> None:
    before = a_video(state, **change)
    videos.plant(before)
    write = BY_NAME[name].build(before)

    outcome = videos.store.apply(write)

    assert (outcome.applied, outcome.item) == (True, expected(before, write))


@pytest.mark.parametrize(("name", "state", "meanwhile"), OVERTAKEN)
def test_a_write_on_what_was_seen_is_refused_once_that_changed(
    videos: Videos, name: str, state: State, meanwhile: dict[str, Any]
) -> None:
    seen = a_video(state)
    videos.plant(replace(seen, **meanwhile))

    assert not videos.store.apply(BY_NAME[name].build(seen)).applied


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - {"T0", "T0q"}))
def test_no_write_makes_an_item_but_the_puts(videos: Videos, name: str) -> None:
    outcome = videos.store.apply(BY_NAME[name].build(a_video(State.TRANSFERRING)))

    assert (outcome.applied, outcome.item, videos.store.read(VIDEO_ID)) == (False, None, None)


def test_a_new_video_is_put_whole(videos: Videos) -> None:
    request = a_request(
        seed=0,
        generate_audio=False,
        user="end-user",
        reference_images=("https://a.test/1.png", "https://a.test/2.png"),
        metadata={"order": "7", "empty": ""},
        provider_options={"web_search": False, "frames": 0, "tiers": ["flex"]},
    )
    write = sending.claim_new(a_draft(request=request), CLAIM, NOW, TIMING)

    outcome = videos.store.apply(write)

    assert (outcome.applied, outcome.item) == (True, write.put)
    assert videos.store.read(VIDEO_ID) == write.put


def test_a_new_video_may_wait_in_the_queue(videos: Videos) -> None:
    videos.store.apply(sending.enqueue_new(a_draft(), "claim-1", DAY))

    standing = videos.store.read(VIDEO_ID)

    assert standing is not None
    assert (standing.state, standing.queue, standing.due_at) == (State.QUEUED, "apixo", NOW - MINUTE + DAY)


@pytest.mark.parametrize("name", [t.name for t in TRANSITIONS if t.build(a_video()).mine is not None])
def test_a_hidden_retry_finds_its_own_claim_or_lease(videos: Videos, name: str) -> None:
    state = next(iter(BY_NAME[name].states), State.SUBMITTING)
    write = BY_NAME[name].build(a_video(state) if BY_NAME[name].states else a_draft())
    if BY_NAME[name].states:
        videos.plant(a_video(state))
    first = videos.store.apply(write)

    second = videos.store.apply(write)

    assert first.applied
    assert not second.applied
    assert second.item == first.item
    assert is_mine(write, second.item)


def test_somebody_elses_claim_is_not_mine(videos: Videos) -> None:
    videos.store.apply(sending.claim_new(a_draft(), "theirs", NOW, TIMING))
    write = sending.claim_new(a_draft(), "mine", NOW, TIMING)

    outcome = videos.store.apply(write)

    assert not is_mine(write, outcome.item)


def test_hints_add_up_and_gather_candidates(videos: Videos) -> None:
    videos.plant(a_video(State.SUBMITTING))
    for task_id in ("task-a", "task-b", "task-a"):
        standing = videos.store.read(VIDEO_ID)
        assert standing is not None
        assert videos.store.apply(confirming.hint(standing, task_id, NOW)).applied

    standing = videos.store.read(VIDEO_ID)

    assert standing is not None
    assert (standing.asked, standing.candidates) == (3, frozenset({"task-a", "task-b"}))


def test_a_count_that_was_reset_is_as_good_as_never_begun(videos: Videos) -> None:
    video = a_video(State.TRANSFERRING, bad=2, tries=1)
    videos.plant(video)
    videos.store.apply(transferring.fail_attempt(video, "lease-1", 0, NOW))
    retried = videos.store.read(VIDEO_ID)
    assert retried is not None

    assert (retried.bad, retried.tries, retried.lease) == (0, 2, None)
    assert videos.store.apply(transferring.resend(retried, NOW + HOUR)).applied


def test_a_write_that_changes_nothing_is_still_a_check(videos: Videos) -> None:
    videos.plant(a_video())
    write = Write("check", Key("video", VIDEO_ID), BY_NAME["T10"].build(a_video()).condition)

    outcome = videos.store.apply(write)

    assert (outcome.applied, outcome.item) == (True, a_video())


def test_the_failure_of_the_only_candidate_settles_the_video(videos: Videos) -> None:
    video = a_video(State.SUBMITTING, candidates=frozenset({TASK_ID}))
    videos.plant(video)

    outcome = videos.store.apply(confirming.failure(video, TASK_ID, an_error(param="prompt"), NOW, 30))

    assert outcome.item is not None
    assert (outcome.item.state, outcome.item.error) == (State.FAILED, an_error(param="prompt"))
    assert outcome.item.ttl == (NOW + 30 * DAY) // 1000


def test_what_a_video_cost_comes_back_digit_for_digit_and_a_last_frame_with_it(videos: Videos) -> None:
    video = a_video()
    videos.plant(video)
    usage = Usage("0.2400", "USD", "as billed by the provider", estimated=False)

    videos.store.apply(
        confirming.success(video, TASK_ID, (LINK,), NOW, last_frame=LINK + "?last", usage=usage)
    )

    standing = videos.store.read(VIDEO_ID)
    assert standing is not None
    assert (standing.usage, standing.last_frame_result) == (usage, LINK + "?last")


def test_a_renewed_success_leaves_no_last_frame_of_an_earlier_one(videos: Videos) -> None:
    video = a_video(State.EXPIRED, last_frame_result="https://dead.example/l.png")
    videos.plant(video)

    videos.store.apply(confirming.success(video, TASK_ID, (LINK,), NOW))

    standing = videos.store.read(VIDEO_ID)
    assert standing is not None
    assert (standing.results, standing.last_frame_result) == ((LINK,), None)


def test_the_fake_accepts_no_attribute_touched_twice_as_dynamodb_would_not() -> None:
    fake = InMemoryVideos()
    fake.plant(a_video())
    twice = Write("twice", Key("video", VIDEO_ID), None, change={"lease": "a"}, remove=("lease",))

    with pytest.raises(AssertionError, match="twice"):
        fake.apply(twice)
