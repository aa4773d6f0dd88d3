"""The functions as they ship: from the built folder alone, each in an interpreter that sees nothing else."""

import json
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from benchmarks.account import BenchmarkAccount
from benchmarks.calls import Calls, Event
from benchmarks.rounds import ROOT, Case, run_once
from benchmarks.secure import copied
from operations import smoke

STARTED = ROOT / "benchmarks" / "lambdas" / "started.py"
BY_QUEUE = {"INLINE_TRANSFER_SECONDS": "0"}  # a callback that copies nothing itself
_NUMBERS = count()


class Built:
    """The stack's functions, built for this machine."""

    def __init__(self, account: BenchmarkAccount) -> None:
        self._account = account
        self.folder = copied(smoke.built("x86_64"), account.folder)
        resources = yaml_parse((self.folder / "template.yaml").read_text())["Resources"]
        of_kind = {
            kind: {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}
            for kind in ("AWS::Serverless::Function", "AWS::Serverless::LayerVersion")
        }
        self.handlers = {n: each["Handler"] for n, each in of_kind["AWS::Serverless::Function"].items()}
        self._layers = [self.folder / name / "python" for name in of_kind["AWS::Serverless::LayerVersion"]]
        for layer in self._layers:
            account.authorities.trusted_by(layer)

    def case(
        self,
        name: str,
        function: str,
        events: Callable[[], list[Event]],
        more: Mapping[str, str] | None = None,
    ) -> Case:
        """One process of a function, with new events in each round."""
        path = ":".join(map(str, (self.folder / function, *self._layers)))
        environment = self._account.environment(function) | {"PYTHONPATH": path} | dict(more or {})
        return Case(
            name,
            lambda: command(self.handlers[function], events(), self._account.folder),
            lambda: environment,
        )


def command(handler: str, events: list[Event], folder: Path) -> list[str]:
    """An interpreter with nothing but what PYTHONPATH names, which loads a handler and calls it with these events."""
    file = folder / f"events-{next(_NUMBERS)}.json"
    file.write_text(json.dumps(events))
    return [sys.executable, "-S", "-P", str(STARTED), handler, str(file)]


def prepared(account: BenchmarkAccount, built: Built) -> Calls:
    """Typical calls, after the functions themselves have brought one video as far as it goes."""
    calls = Calls(account)

    def one(function: str, events: list[Event], more: Mapping[str, str] | None = None) -> None:
        run = run_once(built.case(function, function, lambda: events, more))
        if run.failure:
            raise RuntimeError(f"{function}: {run.failure}")

    callbacks = calls.of("ReceiveCallback")(2)
    one("ReceiveCallback", callbacks, BY_QUEUE)
    calls.ready = account.item(callbacks[0]["pathParameters"]["video_id"])
    transfers = calls.of("TransferVideo")(2)
    one("TransferVideo", transfers)
    calls.stored = account.item(json.loads(transfers[0]["Records"][0]["body"])["video_id"])

    def told(count: int) -> list[str]:
        account.handed_over("webhooks")
        one("PublishEvents", calls.of("PublishEvents")(count))
        return account.handed_over("webhooks")

    calls.told = told
    return calls
