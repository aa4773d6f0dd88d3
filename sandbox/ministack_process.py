"""Runs MiniStack: quick functions, one request id everywhere, gone with the sandbox. Started as a script."""

import contextvars
import json
import os
import signal
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

EVENTS_AT_ONCE = 4  # of each function
EVENT_PAUSES = (1, 2)  # seconds; on AWS minutes

type Execute = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def follow_parent() -> None:
    """End the whole process group once the parent's end of stdin is closed, even by kill -9."""
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def prepare_runtime() -> None:
    """Let functions be processes of a runtime that is prepared once; see runtime.py."""
    sys.path.append(str(Path(__file__).parent.parent))
    from ministack.core import lambda_runtime

    from sandbox.runtime_client import Runtime, SubprocessOfFunctions

    lambda_runtime.subprocess = SubprocessOfFunctions(Runtime())


def read_logs_to_their_end(worker: Any) -> None:
    """Let an invocation's log hold all that it wrote, also where a busy machine is late to read it."""
    drain = worker._drain_stderr_bounded

    def drain_what_was_read(self: Any, *given: Any, **named: Any) -> str:
        if self._proc is not None:
            self._proc.stdout.wait_until_read()
        said: str = drain(self, *given, **named)
        return said

    worker._drain_stderr_bounded = drain_what_was_read


def keep_request_ids() -> None:
    """Give a function's event the request id that the front proxy answers and logs, as on AWS."""
    from ministack.services import apigateway

    given: contextvars.ContextVar[str | None] = contextvars.ContextVar("given", default=None)
    make_id, invoke = apigateway.new_uuid, apigateway._invoke_lambda_proxy

    async def invoke_with_id(*args: Any, **kwargs: Any) -> Any:
        headers = next(argument for argument in args if isinstance(argument, dict) and "host" in argument)
        given.set(headers.pop("x-sandbox-request-id", None))
        try:
            return await invoke(*args, **kwargs)
        finally:
            given.set(None)

    apigateway.new_uuid = lambda: given.get() or make_id()
    apigateway._invoke_lambda_proxy = invoke_with_id


def record_permissions() -> None:
    """Write down, once each, what IAM is asked: who, which action, on which resource."""
    from ministack.core import iam_evaluator

    evaluate, seen = iam_evaluator.evaluate, set[tuple[str, ...]]()
    record = os.open("iam.jsonl", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)

    def evaluate_and_record(context: Any, *policies: Any) -> Any:
        asked = context.principal_arn, context.action, context.resource_arn
        if asked not in seen:
            seen.add(asked)
            os.write(record, f"{json.dumps(asked)}\n".encode())
        return evaluate(context, *policies)

    iam_evaluator.evaluate = evaluate_and_record


def from_the_failed_record(execute: Execute) -> Execute:
    """Let a batch of a table's stream begin at the record that its function last said it failed at, as on AWS.

    The emulator takes an answer that names failed records for a success, and would go on behind them.
    """
    begins: dict[str, str] = {}  # by the stream: the number of the first record that is not done

    def execute_the_rest(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        records = event["Records"]
        stream = records[0]["eventSourceARN"]
        begin = begins.pop(stream, "")
        left = [record for record in records if record["dynamodb"]["SequenceNumber"] >= begin]
        result = execute(function, {"Records": left})
        body = result.get("body")
        failed = body.get("batchItemFailures") if isinstance(body, dict) else None
        if result.get("error"):
            begins[stream] = begin
        elif failed:
            begins[stream] = failed[0]["itemIdentifier"]
            return {**result, "error": True}
        return result

    return execute_the_rest


def read_streams_beside_queues() -> None:
    """A function that is busy with a stream keeps no message of a queue waiting."""
    from ministack.services import lambda_svc

    poll, stirred = lambda_svc._poll_dynamodb_streams, threading.Event()
    execute = lambda_svc._execute_function
    execute_for_stream = from_the_failed_record(execute)

    def execute_for_anybody(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        here = threading.current_thread() is reader
        return (execute_for_stream if here else execute)(function, event)

    def read() -> None:
        while stirred.wait():
            stirred.clear()
            try:
                while poll():
                    pass
            except Exception:  # noqa: BLE001 - told, and read again
                lambda_svc.logger.exception("the streams could not be read")

    def stir() -> bool:  # called whenever anything happened, and each second
        stirred.set()
        return False

    reader = threading.Thread(target=read, name="streams", daemon=True)
    lambda_svc._poll_dynamodb_streams, lambda_svc._execute_function = stir, execute_for_anybody
    reader.start()


def queue_events() -> None:
    """Let an event of a rule be an asynchronous invocation as on AWS: queued, tried again, then handed to its destination.

    The emulator would start a process for each event at once, and two hundred of them are too many for one machine.
    """
    from ministack.services import eventbridge, lambda_svc

    queues: dict[str, ThreadPoolExecutor] = {}

    def run(function: dict[str, Any], name: str, event: dict[str, Any]) -> None:
        about = (function.get("event_invoke_configs") or {}).get("$LATEST") or {}
        result: dict[str, Any] = {}
        for pause in (0, *EVENT_PAUSES[: about.get("MaximumRetryAttempts", 2)]):
            time.sleep(pause)
            result = lambda_svc._execute_function_with_config_scope(function, event)
            if not result.get("error"):
                return
        if destination := about.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"):
            lambda_svc._route_async_failure(destination, name, event, result)

    def invoke(arn: str, payload: str) -> None:
        function, config, name = lambda_svc._get_func_record_for_ref(arn)
        if function and config:
            queue = queues.setdefault(name, ThreadPoolExecutor(EVENTS_AT_ONCE))
            record = lambda_svc._execution_record_for_config(function, config)
            queue.submit(contextvars.copy_context().run, run, record, name, json.loads(payload))

    eventbridge._dispatch_to_lambda = invoke


def main() -> None:
    """Mend what makes invocations slow, then serve until killed."""
    threading.Thread(target=follow_parent, daemon=True).start()
    prepare_runtime()
    # The Runtime API answers in two small writes: with Nagle's algorithm that is 40 ms per invocation.
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True
    from ministack.app import main as serve
    from ministack.core.lambda_runtime import Worker

    # A handler that logs nothing would be waited for 50 ms: (first line, quiet, at most) in seconds.
    Worker._drain_stderr_bounded.__defaults__ = (0.005, 0.01, 0.25)
    read_logs_to_their_end(Worker)
    keep_request_ids()
    read_streams_beside_queues()
    queue_events()
    if os.environ.get("SANDBOX_RECORD_IAM"):
        record_permissions()
    serve()


if __name__ == "__main__":
    main()
