"""A receiver of callbacks."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG_UP = 0  # in place of a status: no answer at all


class Receiver:
    """Receives callbacks and answers them with the statuses it was given, then with 200."""

    def __init__(self) -> None:
        self.arrived: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []  # of each callback, in order
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.headers.append(dict(self.headers))
                status, headers = receiver.answers.pop(0) if receiver.answers else (200, {})
                if status == HANG_UP:
                    self.close_connection = True
                    receiver.arrived.put((self.path, body))
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                receiver.arrived.put((self.path, body))  # before the answer, which lets the next one be sent
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/callbacks/video_1/Tok3n"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def next(self) -> tuple[str, Any]:
        """The path and the JSON of the next callback."""
        path, body = self.arrived.get(timeout=5)
        return path, json.loads(body)

    def close(self) -> None:
        """Stop receiving."""
        self._server.shutdown()
        self._server.server_close()
