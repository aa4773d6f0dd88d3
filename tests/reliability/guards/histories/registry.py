"""A history is one course of events in which one guard matters; what is wrong at its end, nothing while all are there."""

from collections.abc import Callable

from reelhook.domain.errors.running import StoreError
from reelhook.domain.time import SECOND
from reelhook.domain.video import Video
from reelhook.domain.writes import Write
from reelhook.use_cases.claiming import SETTLE_TRIES
from tests.reliability.interleaving.baton import Baton
from tests.reliability.interleaving.invariants import at_rest, rest
from tests.reliability.interleaving.stage import Stage

type History = Callable[[], list[str]]
type Act = Callable[[], object]

ATTEMPT = 280 * SECOND
HISTORIES: dict[str, History] = {}


def history(name: str) -> Callable[[History], History]:
    """Registers a history under the words by which a guard's row calls it."""

    def register(told: History) -> History:
        assert name not in HISTORIES, name
        HISTORIES[name] = told
        return told

    return register


class _Interruptions(Baton):
    """No actors: what happens just before a port call of some name, once."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: dict[str, Act] = {}

    def touch(self, what: str, thing: str | None, *, writes: bool = False) -> None:  # noqa: ARG002 - a baton's words
        act = self.acts.pop(what, None)
        if act is not None:
            act()


def meanwhile(stage: Stage, what: str, act: Act) -> None:
    """Just before the next write, look-up or other port call of this name, all of this happens."""
    if not isinstance(stage.baton, _Interruptions):
        stage.baton = _Interruptions()
        stage.truth.touch = stage.baton.touch
    stage.baton.acts[what] = act


def on_its_way(stage: Stage, name: str) -> Act:
    """The next write of this name is not answered, however often it is repeated; it arrives when this is called."""
    late = list[Write]()

    def fault(write: Write, applied: bool) -> None:
        if write.name == name and not applied and len(late) < SETTLE_TRIES:
            late.append(write)
            raise StoreError("DynamoDB: no answer")

    def arrives() -> None:
        stage.videos.fault = nothing_fails
        stage.videos.apply(late[0])

    nothing_fails, stage.videos.fault = stage.videos.fault, fault
    return arrives


def work(stage: Stage, video: Video) -> None:
    """TransferVideo takes a message about this video."""
    stage.transfers.from_queue(video.video_id, stage.clock() + ATTEMPT)


def judged(stage: Stage) -> list[str]:
    """What is wrong once ticks have nothing more to do."""
    rest(stage)
    return at_rest(stage)
