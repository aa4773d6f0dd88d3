"""Cold starts and calls of every function from its build; ReceiveCallback also beside Lambdas that do the same."""

import json
from collections.abc import Mapping

from benchmarks.account import VIDEO_BYTES, BenchmarkAccount, benchmark_account
from benchmarks.built import Built, prepared
from benchmarks.callbacks import COLUMNS, MS, callback_cases, callback_table, stock
from benchmarks.calls import Calls, Event
from benchmarks.document import FOLDER
from benchmarks.figures import ratio, typical
from benchmarks.goals import at_most
from benchmarks.rounds import Case, Runs, interleaved
from benchmarks.shipped import command
from benchmarks.tables import Column, Say, Table
from sandbox.bring_up import TICKING
from tests.template import FUNCTIONS

BARE = "bare boto3, a client of S3's"
MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"
WARM = 8  # calls after the first one, in each process


def cold(rounds: int, say: Say) -> list[Table]:
    """Both tables; also writes functions.json."""
    say("  bringing up the stack, building the functions ...")
    with benchmark_account() as account:
        built = Built(account)
        calls = prepared(account, built)
        say("  ReceiveCallback beside others")
        callback = callback_table(interleaved(callback_cases(account, built, calls), rounds, say))
        say("  every function")
        cases = [_of_function(built, calls, name, account.empty_table) for name in FUNCTIONS]
        functions = _function_table(interleaved([_bare(account, calls), *cases], rounds, say))
        _keep(functions.runs, {name: int(account.environment(name)[MEMORY]) for name in FUNCTIONS})
    return [callback, functions]


def _of_function(built: Built, calls: Calls, function: str, empty_table: str) -> Case:
    make = calls.of(function)
    nothing_to_do = {"VIDEOS_TABLE": empty_table} if function in TICKING else {}
    return built.case(function, function, lambda: make(1 + WARM), nothing_to_do)


def _bare(account: BenchmarkAccount, calls: Calls) -> Case:
    environment = stock(account, calls)
    nothing: list[Event] = [{}] * (1 + WARM)
    return Case(
        BARE,
        lambda: command("benchmarks.lambdas.streamer.handler", nothing, account.folder),
        lambda: environment,
    )


def _function_table(runs: Runs) -> Table:
    return Table(
        name="cold-functions",
        part="cold",
        title="Every function",
        about=(
            "Each function from its build, in a process of its own: its first call, and the median of "
            f"{WARM} further typical ones. A submit with an API key; a drop; a video read; a callback with 5 MB stored "
            "inline; a transfer of 5 MB; a tick with nothing to do; one completion published, and told to one endpoint; a "
            "list of endpoints; a tick with nothing to do. The first line is a process that makes a client and never calls it."
        ),
        columns=[
            *(column for column in COLUMNS if not column.relative),
            Column("call_wall", "warm call, ms", 1, MS),
        ],
        runs=runs,
        goals=[
            at_most(
                0.9,
                ratio(runs, "init", "TransferVideo", BARE),
                "TransferVideo, init, of boto3 with a client of S3's alone",
            )
        ],
        drawn="init, CPU ms",
    )


def _keep(runs: Runs, memory: Mapping[str, int]) -> None:
    """What a cost estimate needs of each function: functions.json."""
    keys = {
        "init_cpu_ms": ("init", MS),
        "first_cpu_ms": ("first", MS),
        "cpu_ms": ("call", MS),
        "wall_ms_here": ("call_wall", MS),
    }
    keys |= {"init_mib": ("init_mib", 1.0), "peak_mib": ("peak_mib", 1.0)}
    found = {
        name: {"memory_mb": memory[name]}
        | {
            label: None if (value := typical(of, key)) is None else round(value * scale, 2)
            for label, (key, scale) in keys.items()
        }
        for name, of in runs.items()
        if name in memory
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "functions.json").write_text(
        json.dumps({"video_bytes": VIDEO_BYTES, "functions": found}, indent=1) + "\n"
    )
