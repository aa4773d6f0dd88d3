"""A bucket on a real TLS socket: as much of S3 as a transfer needs, and failures on command."""

import re
import ssl
import threading
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import boto3
import trustme
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SESSION = boto3.Session("test", "test", region_name="eu-west-1")


@dataclass
class Bucket:
    """What is stored, what was asked for in order, and what fails next: `failures["put_object"] = [(500, "x")]`."""

    objects: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[int, bytes] = field(default_factory=dict)
    open_uploads: int = 0
    asked: list[str] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    failures: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    busy_every: int = 0  # each PUT of this number is answered with 503
    puts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    upload_headers: dict[str, str] = field(default_factory=dict)
    complete_headers: dict[str, str] = field(default_factory=dict)
    told_checksums: list[bytes] = field(default_factory=list)  # of the parts, when they were put together


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket
    _trailer: dict[str, str]

    def setup(self) -> None:
        self.request.do_handshake()
        super().setup()

    def handle_one(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query, keep_blank_values=True)
        operation = _operation(self.command, set(query))
        self.bucket.asked.append(operation)
        body = self._body()
        failure = self._failure(operation)
        if failure is not None:
            status, code = failure
            self._answer(status, f"<Error><Code>{code}</Code></Error>".encode())
        else:
            getattr(self, operation)(url.path.split("/", 2)[2], query, body)

    def _failure(self, operation: str) -> tuple[int, str] | None:
        bucket = self.bucket
        with bucket.lock:
            bucket.puts += self.command == "PUT"
            if self.command == "PUT" and bucket.busy_every and not bucket.puts % bucket.busy_every:
                return 503, "SlowDown"
            failures = bucket.failures.get(operation, [])
            return failures.pop(0) if failures else None

    do_PUT = do_POST = do_DELETE = do_HEAD = do_GET = handle_one  # noqa: N815 - the names http.server looks for

    def put_object(self, key: str, _: Any, body: bytes) -> None:
        if key in self.bucket.objects:
            return self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
        self._keep(key, body, dict(self.headers))
        return self._answer(
            200, b"", {"x-amz-checksum-crc32": crc32(body), "x-amz-checksum-type": "FULL_OBJECT"}
        )

    def create_multipart_upload(self, *_: Any) -> None:
        self.bucket.open_uploads += 1
        self.bucket.upload_headers = dict(self.headers)
        self._answer(200, b"<R><UploadId>upload-1</UploadId></R>")

    def upload_part(self, _: str, query: dict[str, list[str]], body: bytes) -> None:
        told = self.headers["x-amz-checksum-crc32"] or self._trailer["x-amz-checksum-crc32"]
        assert told == crc32(body)
        self.bucket.parts[int(query["partNumber"][0])] = body
        self._answer(200, b"", {"ETag": '"part"', "x-amz-checksum-crc32": told})

    def complete_multipart_upload(self, key: str, _: Any, body: bytes) -> None:
        if key in self.bucket.objects:
            return self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
        self.bucket.complete_headers = {name.lower(): value for name, value in self.headers.items()}
        numbers = [int(number) for number in re.findall(rb"PartNumber>(\d+)<", body)]
        assert numbers == [*range(1, len(numbers) + 1)]
        whole = b"".join(self.bucket.parts[number] for number in numbers)
        self.bucket.told_checksums = re.findall(rb"ChecksumCRC32>([^<]+)<", body)
        self._keep(key, whole, self.bucket.upload_headers)
        self.bucket.open_uploads -= 1
        told = f"<R><ChecksumCRC32>{crc32(whole)}-2</ChecksumCRC32><ChecksumType>COMPOSITE</ChecksumType></R>"
        return self._answer(200, told.encode())

    def abort_multipart_upload(self, *_: Any) -> None:
        self.bucket.open_uploads -= 1
        self._answer(204)

    def head_object(self, key: str, *_: Any) -> None:
        held = self.bucket.objects.get(key)
        if held is None:
            return self._answer(404)
        about = {
            name: value for name, value in self.bucket.headers[key].items() if name.startswith("x-amz-meta-")
        }
        about |= {"x-amz-checksum-crc32": crc32(held), "x-amz-checksum-type": "FULL_OBJECT"}
        return self._answer(200, held, {"Content-Type": "video/mp4", "ETag": '"etag"', **about})

    def get_object(self, key: str, *_: Any) -> None:
        first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
        self._answer(206, self.bucket.objects[key][first : last + 1])

    def _keep(self, key: str, body: bytes, headers: dict[str, str]) -> None:
        self.bucket.objects[key] = body
        self.bucket.headers[key] = {name.lower(): value for name, value in headers.items()}

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b"".join(iter(self._http_chunk, b""))
        return b"".join(self._signed_chunks(body))

    def _http_chunk(self) -> bytes:
        size = int(self.rfile.readline(), 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def _signed_chunks(self, body: bytes) -> Iterator[bytes]:
        position = 0
        while size := int(body[position : (end := body.index(b"\r\n", position))], 16):
            self.bucket.chunks.append(size)
            yield body[end + 2 : end + 2 + size]
            position = end + 4 + size
        lines = body[end + 2 :].decode().split("\r\n")
        self._trailer = dict(line.split(":", 1) for line in lines if line)

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _operation(method: str, query: set[str]) -> str:
    match method, sorted(query & {"uploads", "uploadId"}):
        case "POST", ["uploads"]:
            return "create_multipart_upload"
        case "POST", _:
            return "complete_multipart_upload"
        case "PUT", ["uploadId"]:
            return "upload_part"
        case "PUT", _:
            return "put_object"
        case "DELETE", _:
            return "abort_multipart_upload"
        case "GET", _:
            return "get_object"
    return "head_object"


def crc32(data: bytes) -> str:
    """As S3 writes it."""
    return b64encode(zlib.crc32(data).to_bytes(4)).decode()


@contextmanager
def serving(directory: Path, *, attempts: int = 1) -> Iterator[tuple["S3Client", Bucket]]:
    """A client of a new bucket; `attempts` are what botocore makes of one call."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(directory / "ca.pem")
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": bucket}))
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    config = Config(
        signature_version="s3v4",
        retries={"mode": "standard", "total_max_attempts": attempts},
        s3={"addressing_style": "path", "payload_signing_enabled": False},
    )
    endpoint = f"https://127.0.0.1:{server.server_address[1]}"
    client = SESSION.client("s3", endpoint_url=endpoint, verify=str(directory / "ca.pem"), config=config)
    try:
        yield client, bucket
    finally:
        server.shutdown()
        server.server_close()
