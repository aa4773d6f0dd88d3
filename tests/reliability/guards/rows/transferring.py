"""Guards of copying."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reelhook.domain import transfer_errors
from reelhook.domain.errors.results import LinkRefusedError
from reelhook.domain.lifecycle import transferring
from reelhook.domain.ports.media import ObjectIdentity
from reelhook.domain.transfer_errors import is_final
from reelhook.domain.video import Artifact
from reelhook.domain.writes import Write
from reelhook.use_cases import transfer
from reelhook.use_cases.copying import Copy
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced
from tests.reliability.interleaving.stage import Stage


def refreshing_always(copy: Copy) -> tuple[Artifact, ...]:
    """Links are asked for anew whenever they are refused."""
    try:
        copy._copy_missing()
    except LinkRefusedError:
        if not copy._refresh():
            raise
        copy._copy_missing()
    return tuple(copy._done[index] for index in range(len(copy.video.results)))


def final_unrefreshed(error: Any, bad: int, *, refreshed: bool) -> bool:  # noqa: ARG001 - what is forgotten here
    """A refused link ends it, whether fresh ones were asked for or not."""
    return is_final(error, bad, refreshed=True)


def forgetful(fail: Callable[..., Write]) -> Callable[..., Write]:
    """T8 without the number of messages that had been sent."""

    def failed(*given: Any) -> Write:
        write = fail(*given)
        return replace(write, change={**write.change, "failed_sends": -1})

    return failed


TRANSFERRING = (
    code(
        "If-None-Match",
        "the bucket's condition",
        "zombie stores again",
        "2 versions",
        replaced(Stage, "overwrites", staticmethod(lambda: True)),
    ),
    code(
        "an object is ours by its metadata",
        "the comparison",
        "another object in its place",
        "WRONG BYTES",
        replaced(ObjectIdentity, "__eq__", lambda *_: True),
    ),
    code(
        "a message is tried once",
        "`failed_sends`: a copy of it is tried, too",
        "a young link and a message that comes four times",
        "transfer_failed",
        replaced(transferring, "fail_attempt", forgetful(transferring.fail_attempt)),
    ),
    code(
        "links are refreshed once",
        "`video.refreshed`: they are refreshed each time",
        "dead and broken links in turn",
        "look-ups of task-1",
        replaced(Copy, "run", refreshing_always),
    ),
    code(
        "three bad answers in a row",
        "two of them",
        "link 404 for two attempts",
        "I4",
        replaced(transfer_errors, "MAX_BAD", 1),
    ),
    code(
        "no end before links were refreshed",
        "`refreshed` in what is final",
        "dead link while the status is down",
        "RESULT LOST",
        replaced(transfer, "is_final", final_unrefreshed),
    ),
    code(
        "the end of a transfer",
        "the day after the link's life",
        "every transfer dies",
        "I3",
        replaced(transferring, "link_end", lambda _: 10**15),
    ),
)
