"""An idle month and one video, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from operations.costs import prices
from operations.costs.counted import Counted
from operations.costs.durations import gb_seconds, start_seconds
from operations.costs.measured import Measured
from operations.costs.prices import Price
from operations.costs.work import CALLBACK, LOOK, SUBMIT, TICKS, VIDEO

MINUTES = 30 * 24 * 60  # of a month
POLLERS = 5  # that Lambda keeps at an idle queue ("five batches at a time"), each with a long poll of 20 s
POLLS = POLLERS * 3 * MINUTES
QUIET_LOG_BYTES = 330  # Lambda's own START, END and REPORT; a quiet tick says nothing itself
LOG_BYTES = 3_000  # of a video: some ten records of ours, those of Lambda, and the APIs' access logs
SECRETS = 2  # SecureStrings that a fresh process reads: each is a request to KMS


@dataclass(frozen=True, slots=True)
class Line:
    """So many of something at its price."""

    about: str
    count: float
    price: Price

    @property
    def usd(self) -> float:
        """What the line comes to."""
        return self.count * self.price.usd


def idle_month(stack: Counted, functions: Mapping[str, Measured]) -> list[Line]:
    """A month in which nobody asks for anything."""
    return [*_standing(stack), *_ticking(stack, functions)]


def _standing(stack: Counted) -> Iterator[Line]:
    yield Line("alarms", stack.alarms, prices.ALARM)
    yield Line(
        f"{stack.polled_queues} queues, polled by Lambda", stack.polled_queues * POLLS, prices.SQS_REQUEST
    )


def _ticking(stack: Counted, functions: Mapping[str, Measured]) -> Iterator[Line]:
    for name in stack.ticks:
        work = TICKS[name]
        yield Line(f"{name}, each minute", MINUTES, prices.LAMBDA_REQUEST)
        yield Line(name, MINUTES * gb_seconds(functions[name], work), prices.LAMBDA_GB_SECOND)
        yield Line(name, MINUTES * work.reads, prices.READ_UNIT)
        yield Line(name, MINUTES * QUIET_LOG_BYTES, prices.LOG_BYTE)


def one_video(functions: Mapping[str, Measured], *, cold: bool) -> list[Line]:
    """A video of 5 seconds; `cold`: every function starts anew for it."""
    lines = [
        Line("the request, the callback, a look", 3, prices.API_REQUEST),
        Line("invocations", len(VIDEO), prices.LAMBDA_REQUEST),
    ]
    for step, work in VIDEO.items():
        function = functions[step.partition(",")[0]]
        started = start_seconds(function) * function.memory_mb / 1024 if cold else 0.0
        lines.append(Line(step, gb_seconds(function, work) + started, prices.LAMBDA_GB_SECOND))
    works = VIDEO.values()
    lines += [
        Line("writes", sum(work.writes for work in works), prices.WRITE_UNIT),
        Line("reads", sum(work.reads for work in works), prices.READ_UNIT),
        Line("the file", sum(work.s3_writes for work in works), prices.S3_WRITE),
        Line("is it there?", sum(work.s3_reads for work in works), prices.S3_READ),
        Line("events", sum(work.events for work in works), prices.EVENT),
        Line("logs", LOG_BYTES, prices.LOG_BYTE),
    ]
    if cold:
        lines.append(Line("secrets", SECRETS * len((SUBMIT, CALLBACK, LOOK)), prices.KMS_REQUEST))
    return lines


def total(lines: list[Line]) -> float:
    """USD."""
    return sum(line.usd for line in lines)
