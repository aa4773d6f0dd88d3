"""Everything that a running stack has logged, functions and APIs alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.clients import Clients
from sandbox.stack import Stack


@dataclass(frozen=True, order=True)
class LogLine:
    """One line of one group; `timestamp` is in milliseconds."""

    timestamp: int
    group: str
    message: str


def log_lines(stack: Stack, clients: Clients | None = None) -> Iterator[LogLine]:
    """Every line of every log group of the stack, group by group; whoever asks often has its own clients."""
    logs = (clients or stack.clients())("logs")
    for group in sorted(stack.log_groups.values()):
        for page in logs.get_paginator("describe_log_streams").paginate(logGroupName=group):
            for stream in page["logStreams"]:
                yield from _stream_lines(logs, group, stream["logStreamName"])


def _stream_lines(logs: Any, group: str, stream: str) -> Iterator[LogLine]:
    """Stream by stream: the emulator filters at most 10,000 events of a group, and hides the rest."""
    asked: dict[str, Any] = {"logGroupName": group, "logStreamName": stream, "startFromHead": True}
    while True:
        page = logs.get_log_events(**asked)
        for event in page["events"]:
            yield LogLine(event["timestamp"], group, event["message"])
        if page["nextForwardToken"] == asked.get("nextToken"):  # how the end is told
            return
        asked["nextToken"] = page["nextForwardToken"]
