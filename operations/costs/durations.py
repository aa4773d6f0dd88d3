"""How long an invocation is billed: its own work with the function's share of a processor, and waiting."""

from operations.costs.measured import Measured
from operations.costs.work import Work

SIZES = (128, 256, 512, 1024, 1769)  # MB, that are compared
FULL_MB = 1769  # at which a function has one processor (AWS Lambda quotas)
SLOWER = 3.0  # a hello world starts in 27 ms of processor time here and in 80 on Lambda (maxday/lambda-perf): taken for all
TRIP_SECONDS = 0.005  # one request to an AWS service of the same region
SOURCE_BYTES_PER_SECOND = 10_000_000  # one connection to the provider's files, at its slowest


def seconds(function: Measured, work: Work, memory_mb: int | None = None) -> float:
    """Of one warm invocation; its own work takes longer where memory is small."""
    busy = busy_ms(function, memory_mb or function.memory_mb) / 1000 * SLOWER
    waits = work.trips * TRIP_SECONDS + work.provider_seconds + work.moved_bytes / SOURCE_BYTES_PER_SECOND
    return busy + waits


def busy_ms(function: Measured, memory_mb: int) -> float:
    """Of a warm call on the measuring machine: as measured with that share, or else reckoned from its processor time."""
    if (at := function.at.get(memory_mb)) is not None:
        return at.busy_ms
    return function.cpu_ms / min(1.0, memory_mb / FULL_MB)


def first_seconds(function: Measured, memory_mb: int) -> float | None:
    """Own work of the first call of a process; none where it was not measured with that share."""
    at = function.at.get(memory_mb)
    return None if at is None else at.first_busy_ms / 1000 * SLOWER


def start_seconds(function: Measured) -> float:
    """Of a cold start, which has a whole processor whatever the memory, and is billed since August 2025."""
    return function.init_cpu_ms / 1000 * SLOWER


def gb_seconds(function: Measured, work: Work, memory_mb: int | None = None) -> float:
    """What is billed of one warm invocation."""
    memory = memory_mb or function.memory_mb
    return memory / 1024 * seconds(function, work, memory)
