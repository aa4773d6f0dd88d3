"""What a deleted video leaves in the bucket is removed: at once, and once more after the last transfer can have ended."""

import pytest

from reelhook.domain.errors.results import MediaUnavailableError
from reelhook.domain.ports.media import ObjectIdentity
from reelhook.domain.time import MINUTE
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State
from reelhook.use_cases.reconciliation import REMOVALS_PER_TICK
from tests.builders import NOW, TASK_ID, VIDEO_ID, a_video, a_video_id, an_mp4
from tests.fakes import StaticStream
from tests.unit.world import World, once

AGAIN = 16 * MINUTE  # Lambda's longest run, 15 minutes, and one more


@pytest.fixture
def world() -> World:
    """A completed video with its file has just been deleted."""
    world = World()
    deleted(world, VIDEO_ID)
    return world


def deleted(world: World, video_id: str) -> None:
    world.videos.plant(a_video(State.STORED, video_id))
    stored(world, video_id)
    world.ending.delete("owner-1", video_id)


def stored(world: World, video_id: str = VIDEO_ID, name: str = "0.mp4") -> None:
    identity = ObjectIdentity(video_id, TASK_ID)
    world.media.put(f"videos/{video_id}/{name}", StaticStream(an_mp4()), identity)


def tombstone(world: World) -> Tombstone:
    standing = world.videos.tombstone(VIDEO_ID)
    assert standing is not None
    return standing


def test_the_files_go_at_the_next_tick_and_nobody_elses(world: World) -> None:
    stored(world, a_video_id(7))
    stored(world, name="1.mp4")  # of a transfer that was given up half way

    world.tick()

    assert list(world.media.contents) == [f"videos/{a_video_id(7)}/0.mp4"]
    assert tombstone(world).due_at == NOW + AGAIN


def test_a_file_that_a_straggler_brings_back_goes_too(world: World) -> None:
    world.tick()
    stored(world)
    world.tick(AGAIN - 1)
    assert len(world.media) == 1

    world.tick(1)

    assert len(world.media) == 0
    assert (tombstone(world).open, tombstone(world).due_at) == (None, None)


def test_then_it_is_left_alone(world: World) -> None:
    world.tick()
    world.tick(AGAIN)
    written = len(world.videos.applied)

    world.tick(AGAIN)

    assert len(world.videos.applied) == written
    assert [note for note, _ in world.journal.notes].count("objects removed") == 1


def test_what_was_begun_before_the_last_writer_ended_is_done_again(world: World) -> None:
    """The bucket took so long to answer that the time came meanwhile; a straggler may have come after it looked."""
    real = world.media.clear

    def slow(folder: str) -> int:
        files = real(folder)
        world.clock.advance(AGAIN)
        stored(world)
        return files

    setattr(world.media, "clear", slow)  # noqa: B010 - the first time only
    world.tick()
    setattr(world.media, "clear", real)  # noqa: B010 - as above
    world.tick()

    assert len(world.media) == 0


def test_a_bucket_that_does_not_answer_is_asked_again_and_stops_nobody_else(world: World) -> None:
    deleted(world, a_video_id(7))
    world.media.error = MediaUnavailableError("S3: SlowDown")
    world.tick()
    assert len(world.media) == 2
    assert len(world.journal.warnings) == 2

    world.media.error = None
    world.tick(MINUTE)

    assert len(world.media) == 0


@pytest.mark.parametrize("after", [False, True])
def test_a_tick_that_dies_before_it_is_on_record_is_made_good_by_the_next(world: World, after: bool) -> None:
    world.videos.fault = once("T18", after=after)
    world.tick()
    world.tick(MINUTE)
    world.tick(AGAIN)

    assert len(world.media) == 0
    assert tombstone(world).open is None


def test_thousands_of_deletions_leave_a_tick_its_time_for_others(world: World) -> None:
    for number in range(REMOVALS_PER_TICK + 5):
        deleted(world, a_video_id(number))

    world.tick()
    assert len(world.media) == 6
    world.tick(MINUTE)
    assert len(world.media) == 0
