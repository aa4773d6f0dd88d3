"""Strange orders: requests, callbacks, ticks, workers, outages and time, as Hypothesis likes it."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.token import KeyRing, SigningKey
from reelhook.domain.video import Video
from tests.builders import RING
from tests.reliability.interleaving.invariants import always, at_rest, rest, videos_of
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.stage import Stage

EXAMPLES = 1_000 if "LONG" in os.environ else 150 if "PROVE" in os.environ else 15
HONEST = [Post.ACCEPTED, Post.LOST, Post.NEVER_ARRIVED, Post.BUSY, Post.REFUSED, Post.NOT_SENT]
NUMBERS = st.integers(0, 5)


class Life(RuleBasedStateMachine):
    """A stack, its clients, its provider, and somebody with a leaked URL."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.rotations = 0

    @rule(key=NUMBERS, post=st.sampled_from(HONEST))
    def a_client_asks(self, key: int, post: Post) -> None:
        self.stage.truth.posts = [post]
        self.stage.submit(f"key-{key}")

    @precondition(lambda self: bool(self.stage.truth.tasks))
    @rule(number=NUMBERS)
    def the_provider_calls(self, number: int) -> None:
        tasks = sorted(self.stage.truth.tasks)
        task_id = tasks[number % len(tasks)]
        self.stage.callback(self._video(self.stage.truth.tasks[task_id]), task_id)

    @precondition(lambda self: bool(self.stage.videos.items))
    @rule(
        number=NUMBERS, token=st.sampled_from(["", "k1.9999999999." + "A" * 43, "k9.9999999999." + "A" * 43])
    )
    def a_stranger_calls(self, number: int, token: str) -> None:
        videos, written = videos_of(self.stage), len(self.stage.videos.applied)
        assert self.stage.deliver(videos[number % len(videos)], token=token) == 404
        assert len(self.stage.videos.applied) == written

    @rule(minutes=st.sampled_from([0, 1, 4, 21, 61, 241]))
    def the_reconciler_ticks(self, minutes: int) -> None:
        self.stage.tick(minutes * MINUTE)

    @rule(minutes=st.integers(0, 2), post=st.sampled_from(HONEST))
    def the_dispatcher_ticks(self, minutes: int, post: Post) -> None:
        self.stage.truth.posts = [post]
        self.stage.dispatch_tick(minutes * MINUTE)

    @rule()
    def the_worker_works(self) -> None:
        self.stage.work()

    @rule()
    def a_message_is_lost(self) -> None:
        self.stage.queue.sent.clear()

    @rule(hours=st.integers(1, 3))
    def the_status_is_down(self, hours: int) -> None:
        self.stage.truth.down_until = self.stage.clock() + hours * HOUR

    @rule(hours=st.integers(0, 5))
    def tasks_take_long(self, hours: int) -> None:
        self.stage.truth.ready_at = self.stage.clock() + hours * HOUR

    @rule()
    def the_callback_key_rotates(self) -> None:
        self.rotations += 1
        self.stage.keys.current = KeyRing(SigningKey(f"r{self.rotations}", b"r" * 32), RING.current)

    @invariant()
    def the_promises_hold(self) -> None:
        assert always(self.stage) == []

    def teardown(self) -> None:
        self.stage.truth.posts = []
        rest(self.stage)
        self.stage.clock.advance(DAY)
        rest(self.stage)
        assert at_rest(self.stage) == []

    def _video(self, video_id: str) -> Video:
        [video] = [video for video in videos_of(self.stage) if video.video_id == video_id]
        return video


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
