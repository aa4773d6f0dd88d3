"""The minute's ticks, every few seconds: nobody waits a minute for the local stack."""

import json
import threading
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sandbox.options import ACCOUNT, REGION

SECONDS = 5.0
SCHEDULED_SECONDS = 60  # a schedule starts the next one then, whether the last has ended or not


def tick(lambda_client: Any, function: str) -> None:
    """Run a scheduled function once, with the event of its schedule, and wait for its end."""
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{function}"],
        "detail": {},
    }
    lambda_client.invoke(FunctionName=function, Payload=json.dumps(event).encode())


class Ticks:
    """Starts the scheduled functions again and again, beside their schedules.

    None is started while its last tick is under way and younger than the schedule's minute: on a machine that is too
    busy, ticks would otherwise pile up, each in a process of its own.
    """

    def __init__(self, lambda_client: Any, functions: Iterable[str]) -> None:
        self._lambda = lambda_client
        self._functions = list(functions)
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin, with the first tick a few seconds from now."""
        for function in self._functions:
            name = f"ticks of {function}"
            threading.Thread(target=self._run, args=(function,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Start no more."""
        self._stopped.set()

    def _run(self, function: str) -> None:
        while not self._stopped.wait(SECONDS):
            one = threading.Thread(target=self._tick, args=(function,), name="a tick", daemon=True)
            one.start()
            one.join(SCHEDULED_SECONDS)

    def _tick(self, function: str) -> None:
        try:
            tick(self._lambda, function)
        except Exception as error:  # noqa: BLE001  # the next tick may do better
            if not self._stopped.is_set():
                print(f"A tick of {function} did not end: {error}", flush=True)
