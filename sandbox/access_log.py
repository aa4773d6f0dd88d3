"""Access logs in the template's own `Format`, written as API Gateway would: the emulator writes none."""

import json
import queue
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from sandbox.options import ACCOUNT

_VARIABLE = re.compile(r"\$context\.([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)")
_STREAM = "front"
_AT_ONCE = 1000


@dataclass
class Exchange:
    """One request and its answer, as the gateway knows them."""

    api: str
    method: str
    path: str
    protocol: str
    source_ip: str
    user_agent: str
    started: float
    request_id: str
    status: int = 0
    response_length: int = 0
    integration_status: int | None = None
    integration_ms: int | None = None
    error: str | None = None


@dataclass(frozen=True)
class ApiLog:
    """Where and how one API's requests are written down."""

    api_id: str
    group: str
    format: str
    route_keys: Sequence[str]


class AccessLog:
    """Takes exchanges from the front proxy and writes them by a thread of its own."""

    def __init__(self, logs: Any, apis: Mapping[str, ApiLog]) -> None:
        self._logs = logs
        self._apis = apis
        self._waiting: queue.SimpleQueue[tuple[str, str, int]] = queue.SimpleQueue()
        for api in apis.values():
            logs.create_log_stream(logGroupName=api.group, logStreamName=_STREAM)
        self._stopped = False
        threading.Thread(target=self._write_for_ever, name="access-log", daemon=True).start()

    def add(self, exchange: Exchange) -> None:
        """Write a line about an exchange, soon."""
        if api := self._apis.get(exchange.api):
            line = render(api.format, exchange, api)
            self._waiting.put((api.group, line, int(exchange.started * 1000)))

    def stop(self) -> None:
        """Write no more, and say nothing about what could not be written."""
        self._stopped = True

    def _write_for_ever(self) -> None:
        while True:
            entries = [self._waiting.get()]
            while not self._waiting.empty() and len(entries) < _AT_ONCE:
                entries.append(self._waiting.get())
            for group in {group for group, _, _ in entries}:
                self._write(group, sorted((at, line) for to, line, at in entries if to == group))

    def _write(self, group: str, lines: list[tuple[int, str]]) -> None:
        events = [{"timestamp": at, "message": line} for at, line in lines]
        try:
            self._logs.put_log_events(logGroupName=group, logStreamName=_STREAM, logEvents=events)
        except (BotoCoreError, ClientError) as error:
            if not self._stopped:
                print(f"{len(lines)} lines of {group} could not be written: {error}", flush=True)


def render(format_: str, exchange: Exchange, api: ApiLog) -> str:
    """The format with every `$context.` variable replaced; an unknown or empty one is a dash."""
    values = _values(exchange, api)
    is_json = format_.lstrip().startswith("{")

    def replace(match: re.Match[str]) -> str:
        value = values.get(match[1])
        text = "-" if value is None or value == "" else str(value)
        return json.dumps(text)[1:-1] if is_json else text

    return _VARIABLE.sub(replace, format_)


def route_key(route_keys: Sequence[str], method: str, path: str) -> str | None:
    """The route that API Gateway would choose: the most literal one, else `$default`."""
    fitting = [key for key in route_keys if key != "$default" and _fits(key, method, path)]
    if fitting:
        return max(fitting, key=lambda key: (-key.count("{"), not key.startswith("ANY ")))
    return "$default" if "$default" in route_keys else None


def _fits(key: str, method: str, path: str) -> bool:
    wanted_method, _, pattern = key.partition(" ")
    expression = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(pattern))
    return wanted_method in ("ANY", method) and re.fullmatch(expression, path) is not None


def _values(exchange: Exchange, api: ApiLog) -> dict[str, str | int | None]:
    started = time.gmtime(exchange.started)
    return {
        "accountId": ACCOUNT,
        "apiId": api.api_id,
        "domainName": f"{api.api_id}.execute-api.127.0.0.1",
        "domainPrefix": api.api_id,
        "error.message": exchange.error,
        "error.messageString": f'"{exchange.error}"' if exchange.error else None,
        "extendedRequestId": exchange.request_id,
        "httpMethod": exchange.method,
        "identity.sourceIp": exchange.source_ip,
        "identity.userAgent": exchange.user_agent,
        "integration.integrationStatus": exchange.integration_status,
        "integration.latency": exchange.integration_ms,
        "integration.status": exchange.integration_status,
        "integrationLatency": exchange.integration_ms,
        "integrationStatus": exchange.integration_status,
        "path": exchange.path,
        "protocol": exchange.protocol,
        "requestId": exchange.request_id,
        "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", started),
        "requestTimeEpoch": int(exchange.started),
        "responseLatency": round((time.time() - exchange.started) * 1000),
        "responseLength": exchange.response_length,
        "routeKey": route_key(api.route_keys, exchange.method, exchange.path),
        "stage": "$default",
        "status": exchange.status,
    }
