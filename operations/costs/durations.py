"""How long an invocation is billed: measured processor time at the function's share of a processor, and waiting."""

from operations.costs.measured import Measured
from operations.costs.work import Work

FULL_MB = 1769  # at which a function has one processor (AWS Lambda quotas)
SLOWER = 3.0  # a hello world starts in 27 ms of processor time here and in 80 on Lambda (maxday/lambda-perf): taken for all
TRIP_SECONDS = 0.005  # one request to an AWS service of the same region
SOURCE_BYTES_PER_SECOND = 10_000_000  # one connection to the provider's files, at its slowest


def seconds(function: Measured, work: Work, memory_mb: int | None = None) -> float:
    """Of one warm invocation; the processor's part is longer where memory is small."""
    share = min(1.0, (memory_mb or function.memory_mb) / FULL_MB)
    busy = function.cpu_ms / 1000 * SLOWER / share
    waits = work.trips * TRIP_SECONDS + work.provider_seconds + work.moved_bytes / SOURCE_BYTES_PER_SECOND
    return busy + waits


def start_seconds(function: Measured) -> float:
    """Of a cold start, which has a whole processor whatever the memory, and is billed since August 2025."""
    return function.init_cpu_ms / 1000 * SLOWER


def gb_seconds(function: Measured, work: Work, memory_mb: int | None = None) -> float:
    """What is billed of one warm invocation."""
    memory = memory_mb or function.memory_mb
    return memory / 1024 * seconds(function, work, memory)
