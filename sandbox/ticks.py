"""The minute's ticks, every few seconds: nobody waits a minute for the local stack."""

import json
import threading
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sandbox.options import ACCOUNT, REGION

SECONDS = 5.0


def tick(lambda_client: Any, function: str) -> None:
    """Start a scheduled function once, as its schedule would: asynchronously."""
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
    lambda_client.invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event).encode())


class Ticks:
    """Starts the scheduled functions again and again, beside their schedules."""

    def __init__(self, lambda_client: Any, functions: Iterable[str]) -> None:
        self._lambda = lambda_client
        self._functions = list(functions)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticks", daemon=True)

    def start(self) -> None:
        """Begin, with the first tick a few seconds from now."""
        self._thread.start()

    def stop(self) -> None:
        """Start no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(SECONDS):
            for function in self._functions:
                try:
                    tick(self._lambda, function)
                except Exception as error:  # noqa: BLE001  # the next tick may do better
                    if not self._stopped.is_set():
                        print(f"A tick of {function} could not be started: {error}", flush=True)
