"""The built functions in an account: their calls, and what they have to do first so that typical ones can be made."""

import json
from collections.abc import Callable, Mapping

from benchmarks.account import BenchmarkAccount
from benchmarks.calls import Calls, Event
from benchmarks.rounds import Case, run_once
from benchmarks.shipped import Shipped, command

BY_QUEUE = {"INLINE_TRANSFER_SECONDS": "0"}  # a callback that copies nothing itself


class Built:
    """The stack's functions, built for this machine."""

    def __init__(self, account: BenchmarkAccount) -> None:
        self._account = account
        self._shipped = Shipped(account.folder, account.authorities.made)

    def case(
        self,
        name: str,
        function: str,
        events: Callable[[], list[Event]],
        more: Mapping[str, str] | None = None,
    ) -> Case:
        """One process of a function, with new events in each round."""
        environment = (
            self._account.environment(function) | self._shipped.environment(function) | dict(more or {})
        )
        handler, folder = self._shipped.handler(function), self._account.folder
        return Case(name, lambda: command(handler, events(), folder), lambda: environment)


def prepared(account: BenchmarkAccount, built: Built) -> Calls:
    """Typical calls, after the functions themselves have brought one video as far as it goes."""
    calls = Calls(account)

    def done(function: str, events: list[Event], more: Mapping[str, str] | None = None) -> None:
        run = run_once(built.case(function, function, lambda: events, more))
        if run.failure:
            raise RuntimeError(f"{function}: {run.failure}")

    callbacks = calls.of("ReceiveCallback")(2)
    done("ReceiveCallback", callbacks, BY_QUEUE)
    calls.ready = account.item(callbacks[0]["pathParameters"]["video_id"])
    transfers = calls.of("TransferVideo")(2)
    done("TransferVideo", transfers)
    calls.stored = account.item(json.loads(transfers[0]["Records"][0]["body"])["video_id"])

    def told(count: int) -> list[str]:
        account.handed_over("webhooks")
        done("PublishEvents", calls.of("PublishEvents")(count))
        return account.handed_over("webhooks")

    calls.told = told
    return calls
