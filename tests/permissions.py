"""Granted and used are the same: judged once, at the end of a session that ran every test on the sandbox."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.grants import grants

type Use = tuple[str, str, str]  # whose role, which action, on which resource

INTEGRATION = Path(__file__).parent / "integration"
PARTIAL = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise", "collectonly")
# What the emulator never asks IAM about, and why it is granted all the same.
NEVER_ASKED = {
    "logs:CreateLogStream": "Lambda itself writes the function's log, with its role",
    "logs:PutLogEvents": "Lambda itself writes the function's log, with its role",
    "sqs:ReceiveMessage": "the event source reads the queue, with the role of its function",
    "sqs:DeleteMessage": "the event source removes what was handled, with the role of its function",
    "sqs:GetQueueAttributes": "the event source looks how long the queue is, with the role of its function",
    "dynamodb:DescribeStream": "the event source looks at the stream, with the role of its function",
    "dynamodb:GetShardIterator": "the event source finds its place in the stream, with the role of its function",
    "dynamodb:GetRecords": "the event source reads the stream, with the role of its function",
    "dynamodb:ListStreams": "the event source finds the stream, with the role of its function",
    "sqs:SendMessage": "Lambda itself gives up an event that failed, with the role of its function",
    "s3:ListBucket": "S3 asks for it when a HEAD finds nothing: with it the answer is 404, without it 403",
    "xray:PutTraceSegments": "only where tracing is on, and Lambda itself sends the traces",
    "xray:PutTelemetryRecords": "only where tracing is on, and Lambda itself sends the traces",
}
# Where it is asked about all the same.
ASKED = {
    ("ReconcileVideosRole", "s3:ListBucket"),
    ("ReconcileVideosRole", "sqs:SendMessage"),
    ("ReceiveCallbackRole", "sqs:SendMessage"),
    ("WebhookEndpointsRole", "sqs:SendMessage"),
}
# And where of one role's resources.
ASKED_ABOUT = {("PublishEventsRole", "sqs:SendMessage", "WebhookQueue.Arn")}
_USES = pytest.StashKey[set[Use]]()


def is_excused(grant: Use) -> bool:
    """Whether the emulator never asks about it."""
    return grant[1] in NEVER_ASKED and grant[:2] not in ASKED and grant not in ASKED_ABOUT


def verdict(uses: Iterable[Use]) -> list[str]:
    """What is wrong: each use that nothing grants, each grant that nobody used or that is wrongly excused."""
    used, allowed = set(uses), set(grants())
    excused = {grant for grant in allowed if is_excused(grant)}
    return [
        *(f"used, not granted: {' '.join(use)}" for use in sorted(used - allowed)),
        *(f"granted, never used: {' '.join(grant)}" for grant in sorted(allowed - used - excused)),
        *(f"excused, yet used: {' '.join(grant)}" for grant in sorted(excused & used)),
    ]


def record(config: pytest.Config, uses: Iterable[Use]) -> None:
    """Keeps what one stack's roles were used for until the session is judged."""
    if hasattr(config, "workeroutput"):
        config.workeroutput.setdefault("permissions", []).extend(map(list, uses))
    else:
        config.stash.setdefault(_USES, set()).update(uses)


def judged(config: pytest.Config) -> bool:
    """Whether all tests on the sandbox were asked for: a part of them proves nothing about what is used."""
    folders = [Path(config.invocation_params.dir, each).resolve() for each in config.args]
    return any(INTEGRATION.is_relative_to(folder) for folder in folders) and not any(
        config.getoption(name, None) for name in PARTIAL
    )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended."""
    told = getattr(node, "workeroutput", {}).get("permissions", [])
    record(node.config, {(whose, action, target) for whose, action, target in told})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """The verdict; a session with other failures is red already and may have ended early."""
    config = session.config
    if hasattr(config, "workeroutput") or exitstatus != pytest.ExitCode.OK or not judged(config):
        return
    used: set[Use] = config.stash.setdefault(_USES, set())
    if wrong := verdict(used):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = config.pluginmanager.getplugin("terminalreporter")
        reporter.section("permissions", red=True)
        for line in wrong:
            reporter.line(line)
