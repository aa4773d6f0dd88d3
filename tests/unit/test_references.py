"""References: kept before the record, linked when they are sent, gone after the end; nothing is ever sent with other bytes."""

import hashlib
from dataclasses import replace

import pytest

from reelhook.domain.answers import NotSent, Refused, Running, Succeeded, TaskFailed, TryLater
from reelhook.domain.errors.requests import IdempotencyKeyReuseError, VideoGoneError
from reelhook.domain.errors.running import NotConfiguredError, StoreError
from reelhook.domain.references import Asked, HeldMedia, reference, reference_key, with_links
from reelhook.domain.request import Mode, request_hash
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.video import State, Video
from tests.builders import LINK, NOW, TASK_ID, VIDEO_ID, a_request, a_video, an_error
from tests.images import JPEG, a_png
from tests.unit.world import World, once

ENDS = {State.STORED, State.FAILED, State.REJECTED, State.TRANSFER_FAILED, State.CANCELED, State.EXPIRED}
PNG = HeldMedia(a_png(), "image/png")
OTHER = HeldMedia(JPEG, "image/jpeg")


@pytest.fixture
def world() -> World:
    return World()


def asking(*held: HeldMedia) -> Asked:
    """A request whose first frame (and last, if there are two) came as bytes."""
    frames = dict(
        zip(
            ("first_frame", "last_frame"), [reference(n, media) for n, media in enumerate(held)], strict=False
        )
    )
    return Asked(a_request(mode=Mode.FRAMES, **frames), held)


def due_again(world: World, video: Video) -> Video:
    """The video once its final write is made, before anybody came for its references."""
    standing = world.see(video)
    assert (standing.state in ENDS, standing.due_at is not None, standing.references) == (True, True, 1)
    return standing


def test_the_bytes_are_kept_before_the_record_and_the_record_stands_before_the_post(world: World) -> None:
    seen: list[tuple[bool, bool]] = []
    world.videos.fault = lambda _write, after: seen.append((bool(world.references.contents), after))

    video = world.submit_held(asking(PNG))

    assert seen[0] == (True, False)
    assert world.references.contents == {f"references/owner-1/{video.video_id}/0": PNG}
    assert video.references == 1


def test_the_record_holds_neither_bytes_nor_links(world: World) -> None:
    video = world.submit_held(asking(PNG, OTHER))

    assert video.request.first_frame == f"reference:0:{hashlib.sha256(PNG.data).hexdigest()}"
    assert video.request.last_frame == f"reference:1:{hashlib.sha256(JPEG).hexdigest()}"


def test_the_provider_gets_links_in_their_place_that_are_asked_to_live_twelve_hours(world: World) -> None:
    video = world.submit_held(asking(PNG, OTHER))

    ((request, _),) = world.provider.sent
    key = f"references/owner-1/{video.video_id}"
    assert request.first_frame == f"https://media.test/{key}/0?X-Amz-Expires=43200"
    assert request.last_frame == f"https://media.test/{key}/1?X-Amz-Expires=43200"


def test_a_request_without_bytes_touches_no_bucket(world: World) -> None:
    world.references.error = StoreError("S3: down")

    video = world.submit(request=a_request(mode=Mode.FRAMES, first_frame="https://a.example/reference:0"))

    assert world.provider.sent[0][0] == video.request
    assert world.references.links == []


@pytest.mark.parametrize("key", ["key-1", None])
def test_bytes_that_cannot_be_kept_are_not_sent_and_nothing_is_recorded(
    world: World, key: str | None
) -> None:
    world.references.error = StoreError("S3: down")

    with pytest.raises(StoreError):
        world.submit_held(asking(PNG), key)

    assert (world.provider.sent, world.videos.items) == ([], {})


def test_a_stack_that_could_not_send_keeps_nothing(world: World) -> None:
    world.provider.configured = False

    with pytest.raises(NotConfiguredError):
        world.submit_held(asking(PNG))

    assert world.references.contents == {}


def test_the_same_key_and_the_same_bytes_are_the_same_video(world: World) -> None:
    first = world.submit_held(asking(PNG))

    assert world.submit_held(asking(PNG)) == first
    assert (len(world.provider.sent), len(world.references.contents)) == (1, 1)


@pytest.mark.parametrize(
    "other", [asking(OTHER), asking(PNG, OTHER), asking()], ids=["other", "more", "none"]
)
def test_the_same_key_and_other_bytes_are_refused_and_replace_nothing(world: World, other: Asked) -> None:
    first = world.submit_held(asking(PNG))

    with pytest.raises(IdempotencyKeyReuseError):
        world.submit_held(other)

    assert world.references.contents == {f"references/owner-1/{first.video_id}/0": PNG}
    assert len(world.provider.sent) == 1


@pytest.mark.parametrize("other", [False, True])
def test_an_attempt_that_got_no_further_than_its_bytes_binds_the_key_to_them(
    world: World, other: bool
) -> None:
    world.videos.fault = once("T0", after=False)
    with pytest.raises(StoreError):
        world.submit_held(asking(PNG))

    if other:
        with pytest.raises(IdempotencyKeyReuseError):
            world.submit_held(asking(OTHER))
    else:
        assert world.submit_held(asking(PNG)).state is State.SUBMITTED
    assert list(world.references.contents.values()) == [PNG]


def test_without_a_key_a_retry_with_the_same_file_meets_its_first_attempt(world: World) -> None:
    first = world.submit_held(asking(PNG), None)

    assert world.submit_held(asking(PNG), None, retry=1) == first
    assert world.submit_held(asking(OTHER), None, retry=1) != first
    assert len(world.provider.sent) == 2


def test_a_video_that_waits_gets_new_links_each_time_it_is_sent(world: World) -> None:
    world.provider.submit_answers = [TryLater(None), TryLater(None)]
    video = world.submit_held(asking(PNG))
    assert world.state(video) is State.QUEUED

    world.dispatch_tick(after=HOUR)
    world.dispatch_tick(after=HOUR)

    assert world.state(video) is State.SUBMITTED
    assert [request.first_frame for request, _ in world.provider.sent[1:]] == [
        f"https://media.test/references/owner-1/{video.video_id}/0?X-Amz-Expires=43200"
    ] * 2
    assert len(world.references.links) == 3


def test_behind_a_closed_gate_the_bytes_are_kept_for_later(world: World) -> None:
    world.provider.submit_answers = [TryLater(600)]
    world.submit("first")

    video = world.submit_held(asking(PNG))

    assert (video.state, video.references, len(world.references.contents)) == (State.QUEUED, 1, 1)


def test_a_stored_videos_references_are_removed_by_the_next_tick(world: World) -> None:
    video = world.submit_held(asking(PNG))
    world.provider.answers_task("task-1", Succeeded((LINK,)))
    world.clock.advance(3 * MINUTE)
    world.deliver(video)
    due_again(world, video)

    world.tick()

    standing = world.see(video)
    assert world.references.contents == {}
    assert (standing.state, standing.references, standing.due_at) == (State.STORED, 0, None)


def test_of_a_video_that_ends_at_once_they_are_removed_again_when_no_put_can_be_on_its_way(
    world: World,
) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=False, detail="no")]
    video = world.submit_held(asking(PNG))
    world.tick()
    assert world.references.contents == {}

    world.references.put(reference_key("owner-1", video.video_id, 0), PNG)  # what nobody had an answer to
    world.tick(after=MINUTE)
    assert len(world.references.contents) == 1
    world.tick(after=MINUTE)

    assert (world.references.contents, world.see(video).references, world.see(video).due_at) == ({}, 0, None)


def test_so_are_those_of_one_that_was_refused_and_one_that_failed(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=False, detail="no")]
    refused = due_again(world, world.submit_held(asking(PNG), "refused"))
    failed = world.submit_held(asking(PNG), "failed")
    world.provider.answers_task(str(failed.task_id), TaskFailed(an_error()))
    world.deliver(failed)
    due_again(world, failed)

    world.tick(after=2 * MINUTE)

    assert world.references.contents == {}
    assert [world.see(video).due_at for video in (refused, failed)] == [None, None]


def test_so_are_those_of_one_that_grew_too_old_and_one_that_expired(world: World) -> None:
    world.provider.submit_answers = [NotSent("down"), NotSent("down")]
    old = world.submit_held(asking(PNG), "old")
    world.gates.items.clear()
    running = world.submit_held(asking(PNG), "running")
    world.provider.answers_task(str(running.task_id), Running("processing"))

    for _ in range(10):
        world.tick(after=DAY)

    assert [world.state(video) for video in (old, running)] == [State.FAILED, State.EXPIRED]
    assert world.references.contents == {}
    assert [world.see(video).references for video in (old, running)] == [0, 0]


def test_references_that_could_not_be_removed_are_removed_later(world: World) -> None:
    world.videos.plant(a_video(State.STORED, references=1, created_at=NOW - HOUR, open="0", due_at=NOW))
    world.references.put(reference_key("owner-1", VIDEO_ID, 0), PNG)
    world.references.error = StoreError("S3: down")
    world.tick()
    assert world.see(a_video()).references == 1

    world.references.error = None
    world.tick(after=MINUTE)

    assert (world.references.contents, world.see(a_video()).due_at) == ({}, None)


def test_a_removal_that_was_not_recorded_is_made_again(world: World) -> None:
    world.videos.plant(a_video(State.STORED, references=1, created_at=NOW - HOUR, open="0", due_at=NOW))
    world.videos.fault = once("T19", after=False)

    world.tick()
    world.tick(after=MINUTE)

    assert world.see(a_video()) == a_video(State.STORED, created_at=NOW - HOUR)


def test_a_video_that_is_deleted_at_its_end_takes_its_references_along(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=False, detail="no")]
    video = world.submit_held(asking(PNG))
    world.ending.delete("owner-1", video.video_id)

    world.tick()
    assert world.references.contents == {}
    with pytest.raises(VideoGoneError):
        world.submit_held(asking(PNG))
    assert world.references.contents == {}


def test_an_expired_video_with_a_hint_loses_its_references_and_is_looked_up_all_the_same(
    world: World,
) -> None:
    world.videos.plant(a_video(State.EXPIRED, references=1, asked=1, hinted_at=NOW, open="0", due_at=NOW))
    world.references.put(reference_key("owner-1", VIDEO_ID, 0), PNG)
    world.provider.answers_task(TASK_ID, Succeeded((LINK,)))

    world.tick()
    world.tick(after=SECOND)
    world.work()

    assert world.references.contents == {}
    assert (world.state(a_video()), world.see(a_video()).due_at) == (State.STORED, None)


def test_a_video_that_is_under_way_keeps_its_references(world: World) -> None:
    video = world.submit_held(asking(PNG))

    for _ in range(24):
        world.tick(after=HOUR - MINUTE)

    assert world.state(video) is State.SUBMITTED
    assert len(world.references.contents) == 1


def test_a_hash_covers_the_content_and_neither_keys_nor_types() -> None:
    first = asking(PNG).request

    assert request_hash(asking(HeldMedia(PNG.data, "image/x-png")).request) == request_hash(first)
    assert request_hash(asking(OTHER).request) != request_hash(first)
    assert request_hash(asking(PNG, OTHER).request) != request_hash(asking(OTHER, PNG).request)
    assert request_hash(replace(first, first_frame="https://a.example/a.png")) != request_hash(first)


def test_only_what_stands_in_a_links_place_becomes_a_link() -> None:
    reference_1 = reference(1, PNG)
    request = a_request(
        prompt=reference_1,
        mode=Mode.REFERENCE,
        last_frame="https://a.example/a.png",
        reference_images=("https://a.example/b.png", reference_1),
        reference_audios=(reference(12, OTHER),),
        metadata={"a": reference_1},
    )

    linked = with_links(request, lambda number: f"link-{number}", lambda number: f"upload-{number}")

    assert linked == replace(
        request, reference_images=("https://a.example/b.png", "link-1"), reference_audios=("link-12",)
    )


@pytest.mark.parametrize("owner", ["../videos", "a/b", "a b", "ä", "a?b", "a%2Fb", ".hidden", "x" * 63])
def test_no_owner_reaches_beyond_a_folder_of_its_own(owner: str) -> None:
    prefix, folder, video_id, number = reference_key(owner, VIDEO_ID, 3).split("/")

    assert (prefix, video_id, number) == ("references", VIDEO_ID, "3")
    assert folder.isascii()
    assert folder not in ("", ".", "..")


@pytest.mark.parametrize("owner", ["", ".", ".."])
def test_an_owner_that_is_no_folder_is_none(owner: str) -> None:
    with pytest.raises(ValueError, match="owner"):
        reference_key(owner, VIDEO_ID, 0)


def test_a_rival_with_the_same_key_and_other_bytes_can_change_nothing_of_what_is_sent(world: World) -> None:
    """The rival is between its look and its put when this request is recorded."""
    put = world.references.put

    def overtaken(key: str, media: HeldMedia) -> None:
        world.references.put = put  # type: ignore[method-assign]
        world.submit_held(asking(OTHER))
        put(key, media)

    world.references.put = overtaken  # type: ignore[method-assign]
    with pytest.raises(IdempotencyKeyReuseError):
        world.submit_held(asking(PNG))

    assert list(world.references.contents.values()) == [OTHER]
    assert len(world.provider.sent) == 1
