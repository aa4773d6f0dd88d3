"""The sandbox keeps its promises: what it writes, what it enforces, how it ends."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from botocore.exceptions import ClientError

from sandbox.errors import SandboxError
from sandbox.options import ROOT
from sandbox.stack import Sandbox, running_stack
from tests.integration.driving import Driver
from tests.integration.waiting import until

STACK = pytest.mark.prove("a stack of its own")

PROMISED = {
    "api_url",
    "callback_url",
    "api_key",
    "aws_endpoint_url",
    "region",
    "media_bucket",
    "inbox_bucket",
    "table",
    "provider_url",
    "pid",
}


@contextmanager
def up(home: Path, port: int = 0, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """`make run` in a folder of its own; whoever fails does not wait for its end for ever."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.up"],
        cwd=ROOT,
        env={**os.environ, "SANDBOX_HOME": str(home), "SANDBOX_PORT": str(port), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        except BaseException:
            process.kill()  # the emulator follows by itself
            raise


def read_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Reelhook is ready"):
            return
    raise AssertionError("it ended before it was ready")


def alive(group: int) -> bool:
    """Whether any process of the emulator's group, functions included, is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_stack_json_holds_what_other_tools_rely_on(stack: Driver) -> None:
    file = Path(stack.stack.home) / "stack.json"

    assert set(json.loads(file.read_text())) >= PROMISED
    assert file.stat().st_mode & 0o077 == 0  # it holds a key
    assert running_stack(Path(stack.stack.home)) == stack.stack


def test_a_prompt_becomes_an_mp4_that_was_fetched_once(stack: Driver) -> None:
    video = stack.submit()
    stack.wait_for(video["id"])
    (task,) = stack.provider.tasks()

    served = stack.provider.file(task["task_id"])
    assert hashlib.sha256(stack.content(video["id"])).hexdigest() == served["sha256"]
    assert len(stack.provider.requests("file", task["task_id"])) == 1
    assert len(stack.versions(video["id"])) == 1


def test_each_providers_key_lies_in_ssm_and_opens_its_own_door_alone(stack: Driver) -> None:
    doors = {"apixo": "/statusTask/seedance-2-0-fast?taskId=none", "modellix": "/tasks/none"}
    for provider in doors:
        name = f"{stack.stack.parameter_path}/{provider}-api-key"
        key = stack.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        for door, path in doors.items():
            url = f"{stack.stack.provider_url}/api/v1{path}"
            answer = httpx.get(url, headers={"Authorization": f"Bearer {key}"}, trust_env=False)
            assert answer.status_code == (404 if door == provider else 401)


def test_functions_act_under_their_own_roles(stack: Driver) -> None:
    role = stack.client("lambda").get_function_configuration(FunctionName=stack.stack.functions["Videos"])[
        "Role"
    ]
    lent = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    answer = stack.client.acting_as(lent, "s3")

    with pytest.raises(ClientError, match=r"AccessDenied.*s3:PutObject"):
        answer.put_object(Bucket=stack.stack.media_bucket, Key="videos/x/0.mp4", Body=b"")


def test_each_api_has_its_access_log_and_no_line_names_a_path(stack: Driver) -> None:
    marker = f"video_{time.time_ns()}"
    answer = stack.api.get(f"/v1/videos/{marker}")
    stack.api.post(f"/v1/callbacks/apixo/{marker}/forged-token", json={})

    def seen() -> list[str]:
        return [line.message for line in stack.log_lines() if "vendedlogs" in line.group]

    lines = until(seen, lambda lines: any("callbacks" in line for line in lines), 10)
    mine = [line for line in lines if answer.headers["apigw-requestid"] in line]
    assert [json.loads(line)["routeKey"] for line in mine] == ["GET /v1/videos/{video_id}"]
    assert not [line for line in lines if marker in line or "forged-token" in line]


def test_what_the_emulator_would_drop_is_set(stack: Driver) -> None:
    for table in (stack.stack.table, stack.stack.accounts_table):
        live = stack.client("dynamodb").describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        assert (live["TimeToLiveStatus"], live["AttributeName"]) == ("ENABLED", "ttl")


@STACK
def test_two_stacks_run_side_by_side_with_parameters_of_their_own(stack: Driver, tmp_path: Path) -> None:
    parameters = {"TransferSeconds": "20", "CallbackReservedConcurrency": "3"}
    with Sandbox(tmp_path, parameters=parameters) as other:
        functions, names = other.clients()("lambda"), other.functions
        transfer = functions.get_function_configuration(FunctionName=names["TransferVideo"])
        callback = functions.get_function(FunctionName=names["ReceiveCallback"])

        assert (transfer["Timeout"], callback["Concurrency"]["ReservedConcurrentExecutions"]) == (20, 3)
        assert other.parameters["TransferSeconds"] == "20"
        assert httpx.get(f"{stack.stack.api_url}/v1/videos/x", trust_env=False).status_code == 401
        assert other.api_url != stack.stack.api_url
    assert not alive(other.ministack)
    assert running_stack(tmp_path) is None


@STACK
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_however_it_ends_nothing_is_left_running(tmp_path: Path, ending: signal.Signals) -> None:
    with up(tmp_path) as process:
        read_until_ready(process)
        stack = running_stack(tmp_path)
        assert stack is not None
        httpx.get(f"{stack.api_url}/v1/videos/x", trust_env=False)  # a function process of its own
        process.send_signal(ending)
        process.wait(10)

        until(lambda: alive(stack.ministack), lambda left: not left, 5)
        assert process.returncode == (-signal.SIGKILL if ending == signal.SIGKILL else 0)
        with pytest.raises(httpx.ConnectError):
            httpx.get(stack.api_url, trust_env=False)


@STACK
def test_make_stop_ends_it_and_says_so(tmp_path: Path) -> None:
    with up(tmp_path) as process:
        read_until_ready(process)
        for told in ("Stopped; nothing is left running.\n", "No sandbox is running.\n"):
            said = subprocess.run(
                [sys.executable, "-m", "sandbox.stop"],
                cwd=ROOT,
                env={**os.environ, "SANDBOX_HOME": str(tmp_path)},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            assert said.stdout == told
        assert process.wait(10) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "ministack.log"]


def test_a_busy_port_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, up(tmp_path, taken.getsockname()[1]) as process:
        said, _ = process.communicate(timeout=10)

        port = taken.getsockname()[1]
        assert said == f"Port {port} is in use. Choose another one, for example SANDBOX_PORT={port + 1}.\n"
        assert process.returncode == 1


def test_a_mistaken_parameter_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match=r"no parameter TransferSecond\. It has: "):
        Sandbox(tmp_path, parameters={"TransferSecond": "20"}).start()
