"""A world whose provider and hosts are spoken to over HTTP, by the real clients."""

import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from reelhook.adapters.results import HttpResults
from reelhook.domain.answers import (
    Hint,
    NotAnswered,
    Running,
    SubmitAnswer,
    Succeeded,
    TaskAnswer,
    TaskFailed,
    UnknownTask,
)
from reelhook.domain.errors.results import LinkRefusedError, OutOfTimeError
from reelhook.domain.ports.media import ResultSource
from reelhook.domain.ports.providers import PreparedSubmission, Provider
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import HOUR
from reelhook.domain.video import ArtifactType
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from tests.reliability.faults import Mind
from tests.reliability.links import LAST_FRAME
from tests.reliability.wire.faults import Reply
from tests.reliability.wire.network import Network
from tests.reliability.world import World

KEY = "key-0123456789abcdef"
HOST = "http://127.0.0.1"
MAX_BYTES = 1024 * 1024
ETAG = '"version-1"'
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the host is this machine; reading the roots takes time


class Spoken:
    """`Provider`: the real one, which tells the network what it is about to ask."""

    def __init__(
        self, network: Network, real: Provider, submission: PreparedSubmission | None = None
    ) -> None:
        self._network, self._real, self._submission = network, real, submission

    def prepare(self, request: VideoRequest, callback_url: str) -> "Spoken":
        return Spoken(self._network, self._real, self._real.prepare(request, callback_url))

    def send(self) -> SubmitAnswer:
        assert self._submission is not None
        self._network.asking = "submit"
        return self._submission.send()

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:
        self._network.asking = "look-up"
        return self._real.look_up(model, task_id, seconds)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        return self._real.read_callback(headers, body)


@dataclass(frozen=True, slots=True)
class Words:
    """A provider's own: its envelope's code for "all is well", its names for a task's id and state."""

    well: int
    task_id: str
    state: str


class WiredWorld(World):
    """APIXO's two calls and its files as the model's page describes them; everything else as in any world."""

    words = Words(200, "taskId", "state")
    files = 1  # of a video
    in_ranges = False  # whether the hosts give any

    def __init__(self, mind: Mind) -> None:
        super().__init__(mind)
        self.network = Network(self.clock, self.wait, self.port.alive, self._serve)
        self.hosts.base = f"{HOST}/"

    def provider_port(self) -> Provider:
        return Spoken(self.network, Apixo(f"{HOST}/api/v1", lambda: KEY, catalog(None, None)))

    def result_port(self) -> ResultSource:
        return HttpResults([HOST], MAX_BYTES, self.clock, context=NO_TLS)

    def _serve(self, request: bytes, answered: bool) -> Reply:
        head, _, body = request.partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        if method == "POST":
            assert f"Authorization: Bearer {KEY}".encode() in head
            return self._submit(target, head, body)
        if target.startswith("/api/v1/"):
            return self._status(target, answered)
        return self._file(target, head)

    def _submit(self, target: str, head: bytes, body: bytes) -> Reply:  # noqa: ARG002 - another provider's place
        assert target.startswith("/api/v1/generateTask/")
        asked = json.loads(body)
        assert asked["request_type"] == "callback"
        task = self.provider.accept(asked["callback_url"])
        return _told(200, {"taskId": task.id})

    def _status(self, target: str, answered: bool) -> Reply:
        [task_id] = parse_qs(urlsplit(target).query)["taskId"]
        answer = self.provider.look_up("", task_id, 0)
        if not answered:
            self.provider.answered[task_id] -= 1  # what never came was not answered
        match answer:
            case Succeeded(links):
                result = json.dumps({"resultUrls": list(links)})
                return _told(200, {"taskId": task_id, "state": "success", "resultJson": result})
            case TaskFailed():
                return _told(200, {"taskId": task_id, "state": "failed", "failCode": "PromptInvalid"})
            case Running():
                return _told(200, {"taskId": task_id, "state": "processing"})
            case UnknownTask():
                return _told(404, None)
            case NotAnswered():
                return _told(502, None)

    def _file(self, target: str, head: bytes) -> Reply:
        try:
            kind = ArtifactType.LAST_FRAME if f"/{LAST_FRAME}/" in target else ArtifactType.VIDEO
            stream = self.hosts.open(f"{HOST}{unquote(target)}", self.clock() + HOUR, kind)
            data, about = stream.read(MAX_BYTES), ("Content-Type", stream.format.content_type)
            return _ranged(data, head, about) if self.in_ranges else Reply("200 OK", data, (about,))
        except LinkRefusedError as error:
            return Reply(f"{error.status} Refused", b"")
        except OutOfTimeError:
            return Reply("503 Slow Down", b"")


def _told(code: int, data: dict[str, object] | None) -> Reply:
    """An envelope of APIXO's; its HTTP status is the code."""
    body = {"code": code, "message": "success" if code == 200 else "error"} | ({"data": data} if data else {})
    return Reply(f"{code} Told", json.dumps(body).encode())


def _ranged(data: bytes, head: bytes, about: tuple[str, str]) -> Reply:
    """The range that was asked for, or all if it is to be of another version."""
    told = re.search(rb"\r\nRange: bytes=(\d+)-(\d*)(?:\r\n|$)", head)
    assert told is not None
    headers, start = (about, ("ETag", ETAG)), int(told[1])
    if b"If-Range: " in head and f"If-Range: {ETAG}".encode() not in head:
        return Reply("200 OK", data, headers)
    body = data[start : int(told[2]) + 1 if told[2] else len(data)]
    place = f"bytes {start}-{start + len(body) - 1}/{len(data)}"
    return Reply("206 Partial Content", body, (*headers, ("Content-Range", place)))
