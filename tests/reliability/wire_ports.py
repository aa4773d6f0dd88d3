"""Bucket, hosts and provider behind the fault port."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, starmap

from reelhook.domain.answers import Hint, NotAnswered, SubmitAnswer, TaskAnswer, Unclear
from reelhook.domain.ports.media import (
    MediaStore,
    ObjectIdentity,
    Readable,
    ReferenceStore,
    ResultRanges,
    ResultSource,
    ResultStream,
    StoredObject,
)
from reelhook.domain.ports.providers import Provider
from reelhook.domain.ports.uploads import PostForm, StoredUpload, UploadStore
from reelhook.domain.references import HeldMedia
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import Instant
from reelhook.domain.video import ArtifactType
from tests.reliability.failing import NO_MEDIA, NO_RESULT, NO_STORE
from tests.reliability.fault_port import FaultPort


class FaultyMedia:
    """`MediaStore`."""

    def __init__(self, port: FaultPort, real: MediaStore) -> None:
        self._port, self._real = port, real

    def find(self, key: str) -> StoredObject | None:
        return self._port.call("media.find", partial(self._real.find, key), NO_MEDIA)

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        body = _Read(
            stream
        )  # read beforehand: a request that arrives late carries the bytes it was sent with
        return self._port.call("media.put", lambda: self._real.put(key, body.again(), identity), NO_MEDIA)

    def link(self, key: str, content_type: str, seconds: int) -> str:
        return self._real.link(key, content_type, seconds)

    def clear(self, folder: str) -> int:
        return self._port.call("media.clear", partial(self._real.clear, folder), NO_MEDIA)


class FaultyReferences:
    """`ReferenceStore`; signing a link asks nobody."""

    def __init__(self, port: FaultPort, real: ReferenceStore) -> None:
        self._port, self._real = port, real

    def put(self, key: str, media: HeldMedia) -> None:
        self._port.call("references.put", partial(self._real.put, key, media), NO_STORE)

    def link(self, key: str, seconds: int, version_id: str | None = None) -> str:
        return self._real.link(key, seconds, version_id)

    def remove(self, keys: Sequence[str]) -> None:
        self._port.call("references.remove", partial(self._real.remove, keys), NO_STORE)


class FaultyUploads:
    """`UploadStore`; signing a form asks nobody."""

    def __init__(self, port: FaultPort, real: UploadStore) -> None:
        self._port, self._real = port, real

    def form(self, key: str, content_type: str, least: int, most: int, seconds: int) -> PostForm:
        return self._real.form(key, content_type, least, most, seconds)

    def find(self, key: str) -> StoredUpload | None:
        return self._port.call("uploads.find", partial(self._real.find, key), NO_STORE)

    def read(self, key: str, version_id: str, start: int, amount: int) -> bytes:
        return self._port.call(
            "uploads.read", partial(self._real.read, key, version_id, start, amount), NO_STORE
        )


class _Read:
    """A stream that was read to its end; what comes in ranges, in three of them."""

    ranges = None

    def __init__(self, stream: ResultStream) -> None:
        parts = [stream] if stream.ranges is None else list(_thirds(stream.ranges, stream.size or 0))
        self._data = b"".join(piece for part in parts for piece in iter(partial(part.read, 64 * 1024), b""))
        self._position = 0
        self.size, self.format = stream.size, stream.format

    def again(self) -> "_Read":
        self._position = 0
        return self

    def read(self, amount: int) -> bytes:
        part = self._data[self._position : self._position + amount]
        self._position += len(part)
        return part

    def restart(self) -> None:
        self._position = 0

    def close(self) -> None:
        """Nothing is open."""


def _thirds(ranges: ResultRanges, size: int) -> Iterator[Readable]:
    return starmap(ranges.part, pairwise((0, size // 3, 2 * size // 3, size)))


class FaultyResults:
    """`ResultSource`."""

    def __init__(self, port: FaultPort, real: ResultSource) -> None:
        self._port, self._real = port, real

    def open(
        self, link: str, until: Instant, kind: ArtifactType = ArtifactType.VIDEO, *, in_ranges: bool = True
    ) -> "FaultyStream":
        real = partial(self._real.open, link, until, kind, in_ranges=in_ranges)
        return FaultyStream(self._port, self._port.call("results.open", real, NO_RESULT))


class FaultyStream:
    """`ResultStream`; the end of the body is no call of its own."""

    ranges = None

    def __init__(self, port: FaultPort, real: ResultStream) -> None:
        self._port, self._real, self._ended = port, real, False
        self.size, self.format = real.size, real.format

    def read(self, amount: int) -> bytes:
        if self._ended:
            return b""
        part = self._port.call("results.read", partial(self._real.read, amount), NO_RESULT)
        self._ended = len(part) < amount
        return part

    def restart(self) -> None:
        self._real.restart()
        self._ended = False

    def close(self) -> None:
        self._real.close()


class FaultyProvider:
    """`Provider`: the submit and the look-up are on the wire, the rest is not."""

    def __init__(self, port: FaultPort, real: Provider) -> None:
        self._port, self._real = port, real

    def prepare(self, request: VideoRequest, callback_url: str) -> "_FaultySubmission":
        return _FaultySubmission(self._port, self._real.prepare(request, callback_url).send)

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:
        ask = partial(self._real.look_up, model, task_id, seconds)
        return self._port.call("provider.look_up", ask, lambda: NotAnswered("no answer"), task_id)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        return self._real.read_callback(headers, body)


class _FaultySubmission:
    def __init__(self, port: FaultPort, post: Callable[[], SubmitAnswer]) -> None:
        self._port, self._post = port, post

    def send(self) -> SubmitAnswer:
        return self._port.call("provider.send", self._post, lambda: Unclear("no answer"))
