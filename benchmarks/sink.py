"""S3's wire protocol over TLS, as much of it as a transfer uses."""

import io
import re
import time
from collections.abc import Callable, Iterator, Mapping
from ssl import SSLContext
from urllib.parse import unquote, urlsplit

from benchmarks.bodies import CRC32, RefusedError
from benchmarks.bucket import Bucket, Stored, Told, etag
from benchmarks.limits import UNLIMITED, Limits, SlowReader
from sandbox.provider.wire import Exchange, Server

NAME = "media"
_PART = re.compile(rb"<Part>(.*?)</Part>", re.DOTALL)
_TYPE = "x-amz-checksum-type"


class Sink(Server):
    """The server of one bucket."""

    def __init__(self, context: SSLContext, limits: Limits = UNLIMITED) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.bucket, self.limits = Bucket(), limits
        self.url = f"https://127.0.0.1:{self.server_address[1]}"


class _Request(Exchange):
    server: Sink

    @property
    def key(self) -> str:
        """The object's key; the bucket's name comes before it."""
        return unquote(urlsplit(self.path).path).removeprefix(f"/{NAME}/")

    @property
    def _body(self) -> io.BufferedIOBase:
        """What is sent, no faster than it is taken."""
        rate = self.server.limits.taken_per_second
        return SlowReader(self.rfile, rate) if rate else self.rfile

    def do_HEAD(self) -> None:  # noqa: N802
        self._run("HeadObject", self._head)

    def do_PUT(self) -> None:  # noqa: N802
        part = "partNumber" in self.query
        self._run("UploadPart" if part else "PutObject", self._put_part if part else self._put)

    def do_POST(self) -> None:  # noqa: N802
        complete = "uploadId" in self.query
        name = "CompleteMultipartUpload" if complete else "CreateMultipartUpload"
        self._run(name, self._complete if complete else self._begin)

    def do_DELETE(self) -> None:  # noqa: N802
        self._run("AbortMultipartUpload", self._abort)

    def _run(self, operation: str, do: Callable[[Bucket], None]) -> None:
        bucket = self.server.bucket
        bucket.requests[self.key][operation] += 1
        try:
            do(bucket)
        except RefusedError as error:
            self.close_connection = True  # the rest of its body was not read
            self._answer_xml(f"<Error><Code>{error.code}</Code></Error>", status=error.status)

    def answer_head(self, status: int, headers: Mapping[str, str]) -> None:
        """Every answer takes its time."""
        time.sleep(self.server.limits.answer_seconds)
        super().answer_head(status, headers)

    def _head(self, bucket: Bucket) -> None:
        stored = bucket.objects.get(self.key)
        if stored is None:
            self.answer_head(404, {"Content-Length": "0"})
            return
        headers = {**stored.headers, **_checksum(stored), "Content-Length": str(stored.size)}
        self.answer_head(200, headers)

    def _put(self, bucket: Bucket) -> None:
        stored = bucket.put(self.key, self.headers, self._body)
        self.answer(200, b"", "application/xml", {"ETag": f'"{stored.checksum}"', **_checksum(stored)})

    def _begin(self, bucket: Bucket) -> None:
        upload_id = bucket.begin(self.key, self.headers)
        self._answer_xml(
            f"<InitiateMultipartUploadResult><UploadId>{upload_id}</UploadId></InitiateMultipartUploadResult>"
        )

    def _put_part(self, bucket: Bucket) -> None:
        number = int(self.query["partNumber"])
        part = bucket.put_part(self.query["uploadId"], number, self.headers, self._body)
        self.answer(200, b"", "application/xml", {"ETag": etag(part), CRC32: part.crc32})

    def _complete(self, bucket: Bucket) -> None:
        body = self.read_body().replace(b"&quot;", b'"')
        stored = bucket.complete(self.query["uploadId"], self.headers, list(_told(body)))
        self._answer_xml(
            f"<CompleteMultipartUploadResult><ETag>&quot;{stored.checksum}&quot;</ETag>"
            f"<ChecksumCRC32>{stored.checksum}</ChecksumCRC32><ChecksumType>{stored.checksum_type}</ChecksumType>"
            "</CompleteMultipartUploadResult>"
        )

    def _abort(self, bucket: Bucket) -> None:
        bucket.abort(self.query["uploadId"])
        self.answer_head(204, {})

    def _answer_xml(self, document: str, status: int = 200) -> None:
        self.answer(status, document.encode(), "application/xml")


def _told(body: bytes) -> Iterator[Told]:
    """What a CompleteMultipartUpload says of each part."""
    for part in _PART.findall(body):
        found = {
            name: match[1].decode() if (match := re.search(rb"<%b>(.*?)<" % name.encode(), part)) else None
            for name in ("PartNumber", "ETag", "ChecksumCRC32")
        }
        yield int(found["PartNumber"] or 0), found["ETag"] or "", found["ChecksumCRC32"]


def _checksum(stored: Stored) -> dict[str, str]:
    return {CRC32: stored.checksum, _TYPE: stored.checksum_type}
