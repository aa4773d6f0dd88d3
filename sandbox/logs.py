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
        yield from _group_lines(logs, group)


def _group_lines(logs: Any, group: str) -> Iterator[LogLine]:
    """The emulator gives the first 10,000 lines and no token for the rest, so each reading begins at the last line's time."""
    begin, passed = 0, 0
    while True:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=begin)
        lines = [
            LogLine(event["timestamp"], group, event["message"]) for page in pages for event in page["events"]
        ]
        if len(lines) <= passed:
            return
        yield from lines[passed:]
        begin = lines[-1].timestamp
        passed = sum(line.timestamp == begin for line in lines)
