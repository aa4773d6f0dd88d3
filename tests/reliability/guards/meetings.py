"""Further pairs of actors, in which one guard matters; every schedule of each is played."""

from reelhook.domain.schedule import Timing
from reelhook.domain.time import HOUR, SECOND
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.scenario import Scenario
from tests.reliability.interleaving.situations import Cast, begun, callback, client
from tests.reliability.interleaving.stage import Stage

MOST = 8  # confirmations
QUICK = Timing((SECOND, 3 * SECOND, 12 * SECOND, 36 * SECOND, 24 * HOUR))  # CallbackDeadlineSeconds = 1


def one_confirmation_left() -> tuple[Stage, list[Actor]]:
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + HOUR
    for _ in range(MOST - 1):
        stage.callback(video, "task-1", genuine=False)
    return stage, [callback(stage, video, "first"), callback(stage, video, "second")]


def slow_submit_and_reconciler(post: Post, after: int) -> Cast:
    """The reconciler ticks so long after the POST began, whose answer may not be there yet."""

    def cast() -> tuple[Stage, list[Actor]]:
        stage = Stage(timing=QUICK)
        stage.truth.posts = [post]
        tick = Actor("reconciler", lambda: stage.tick(after), ready=lambda: stage.truth.sent > 0)
        return stage, [client(stage), tick]

    return cast


MEETINGS = {
    scenario.name: scenario
    for scenario in (
        Scenario("callback + callback, one confirmation left", one_confirmation_left),
        Scenario("slow refusal + reconciler", slow_submit_and_reconciler(Post.REFUSED, 2 * SECOND)),
        Scenario(
            "slow acceptance + reconciler, at the end", slow_submit_and_reconciler(Post.ACCEPTED, 13 * SECOND)
        ),
        Scenario(
            "slow refusal + reconciler, at the end", slow_submit_and_reconciler(Post.REFUSED, 13 * SECOND)
        ),
    )
}
