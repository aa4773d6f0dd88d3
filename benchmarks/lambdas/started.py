"""Lambda's execution environment in small: loads a handler, then calls it once for each event. Standard library only.

`python -S started.py module.attribute events.json` with the code on PYTHONPATH. Processor time counts from the start of the
interpreter. What the handler logs goes to a file beside its events, and must hold no warning: a call that failed quietly
is no typical call. The only output is a line of JSON. `BENCHMARK_CGROUP` names a control group that it enters before its
first call: on Lambda, too, it is only then that a process has no more than its share of a processor.
"""

import importlib
import json
import os
import sys
import time
from statistics import mean, median
from typing import Any, NamedTuple

SECONDS = 28.0  # ReceiveCallback's, and the shortest of those that need theirs


class Context:
    """What a handler may ask of its invocation."""

    function_name = "benchmark"
    function_version = "$LATEST"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:benchmark"
    aws_request_id = "00000000-0000-0000-0000-000000000000"
    log_group_name = log_stream_name = "benchmark"

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = (time.time() + seconds) * 1000

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until this invocation would be ended."""
        return int(self._end - time.time() * 1000)


class Call(NamedTuple):
    """Seconds: of the processor, on the clock, and for which the kernel held the process back."""

    cpu: float
    wall: float
    held: float

    @property
    def busy(self) -> float:
        """What its own work took: waiting for others is not in it. Threads held back on two processors count twice in `held`."""
        return max(self.cpu, min(self.wall, self.cpu + self.held))


def mib(name: str) -> float:
    """VmRSS, what this process holds, or VmHWM, the most it ever held."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(f"{name}:")) / 1024


def enter(group: str) -> None:
    """Into a control group, with all threads."""
    with open(f"{group}/cgroup.procs", "w") as file:
        file.write(str(os.getpid()))


def held_back(group: str | None) -> float:
    """For how many seconds the kernel has kept the group from running so far: version 1 says ns, version 2 us."""
    if group is None:
        return 0.0
    with open(f"{group}/cpu.stat") as file:
        told = dict(line.split() for line in file)
    return (
        int(told["throttled_time"]) / 1e9 if "throttled_time" in told else int(told["throttled_usec"]) / 1e6
    )


def refused(answer: Any) -> bool:
    """Whether a handler says that it did not do it."""
    if not isinstance(answer, dict):
        return False
    return answer.get("statusCode", 200) >= 300 or bool(answer.get("batchItemFailures"))


def main(name: str, events_file: str) -> None:
    """Loads, calls, tells."""
    module, _, attribute = name.rpartition(".")
    handler = getattr(importlib.import_module(module), attribute)
    loaded, held = time.process_time(), mib("VmRSS")
    with open(events_file) as file:
        events = json.load(file)
    group = os.environ.get("BENCHMARK_CGROUP")
    if group is not None:
        enter(group)
    calls = []
    for event in events:
        held = held_back(group)
        cpu, wall = time.process_time(), time.monotonic()
        answer = handler(event, Context())
        calls.append(Call(time.process_time() - cpu, time.monotonic() - wall, held_back(group) - held))
        if refused(answer):
            tell({"refused": str(answer)})
            sys.exit(1)
    with open(f"{events_file}.log") as file:
        if warnings := [line for line in file if '"level":"WARNING"' in line or '"level":"ERROR"' in line]:
            tell({"warned": warnings[0]})
            sys.exit(1)
    first, warm = calls[0], calls[1:]
    tell(
        {
            "init": loaded,
            "first": first.cpu,
            "first_wall": first.wall,
            "first_busy": first.busy,
            "started": loaded + first.cpu,
            "call": median(call.cpu for call in warm),
            "call_wall": median(call.wall for call in warm),
            "call_busy": mean(  # held back in some calls and not in others, and billed for all
                call.busy for call in warm
            ),
            "init_mib": held,
            "peak_mib": mib("VmHWM"),
        }
    )


def tell(figures: dict[str, Any]) -> None:
    """One line, to where the output once went."""
    os.write(OUTPUT, json.dumps(figures).encode() + b"\n")


if __name__ == "__main__":
    OUTPUT = os.dup(1)
    log = os.open(f"{sys.argv[2]}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)  # before anything is loaded: loggers keep the stream they find
    main(sys.argv[1], sys.argv[2])
