"""The front proxy answers as API Gateway does, limits and failures included."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sandbox.access_log import Exchange
from sandbox.errors import SandboxError
from sandbox.front import Front

MB = 1024 * 1024
JSON = {"Content-Type": "application/json"}


class Gateway(ThreadingHTTPServer):
    """Stands in for the emulator: remembers requests and answers what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Passed)
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status, self.content, self.headers, self.delay = 200, b"{}", {"X-Own": "1"}, 0.0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The front gave up on it: nothing to tell."""


class Passed(BaseHTTPRequestHandler):
    """One request that the front passed on."""

    server: Gateway

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.server.content)

    do_GET = do_POST = do_HEAD = handle_any  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Setting:
    """A front before a gateway, and what it told."""

    front: Front
    gateway: Gateway
    told: list[Exchange] = field(default_factory=list)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.front.server_port, timeout=10)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def send(self, text: bytes) -> bytes:
        """Bytes as they are, and all that comes back."""
        with socket.create_connection(("127.0.0.1", self.front.server_port), timeout=10) as connection:
            connection.sendall(text)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def setting() -> Iterator[Setting]:
    with Gateway() as gateway, Front(0, gateway.server_port, {"Api": "a1", "CallbackApi": "a2"}) as front:
        setting = Setting(front, gateway)
        front.told = setting.told.append
        for server in (gateway, front):
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield setting
        for server in (front, gateway):
            server.shutdown()


def test_a_request_reaches_the_clients_api_with_path_query_and_body(setting: Setting) -> None:
    status, headers, content = setting.ask("POST", "/v1/videos?a=%20b", b'{"x":1}', JSON)

    assert (status, headers["X-Own"], content) == (200, "1", b"{}")
    method, path, _, body = setting.gateway.requests[0]
    assert (method, path, body) == ("POST", "/_aws/execute-api/a1/$default/v1/videos?a=%20b", b'{"x":1}')


def test_callbacks_reach_the_callback_api_whatever_their_shape(setting: Setting) -> None:
    for path in ("/v1/callbacks/apixo/video_1/token", "/v1/callbacks/nonsense"):
        setting.ask("POST", path, b"{}")

    assert [path for _, path, _, _ in setting.gateway.requests] == [
        "/_aws/execute-api/a2/$default/v1/callbacks/apixo/video_1/token",
        "/_aws/execute-api/a2/$default/v1/callbacks/nonsense",
    ]


def test_the_function_sees_the_gateways_headers_and_never_forged_ones(setting: Setting) -> None:
    setting.send(
        b"GET /v1/videos/1 HTTP/1.1\r\nHost: elsewhere\r\nX-Forwarded-For: 10.0.0.1\r\n"
        b"X-Sandbox-Request-Id: forged\r\nAccept: a\r\nAccept: b\r\nConnection: close\r\n\r\n"
    )

    headers = {name.lower(): value for name, value in setting.gateway.requests[0][2].items()}
    assert headers["host"] == f"127.0.0.1:{setting.front.server_port}"
    assert (headers["x-forwarded-for"], headers["accept"]) == ("127.0.0.1", "a,b")
    assert headers["x-sandbox-request-id"] == setting.told[0].request_id


def test_the_request_id_that_is_answered_is_the_one_that_is_logged(setting: Setting) -> None:
    _, headers, _ = setting.ask("GET", "/v1/videos/1")

    assert headers.get_all("Apigw-Requestid") == [setting.told[0].request_id]


@pytest.mark.parametrize(
    ("size", "content_type", "expected"),
    [
        (5 * MB, "application/json", 200),
        (7 * MB, "application/json", 413),  # text, beyond Lambda's 6 MB
        (4 * MB, "application/octet-stream", 200),
        (5 * MB, "application/octet-stream", 413),  # 6.7 MB as base64
        (5 * MB, "", 413),  # no type is not text
        (11 * MB, "text/plain", 413),  # beyond the gateway's 10 MB
    ],
)
def test_bodies_are_limited_as_the_function_would_get_them(
    setting: Setting, size: int, content_type: str, expected: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    status, _, content = setting.ask("POST", "/v1/videos", b"x" * size, headers)

    assert status == expected
    assert len(setting.gateway.requests) == (expected == 200)
    if expected == 413:
        assert json.loads(content) == {"message": "Request Entity Too Large"}


@pytest.mark.parametrize(("room", "expected"), [(3_000, 200), (1_000, 413)])
def test_the_rest_of_the_event_counts_too(setting: Setting, room: int, expected: int) -> None:
    assert setting.ask("POST", "/v1/videos", b"x" * (6 * MB - room), JSON)[0] == expected


def test_characters_that_json_escapes_count_as_what_they_become(setting: Setting) -> None:
    status, _, _ = setting.ask("POST", "/v1/videos", b'"' * (4 * MB), JSON)

    assert status == 413


def test_a_long_head_is_refused(setting: Setting) -> None:
    assert setting.ask("GET", "/v1/videos/1", headers={"X-Long": "x" * 9000})[0] == 200
    status, _, content = setting.ask("GET", "/v1/videos/1", headers={"X-Long": "x" * 10_300})

    assert (status, json.loads(content)["message"]) == (431, "Request Header Fields Too Large")


def test_what_a_failing_function_raised_is_kept_from_the_client(setting: Setting) -> None:
    setting.gateway.status = 502
    setting.gateway.content = b'{"errorMessage": "a secret", "errorType": "ValueError"}'
    status, _, content = setting.ask("POST", "/v1/videos", b"{}", JSON)

    assert (status, json.loads(content)) == (500, {"message": "Internal Server Error"})
    assert (setting.told[0].status, setting.told[0].integration_status) == (500, 502)


def test_a_502_that_the_function_itself_answers_passes(setting: Setting) -> None:
    setting.gateway.status, setting.gateway.content = 502, b'{"error": {"message": "bad gateway"}}'

    assert setting.ask("GET", "/v1/videos/1")[::2] == (502, setting.gateway.content)


def test_a_function_that_takes_too_long_is_given_up(setting: Setting) -> None:
    setting.front.integration_seconds, setting.gateway.delay = 0.05, 0.5
    status, _, content = setting.ask("GET", "/v1/videos/1")

    assert (status, json.loads(content)) == (503, {"message": "Service Unavailable"})


def test_an_answer_beyond_six_megabytes_is_an_error(setting: Setting) -> None:
    setting.gateway.content = b"x" * (6 * MB + 1)

    assert setting.ask("GET", "/v1/videos/1")[0] == 500


def test_a_chunked_body_arrives_whole(setting: Setting) -> None:
    answer = setting.send(
        b"POST /v1/videos HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'3;note=1\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'
    )

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert setting.gateway.requests[0][3] == b'{"a":1}'


@pytest.mark.parametrize(
    "request_text",
    [
        b"POST /v1/videos HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /v1/videos HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        b"POST /v1/videos HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET http://127.0.0.1/v1/videos HTTP/1.1\r\n\r\n",
        b"not http at all\r\n\r\n",
    ],
)
def test_a_broken_request_is_refused_in_json(setting: Setting, request_text: bytes) -> None:
    head, _, body = setting.send(request_text).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body) == {"message": "Bad Request"}
    assert setting.gateway.requests == []


def test_one_connection_serves_many_requests(setting: Setting) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", setting.front.server_port, timeout=10)
    for _ in range(3):
        connection.request("HEAD", "/v1/videos/1")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"")
    connection.close()

    assert len(setting.told) == 3


def test_a_busy_port_is_told_in_one_line(setting: Setting) -> None:
    port = setting.front.server_port
    with pytest.raises(SandboxError, match=f"Port {port} is in use.*SANDBOX_PORT={port + 1}"):
        Front(port, 1, {})
