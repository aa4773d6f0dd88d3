"""`make logs`: what the stack's functions said lately, in order and readable."""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from operations import target
from operations.errors import OperationError, told

UNITS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
PLUMBING = {"level", "message", "timestamp", "service", "cold_start", "function_name", "function_memory_size"}
PLUMBING |= {"function_arn", "function_request_id", "xray_trace_id", "location", "sampling_rate"}


def milliseconds(since: str) -> int:
    """`90s`, `10m`, `2h`, `1d`."""
    match = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", since, re.ASCII)
    if match is None:
        raise OperationError(f"SINCE={since} is no time: write 90s, 10m, 2h or 1d.")
    return int(match[1]) * UNITS[match[2]]


def chosen(groups: Iterable[str], function: str) -> list[str]:
    """The log groups of the functions, or of one."""
    functions = sorted(group for group in groups if group.startswith("/aws/lambda/"))
    if not function:
        return functions
    names = [group.rpartition("-")[2] for group in functions]
    if function not in names:
        raise OperationError(f"FUNCTION={function} is none of {', '.join(names)}.")
    return [group for group in functions if group.endswith(f"-{function}")]


def lines(logs: Any, groups: list[str], begin: int) -> list[str]:
    """What they said since `begin`, oldest first."""
    found = []
    for group in groups:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=begin)
        events = [event for page in pages for event in page["events"]]
        found += [(event["timestamp"], group.rpartition("-")[2], event["message"]) for event in events]
    return [line for at, name, text in sorted(found) if (line := readable(at, name, text))]


def readable(at: int, function: str, text: str) -> str:
    """One line; nothing for what the platform says of each invocation and for bare metrics."""
    when = f"{datetime.fromtimestamp(at / 1000, UTC):%H:%M:%S}"
    try:
        record = json.loads(text)
    except ValueError:
        if re.match(r"(INIT_START|START|END|REPORT) ", text):
            return ""
        return f"{when} {function:15} {text.strip()}"
    if (
        not isinstance(record, dict)
        or "_aws" in record
        or str(record.get("type", "")).startswith("platform.")
    ):
        return ""
    if "errorMessage" in record:  # as Lambda itself logs what a function raised, in JSON
        said = f"{record.get('errorType', 'error')}: {record['errorMessage']}"
        return f"{when} {function:15} ERROR   {said}"
    told = " ".join(f"{name}={value}" for name, value in record.items() if name not in PLUMBING)
    return f"{when} {function:15} {record.get('level', ''):7} {record.get('message', '')} {told}".rstrip()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m operations.logs", description=__doc__)
    parser.add_argument("--function", default="", help="one function, e.g. TransferVideo")
    parser.add_argument("--since", default="10m", help="how far back, e.g. 90s, 10m, 2h, 1d")
    arguments = parser.parse_args()
    begin = time.time_ns() // 1_000_000 - milliseconds(arguments.since)
    where = target.find()
    found = lines(where.client("logs"), chosen(where.log_groups(), arguments.function), begin)
    print("\n".join(found) or "Nothing was said. SINCE=1d looks further back.")
    print(f"{len(found)} lines of {where.title}, times in UTC.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(told(main))
