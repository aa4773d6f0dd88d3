"""Runs MiniStack: a quick Runtime API, one request id everywhere, gone with the sandbox. Started as a script."""

import contextvars
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
    serve()


if __name__ == "__main__":
    main()
