"""Every function at several sizes of memory: limited to the share of a processor that Lambda gives each of them.

As on Lambda the start has a whole processor; the limit begins with the first call. Memory itself is not limited: a size that
leaves too little beside what the function held at most is called too small, and has no figures.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.account import BenchmarkAccount, benchmark_account
from benchmarks.built import Built, prepared
from benchmarks.calls import Calls
from benchmarks.document import FOLDER
from benchmarks.quotas import NoQuotasError, quotas
from benchmarks.rounds import Case, interleaved
from benchmarks.sweep_tables import kept, name, tables
from benchmarks.tables import Say, Table
from operations.costs.durations import SIZES
from sandbox.bring_up import TICKING
from tests.template import FUNCTIONS

WARM = 3  # calls after the first one, in each process
LONG_ROUNDS = 3


def sweep(say: Say, *, long: bool) -> list[Table]:
    """The tables; also writes sweep.json. None, and the reason, where no process can be limited."""
    try:
        with quotas(SIZES) as groups:
            return _swept(groups, say, LONG_ROUNDS if long else 1)
    except NoQuotasError as error:
        say(f"  left out: no process can be limited to a share of a processor here ({error})")
        return []


def _swept(groups: Mapping[int, Path], say: Say, rounds: int) -> list[Table]:
    say("  bringing up the stack, building the functions ...")
    with benchmark_account() as account:
        built = Built(account)
        calls = prepared(account, built)
        cases = [
            _case(account, built, calls, function, size, group)
            for function in FUNCTIONS
            for size, group in groups.items()
        ]
        say(f"  {len(FUNCTIONS)} functions at {len(groups)} sizes")
        runs = interleaved(cases, rounds, say)
    (FOLDER / "sweep.json").write_text(json.dumps(kept(runs, FUNCTIONS), indent=1) + "\n")
    return tables(runs, FUNCTIONS, WARM)


def _case(
    account: BenchmarkAccount, built: Built, calls: Calls, function: str, size: int, group: Path
) -> Case:
    make = calls.of(function)
    more = {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(size), "BENCHMARK_CGROUP": str(group)}
    nothing_to_do = {"VIDEOS_TABLE": account.empty_table} if function in TICKING else {}
    return built.case(name(function, size), function, lambda: make(1 + WARM), more | nothing_to_do)
