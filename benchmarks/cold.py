"""Cold starts and warm calls: every function from its build, and ReceiveCallback beside Lambdas that do the same."""

import compileall
import json
import sysconfig
from collections.abc import Callable, Mapping

from benchmarks.account import BenchmarkAccount, benchmark_account
from benchmarks.built import BY_QUEUE, Built, prepared
from benchmarks.calls import Calls, Event
from benchmarks.document import FOLDER
from benchmarks.figures import ratio, typical
from benchmarks.goals import Goal, at_most
from benchmarks.rounds import ROOT, Case, Runs, interleaved
from benchmarks.shipped import command
from benchmarks.tables import Column, Say, Table
from tests.template import FUNCTIONS

BARE, PLAIN, USUAL = (
    "bare boto3, the same DynamoDB calls",
    "boto3 + urllib3, every call",
    "usual stack, every call",
)
QUEUED, INLINE = "Reelhook ReceiveCallback, to the queue", "Reelhook ReceiveCallback, 5 MB stored inline"
BARE_READ, REPEATED = "bare boto3, one read", "Reelhook ReceiveCallback, a repeated callback"
LAMBDAS = ROOT / "benchmarks" / "lambdas"
CALLBACK_WARM, FUNCTION_WARM = 20, 8  # calls after the first one, in each process
MS = 1000.0

COLUMNS = (
    Column("init", "init, CPU ms", 0, MS),
    Column("first", "first call, CPU ms", 0, MS),
    Column("started", "init + first call, ratio", relative=True),
    Column("call", "warm call, CPU ms", 2, MS),
    Column("call", "warm call, ratio", relative=True),
    Column("init_mib", "memory after init, MiB", 0),
    Column("peak_mib", "peak memory, MiB", 0),
)


def cold(rounds: int, say: Say) -> list[Table]:
    """Both tables; also writes functions.json."""
    say("  bringing up the stack, building the functions ...")
    with benchmark_account() as account:
        built = Built(account)
        calls = prepared(account, built)
        say("  ReceiveCallback beside others")
        callback = _callback_table(interleaved(_callback_cases(account, built, calls), rounds, say))
        say("  every function")
        cases = [_of_function(built, calls, name) for name in FUNCTIONS]
        functions = _function_table(interleaved(cases, rounds, say))
        _keep(functions.runs, {name: account.memory(name) for name in FUNCTIONS})
    return [callback, functions]


def _of_function(built: Built, calls: Calls, function: str) -> Case:
    make = calls.of(function)
    return built.case(function, function, lambda: make(1 + FUNCTION_WARM))


def _callback_cases(account: BenchmarkAccount, built: Built, calls: Calls) -> list[Case]:
    compileall.compile_dir(LAMBDAS, quiet=1)

    def fresh() -> list[Event]:
        return calls.callbacks(1 + CALLBACK_WARM)

    def repeated() -> list[Event]:
        return calls.repeated_callbacks(1 + CALLBACK_WARM)

    def other(name: str, module: str, events: Callable[[], list[Event]], **more: str) -> Case:
        environment = _stock(account, calls) | more
        return Case(
            name,
            lambda: command(f"benchmarks.lambdas.{module}.handler", events(), account.folder),
            lambda: environment,
        )

    return [
        other(BARE, "bare", fresh, BENCHMARK_WRITES="2"),
        other(PLAIN, "plain", fresh),
        other(USUAL, "usual", fresh),
        built.case(QUEUED, "ReceiveCallback", fresh, BY_QUEUE),
        built.case(INLINE, "ReceiveCallback", fresh),
        other(BARE_READ, "bare", repeated, BENCHMARK_WRITES="0"),
        built.case(REPEATED, "ReceiveCallback", repeated),
    ]


def _stock(account: BenchmarkAccount, calls: Calls) -> dict[str, str]:
    """The environment of the compared Lambdas: the packages as they come, with bytecode and full bundles."""
    return account.environment("ReceiveCallback") | {
        "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
        "AWS_CA_BUNDLE": str(account.authorities.bundle),
        "BENCHMARK_SIGNING_KEY": calls.signing_key.secret.hex(),
        "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
    }


def _callback_table(runs: Runs) -> Table:
    return Table(
        name="cold-callback",
        part="cold",
        title="ReceiveCallback",
        about=(
            "A provider's callback: its signature is verified, the video read, the callback recorded, the provider asked "
            "over a new connection, its answer recorded, and the video handed to a queue (or 5 MB of it stored at once). "
            f"The first call and {CALLBACK_WARM} further ones; everything over TLS. *Every call* means that the compared "
            "Lambda makes the same calls to AWS and to the provider; *bare* makes those to DynamoDB only."
        ),
        columns=COLUMNS,
        runs=runs,
        goals=_callback_goals(runs),
        drawn="init + first call, ratio",
    )


def _callback_goals(runs: Runs) -> list[Goal]:
    return [
        at_most(
            1.6, ratio(runs, "started", QUEUED, BARE), "ReceiveCallback, init + first call, of bare boto3"
        ),
        at_most(
            0.8,
            ratio(runs, "started", QUEUED, USUAL),
            "ReceiveCallback, init + first call, of the usual stack",
        ),
        at_most(
            1.25,
            ratio(runs, "call", QUEUED, PLAIN),
            "ReceiveCallback, warm call, of boto3 + urllib3 with the same calls",
        ),
        at_most(
            1.25,
            ratio(runs, "call", REPEATED, BARE_READ),
            "ReceiveCallback, warm repeated callback, of bare boto3's one read",
        ),
    ]


def _function_table(runs: Runs) -> Table:
    return Table(
        name="cold-functions",
        part="cold",
        title="Every function",
        about=(
            "Each function from its build, in a process of its own: its first call, and the median of "
            f"{FUNCTION_WARM} further typical ones. A submit with an API key; a drop; a video read; a callback with 5 MB stored "
            "inline; a transfer of 5 MB; a tick with nothing to do; one completion published, and told to one endpoint; a "
            "list of endpoints; a tick with nothing to do."
        ),
        columns=[
            *(column for column in COLUMNS if not column.relative),
            Column("call_wall", "warm call, ms", 1, MS),
        ],
        runs=runs,
        goals=[],
        drawn="init, CPU ms",
    )


def _keep(runs: Runs, memory: Mapping[str, int]) -> None:
    """What a cost estimate needs of each function: functions.json."""
    keys = {
        "init_cpu_ms": ("init", MS),
        "first_cpu_ms": ("first", MS),
        "cpu_ms": ("call", MS),
        "wall_ms": ("call_wall", MS),
    }
    keys |= {"init_mib": ("init_mib", 1.0), "peak_mib": ("peak_mib", 1.0)}
    found = {
        name: {"memory_mb": memory[name]}
        | {
            label: None if (value := typical(of, key)) is None else round(value * scale, 2)
            for label, (key, scale) in keys.items()
        }
        for name, of in runs.items()
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "functions.json").write_text(
        json.dumps({"video_bytes": 5_000_000, "functions": found}, indent=1) + "\n"
    )
