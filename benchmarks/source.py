"""The provider's file host over TLS: any path that begins with a size is an MP4 of that size."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from ssl import SSLContext

from benchmarks.limits import UNLIMITED, Limits, pace
from sandbox.provider.media import ResultFile
from sandbox.provider.pieces import requested
from sandbox.provider.wire import DisconnectedError, Exchange, Server

HANG_UP = "/hang-up"  # whoever asks for this ends every connection to the servers
UNANNOUNCED = "?length=none"  # added to a link: the answer tells neither its length nor its range
WHOLE = "&ranges=none"  # added to a link's query: the host does not know ranges


def path_of(file: ResultFile) -> str:
    """Where the host has this file."""
    return f"/{file.size}/{file.label}.mp4"


class Source(Server):
    """The server; `gets` counts the requests by path and query, and `answered` is when the first of each began to be answered."""

    def __init__(self, context: SSLContext, limits: Limits = UNLIMITED) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.gets, self.limits = Counter[str](), limits
        self.end_connections: Callable[[socket.socket], None] = self.hang_up
        self.answered: dict[str, float] = {}  # by the clock that all processes of a machine share
        self.url = f"https://127.0.0.1:{self.server_address[1]}"


class _Request(Exchange):
    server: Source

    def do_GET(self) -> None:  # noqa: N802
        if self.path == HANG_UP:
            self.server.end_connections(self.connection)  # first, so that who has the answer finds them ended
            self.close_connection = True
            self.answer(200, b"", "text/plain")
            return
        size, name = self.parts
        file = ResultFile(name.removesuffix(".mp4"), int(size))
        self.server.gets[self.path] += 1
        time.sleep(self.server.limits.first_byte_seconds)
        self.server.answered.setdefault(self.path, time.monotonic())
        try:
            if "length" in self.query:
                self.answer_head(200, {"Content-Type": "video/mp4", "Transfer-Encoding": "chunked"})
                self._write_chunks(self._paced(file.read()))
            else:
                self._send_range(file)
        except DisconnectedError:
            self.close_connection = True  # the reader has had enough

    def _send_range(self, file: ResultFile) -> None:
        asked = None if "ranges" in self.query else self.headers.get("Range")
        start, stop = requested(asked, file.size) or (0, file.size)
        headers = {"Content-Type": "video/mp4", "Content-Length": str(stop - start), "ETag": file.etag}
        if asked:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
        self.answer_head(206 if asked else 200, headers)
        for piece in self._paced(file.read(start, stop)):
            self.write(piece)

    def _paced(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        began, done = time.monotonic(), 0
        for piece in pieces:
            yield piece
            done += len(piece)
            pace(self.server.limits.bytes_per_second, began, done)

    def _write_chunks(self, pieces: Iterator[bytes]) -> None:
        for piece in pieces:
            self.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.write(b"0\r\n\r\n")
