"""ReceiveCallback beside Lambdas that do the same: cold starts and warm calls."""

import compileall
import sysconfig
from collections.abc import Callable

from benchmarks.account import BenchmarkAccount
from benchmarks.built import BY_QUEUE, Built
from benchmarks.calls import Calls, Event
from benchmarks.figures import ratio
from benchmarks.goals import Goal, at_most
from benchmarks.rounds import ROOT, Case, Runs
from benchmarks.shipped import command
from benchmarks.tables import Column, Table

BARE, KEEPING, PLAIN, USUAL = (
    "bare boto3, the same DynamoDB calls",
    "boto3 + urllib3, every call, provider's connection kept",
    "boto3 + urllib3, every call, provider's connection new",
    "usual stack, every call, provider's connection kept",
)
QUEUED, INLINE = "Reelhook ReceiveCallback, to the queue", "Reelhook ReceiveCallback, 5 MB stored inline"
BARE_READ, REPEATED = "bare boto3, one read", "Reelhook ReceiveCallback, a repeated callback"
LAMBDAS = ROOT / "benchmarks" / "lambdas"
WARM, INLINE_WARM = 20, 8  # calls after the first one, in each process
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


def callback_cases(account: BenchmarkAccount, built: Built, calls: Calls) -> list[Case]:
    """The compared Lambdas, and ReceiveCallback."""
    compileall.compile_dir(LAMBDAS, quiet=1)

    def fresh() -> list[Event]:
        return calls.callbacks(1 + WARM)

    def repeated() -> list[Event]:
        return calls.repeated_callbacks(1 + WARM)

    def other(name: str, module: str, events: Callable[[], list[Event]], **more: str) -> Case:
        environment = stock(account, calls) | more
        return Case(
            name,
            lambda: command(f"benchmarks.lambdas.{module}.handler", events(), account.folder),
            lambda: environment,
        )

    return [
        other(BARE, "bare", fresh, BENCHMARK_WRITES="2"),
        other(KEEPING, "plain", fresh, BENCHMARK_KEEP="1"),
        other(PLAIN, "plain", fresh, BENCHMARK_KEEP="0"),
        other(USUAL, "usual", fresh),
        built.case(QUEUED, "ReceiveCallback", fresh, BY_QUEUE),
        built.case(INLINE, "ReceiveCallback", lambda: calls.callbacks(1 + INLINE_WARM)),
        other(BARE_READ, "bare", repeated, BENCHMARK_WRITES="0"),
        built.case(REPEATED, "ReceiveCallback", repeated),
    ]


def stock(account: BenchmarkAccount, calls: Calls) -> dict[str, str]:
    """The environment of the compared Lambdas: the packages as they come, with bytecode and full bundles."""
    return account.environment("ReceiveCallback") | {
        "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
        "AWS_CA_BUNDLE": str(account.authorities.bundle),
        "BENCHMARK_SIGNING_KEY": calls.signing_key.secret.hex(),
        "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
    }


def callback_table(runs: Runs) -> Table:
    """What came of them."""
    return Table(
        name="cold-callback",
        part="cold",
        title="ReceiveCallback",
        about=(
            "A provider's callback: its signature is verified, the video read, the callback recorded, the provider asked "
            "over a new connection, its answer recorded, and the video handed to a queue (or 5 MB of it stored at once). "
            f"The first call and {WARM} further ones; everything over TLS. *Every call* means that the compared "
            "Lambda makes the same calls to AWS and to the provider; *bare* makes those to DynamoDB only. Connections to AWS are "
            "kept by all. Reelhook asks the provider over a new one each time, since after the minutes between two callbacks "
            "an old one would be dead."
        ),
        columns=COLUMNS,
        runs=runs,
        goals=_goals(runs),
        drawn="init + first call, ratio",
    )


def _goals(runs: Runs) -> list[Goal]:
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
            "ReceiveCallback, warm call, of boto3 + urllib3 with the same calls and connections",
        ),
        at_most(
            1.25,
            ratio(runs, "call", REPEATED, BARE_READ),
            "ReceiveCallback, warm repeated callback, of bare boto3's one read",
        ),
    ]
