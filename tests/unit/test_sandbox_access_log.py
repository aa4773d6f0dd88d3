"""Access logs follow the template's format, and never hold more than it names."""

import json
import threading
from typing import Any

import pytest

from sandbox.access_log import AccessLog, ApiLog, Exchange, render, route_key

ROUTES = ["POST /v1/videos", "GET /v1/videos/{video_id}", "GET /v1/videos/models", "ANY /v1/any", "$default"]
FORMAT = (
    '{"id":"$context.requestId","route":"$context.routeKey","status":"$context.status","agent":'
    '"$context.identity.userAgent","error":"$context.error.message","at":"$context.requestTimeEpoch."}'
)


def exchange(**changes: Any) -> Exchange:
    known: dict[str, Any] = {
        "api": "Api",
        "method": "GET",
        "path": "/v1/videos/video_1",
        "protocol": "HTTP/1.1",
        "source_ip": "127.0.0.1",
        "user_agent": 'curl "quoted"',
        "started": 1_800_000_000.25,
        "request_id": "abc=",
        "status": 200,
    }
    return Exchange(**(known | changes))


def log(format_: str = FORMAT) -> ApiLog:
    return ApiLog("a1", "/logs/api", format_, ROUTES)


def test_variables_are_replaced_and_empty_ones_are_a_dash() -> None:
    assert json.loads(render(FORMAT, exchange(), log())) == {
        "id": "abc=",
        "route": "GET /v1/videos/{video_id}",
        "status": "200",
        "agent": 'curl "quoted"',
        "error": "-",
        "at": "1800000000.",
    }


def test_a_variable_that_nobody_knows_is_a_dash() -> None:
    assert render("$context.authorizer.claims.sub $context.status", exchange(), log()) == "- 200"


def test_a_plain_format_is_not_escaped() -> None:
    assert render("$context.identity.userAgent", exchange(), log()) == 'curl "quoted"'


def test_the_path_is_logged_only_if_the_format_asks() -> None:
    assert "video_1" not in render(FORMAT, exchange(), log())
    assert render("$context.path", exchange(), log()) == "/v1/videos/video_1"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/v1/videos", "POST /v1/videos"),
        ("GET", "/v1/videos/models", "GET /v1/videos/models"),
        ("GET", "/v1/videos/video_1", "GET /v1/videos/{video_id}"),
        ("GET", "/v1/videos/a/b", "$default"),
        ("DELETE", "/v1/any", "ANY /v1/any"),
    ],
)
def test_the_route_is_the_most_literal_one(method: str, path: str, expected: str) -> None:
    assert route_key(ROUTES, method, path) == expected


def test_without_a_default_route_nothing_fits() -> None:
    assert route_key(["POST /v1/x"], "GET", "/v1/x") is None


class Logs:
    """A logs client that remembers."""

    def __init__(self) -> None:
        self.streams: list[str] = []
        self.lines: list[tuple[str, str]] = []
        self.enough = threading.Event()

    def create_log_stream(self, *, logGroupName: str, logStreamName: str) -> None:  # noqa: ARG002, N803
        self.streams.append(logGroupName)

    def put_log_events(self, *, logGroupName: str, logStreamName: str, logEvents: Any) -> None:  # noqa: ARG002, N803
        self.lines += [(logGroupName, event["message"]) for event in logEvents]
        if len(self.lines) == 2:
            self.enough.set()


def test_each_api_writes_to_its_own_group() -> None:
    logs = Logs()
    callbacks = ApiLog("a2", "/logs/callbacks", "$context.status", [])
    access_log = AccessLog(logs, {"Api": log("$context.status"), "CallbackApi": callbacks})

    access_log.add(exchange(status=202))
    access_log.add(exchange(api="CallbackApi", status=404))
    access_log.add(exchange(api="Unlogged"))

    assert logs.enough.wait(5)
    assert sorted(logs.lines) == [("/logs/api", "202"), ("/logs/callbacks", "404")]
    assert sorted(logs.streams) == ["/logs/api", "/logs/callbacks"]
