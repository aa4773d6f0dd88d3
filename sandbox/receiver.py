"""A receiver of webhooks on this machine: it keeps what it is sent, and answers as it is told.

`POST /<name>` is a webhook. `GET /_received/<name>` lists what came, with headers and body as they were;
`POST /_answers/<name>` with `[500, [3, 200]]` is how the next ones are answered, the second one after 3 s: 200 again
once these are used up.
"""

import json
import threading
import time
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

from sandbox.provider.wire import DisconnectedError, Exchange, Server

MOST_KEPT = 1_000  # of one name, the newest


class Receiver:
    """Listens until it is stopped."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self._received: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._answers: dict[str, list[tuple[float, int]]] = defaultdict(list)
        self._lock = threading.Lock()
        self._server = Server((host, port), self._handler())
        self.url = f"http://{host}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()

    def _handler(self) -> type[Exchange]:
        receiver = self

        class Handler(Exchange):
            server_version = "receiver"

            def _handle(self) -> None:
                try:
                    receiver._route(self)
                except (DisconnectedError, ValueError):
                    self.close_connection = True

            do_GET = do_POST = _handle  # noqa: N815

        return Handler

    def _route(self, exchange: Exchange) -> None:
        body = exchange.read_body()
        match exchange.command, exchange.parts:
            case "GET", ["_received", name]:
                with self._lock:
                    told = list(self._received[name])
                exchange.answer_json(200, told)
            case "POST", ["_answers", name]:
                answers = [_answer(told) for told in json.loads(body)]
                with self._lock:
                    self._answers[name] = answers
                exchange.answer_json(200, {})
            case "POST", [name]:
                seconds, status = self._take(name, exchange, body)
                time.sleep(seconds)
                exchange.answer(status, b"", "text/plain")
            case _:
                exchange.answer(404, b"not found", "text/plain")

    def _take(self, name: str, exchange: Exchange, body: bytes) -> tuple[float, int]:
        headers = {key.lower(): value for key, value in exchange.headers.items()}
        with self._lock:
            seconds, status = self._answers[name].pop(0) if self._answers[name] else (0.0, 200)
            told = {"at": time.time(), "headers": headers, "body": body.decode(), "answered": status}
            self._received[name] = [*self._received[name], told][-MOST_KEPT:]
        return seconds, status


def _answer(told: Any) -> tuple[float, int]:
    seconds, status = told if isinstance(told, list) else (0, told)
    return float(seconds), int(status)
