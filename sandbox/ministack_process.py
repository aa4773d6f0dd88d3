"""Runs MiniStack: a quick Runtime API, one request id everywhere, gone with the sandbox. Started as a script."""

import contextvars
import json
import os
import signal
import socketserver
import threading
from typing import Any


def follow_parent() -> None:
    """End the whole process group once the parent's end of stdin is closed, even by kill -9."""
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


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


def main() -> None:
    """Mend what makes invocations slow, then serve until killed."""
    threading.Thread(target=follow_parent, daemon=True).start()
    # The Runtime API answers in two small writes: with Nagle's algorithm that is 40 ms per invocation.
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True
    from ministack.app import main as serve
    from ministack.core.lambda_runtime import Worker

    # A handler that logs nothing would be waited for 50 ms: (first line, quiet, at most) in seconds.
    Worker._drain_stderr_bounded.__defaults__ = (0.005, 0.005, 0.25)
    keep_request_ids()
    if os.environ.get("SANDBOX_RECORD_IAM"):
        record_permissions()
    serve()


if __name__ == "__main__":
    main()
