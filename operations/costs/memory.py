"""The cost document on memory: what each size would cost and take, which one each function has, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill

from operations.costs.durations import (
    FULL_MB,
    SIZES,
    SLOWER,
    SOURCE_BYTES_PER_SECOND,
    TRIP_SECONDS,
    first_seconds,
    gb_seconds,
    seconds,
)
from operations.costs.measured import Measured
from operations.costs.prices import LAMBDA_GB_SECOND
from operations.costs.work import CALLBACK, SUBMIT, TICKS, VIDEO

TOO_SMALL = "too small"


@dataclass(frozen=True, slots=True)
class Choice:
    """A size in MB, the functions that have it, and why."""

    memory_mb: int
    functions: tuple[str, ...]
    why: str


CHOICES = (
    Choice(
        512,
        ("SubmitVideo", "Videos", "WebhookEndpoints"),
        "A client waits for the answer, and a process's first one is the slowest: with half the memory it would be much "
        "slower, and twice the memory would make every wait for a provider twice as dear.",
    ),
    Choice(
        1024,
        ("ReceiveCallback", "TransferVideo", "SubmitDrop"),
        "They move or hold media: a video is worked on while it streams, so that less of a processor is a slower transfer of "
        "any length, and a callback has half a minute for it; SubmitDrop holds what was dropped in memory.",
    ),
    Choice(
        256,
        ("DispatchVideos", "PublishEvents", "DeliverWebhooks", "ReconcileVideos"),
        "Nobody waits for them, and they mostly wait themselves, which is cheapest with little memory. 128 MB would save little "
        "or nothing, make first calls much slower, and leave no room for a minute with much to do.",
    ),
)


def memory(functions: Mapping[str, Measured]) -> Iterator[str]:
    """The section."""
    yield f"""## Memory

A function has as much of a processor as of {FULL_MB} MB. So its own work costs about the same at any size, and only its waiting
grows dearer with memory. What one warm call costs (USD a million, requests not counted), and how long it takes:

| function | most memory | has | {_head()} |
|---|---:|---:|{"---:|" * len(SIZES)}"""
    works = {**{step.partition(",")[0]: work for step, work in reversed(VIDEO.items())}, **TICKS}
    for name, work in works.items():
        function = functions[name]
        yield _row(
            function,
            f"{name} | {function.peak_mib:.0f} MiB",
            {
                size: f"{gb_seconds(function, work, size) * LAMBDA_GB_SECOND.usd * 1e6:.2f} "
                f"({seconds(function, work, size):.2f} s)"
                for size in SIZES
            },
        )
    yield ""
    yield from _choices(functions)
    yield from _method(functions)


def _choices(functions: Mapping[str, Measured]) -> Iterator[str]:
    yield "Which size each function has, and the seconds of its own work in the first call of a process:\n"
    yield f"| function | has | {_head()} |"
    yield f"|---|---:|{'---:|' * len(SIZES)}"
    for choice in CHOICES:
        for name in choice.functions:
            found = {size: first_seconds(functions[name], size) for size in SIZES}
            cells = {size: "-" if value is None else f"{value:.2f} s" for size, value in found.items()}
            yield _row(functions[name], name, cells)
    yield ""
    for choice in CHOICES:
        text = f"- **{choice.memory_mb} MB**: {', '.join(choice.functions)}. {choice.why}"
        yield fill(text, 120, subsequent_indent="  ")
    yield ""


def _method(functions: Mapping[str, Measured]) -> Iterator[str]:
    swept = sum(all(size in function.at for size in SIZES) for function in functions.values())
    yield f"""How the seconds come about: a function's own work as `make bench` measured it ([start](performance/functions.json),
[calls by memory](performance/sweep.json)), times {SLOWER:g}, by which Lambda's start of an empty function is slower than ours;
{TRIP_SECONDS * 1000:.0f} ms for each request to AWS; {VIDEO[SUBMIT].provider_seconds:g} s until the provider has taken a task and {VIDEO[CALLBACK].provider_seconds:g} s until it has told about one;
{SOURCE_BYTES_PER_SECOND / 1e6:.0f} MB a second from its files. The last four are assumptions: nothing here was measured on AWS.

Own work is the processor time and the time for which the kernel held the process back, limited to Lambda's share of a
processor ({swept} of {len(functions)} functions were measured so; of the others it is the processor time divided by the share). The
emulated services are not in it. But they answer later than AWS is assumed to, and who waits longer has more of its share left
afterwards: at small sizes it may be more, up to the processor time divided by the share.
"""


def _head() -> str:
    return " | ".join(f"{size} MB" for size in SIZES)


def _row(function: Measured, head: str, cells: Mapping[int, str]) -> str:
    shown = (TOO_SMALL if function.too_small(size) else cell for size, cell in cells.items())
    return f"| {head} | {function.memory_mb} MB | {' | '.join(shown)} |"
