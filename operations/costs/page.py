"""docs/cost.md."""

from collections.abc import Iterable, Iterator, Mapping

from operations.costs.bills import LOG_BYTES, POLLERS, QUIET_LOG_BYTES, Line, idle_month, one_video, total
from operations.costs.counted import Counted
from operations.costs.measured import Measured
from operations.costs.memory import memory
from operations.costs.prices import PRICES
from operations.costs.work import VIDEO, VIDEO_BYTES
from operations.sam import ROOT

PAGE = ROOT / "docs" / "cost.md"


def page(stack: Counted, functions: Mapping[str, Measured]) -> str:
    """The whole document."""
    return "\n".join(
        [
            *_introduction(stack, functions),
            *_idle(stack, functions),
            *_video(functions),
            *memory(functions),
            *_prices(),
            "",
        ]
    )


def _introduction(stack: Counted, functions: Mapping[str, Measured]) -> Iterator[str]:
    idle, video = (
        total(idle_month(stack, functions)),
        total(one_video(functions, cold=True)),
    )
    yield f"""# What it costs

Written by `make costs` from the template, the measurements of `make bench` and AWS's list prices; a test compares.

- **An idle month: {idle:.2f} USD** at list prices, alarms included. Nearly all of it is within AWS's always-free allowances
  (10 alarms, a million SQS requests, a million Lambda requests and 400,000 GB-seconds a month, 5 GB of logs).
- **A video of 5 seconds: {video:.6f} USD** of AWS's if every function has to start anew for it, beside the 0.2 to 3 USD that
  the provider takes.

Storage comes on top: 0.023 USD a GB and month for videos in S3, until `RetentionDays` ends, and next to nothing for the
items; and the bytes that your clients download, 0.09 USD a GB beyond the free 100 GB a month.
"""


def _idle(stack: Counted, functions: Mapping[str, Measured]) -> Iterator[str]:
    yield f"""## An idle month

Nothing polls a provider. What goes on is counted from the template: {stack.alarms} alarms ({", ".join(stack.metrics)} watches a metric of
ours, which costs nothing while nothing is written to it), {stack.polled_queues} queues that Lambda asks for messages with {POLLERS} connections of 20
seconds each, and {len(stack.ticks)} functions that look each minute whether something is due.
"""
    yield from _bill(idle_month(stack, functions))


def _video(functions: Mapping[str, Measured]) -> Iterator[str]:
    yield f"""## One video

A video of 5 seconds ({VIDEO_BYTES / 1e6:.0f} MB), from the request to the look at it, stored inside its callback, every function started
anew. A warm one costs {total(one_video(functions, cold=False)):.6f} USD. What each step asks of AWS is counted by a test that runs the handlers, in
DynamoDB's own units:

| step | writes | reads | S3 | events | requests in a row |
|---|---:|---:|---:|---:|---:|"""
    for step, work in VIDEO.items():
        yield (
            f"| {step} | {work.writes:g} | {work.reads:g} | {work.s3_writes + work.s3_reads} | {work.events} | {work.trips} |"
        )
    yield ""
    yield from _bill(one_video(functions, cold=True))


def _prices() -> Iterator[str]:
    yield f"""## Prices

List prices of us-east-1, November 2026, without free tiers. Logs: {LOG_BYTES:,} bytes a video, {QUIET_LOG_BYTES} a quiet tick.

| what | USD | |
|---|---:|---|"""
    for price in PRICES:
        yield f"| {price.what} | {price.said} | [page]({price.page}) |"


def _bill(lines: Iterable[Line]) -> Iterator[str]:
    yield "| | count | price of | USD |"
    yield "|---|---:|---|---:|"
    lines = list(lines)
    for line in lines:
        yield f"| {line.about} | {_count(line.count)} | {line.price.what} | {line.usd:.7f} |"
    yield f"| **together** | | | **{total(lines):.7f}** |"
    yield ""


def _count(count: float) -> str:
    return f"{count:,.0f}" if count >= 1000 else f"{count:.3g}"
