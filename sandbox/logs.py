"""Everything that a running stack has logged, functions and APIs alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.stack import Stack


@dataclass(frozen=True, order=True)
class LogLine:
    """One line of one group; `timestamp` is in milliseconds."""

    timestamp: int
    group: str
    message: str


def log_lines(stack: Stack) -> Iterator[LogLine]:
    """Every line of every log group of the stack, group by group."""
    logs = stack.clients()("logs")
    for group in sorted(stack.log_groups.values()):
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
            for event in page["events"]:
                yield LogLine(event["timestamp"], group, event["message"])
