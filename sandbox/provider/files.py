"""Serving result files: whole or in ranges, and every way a file host can let a reader down."""

import re
import secrets
import threading
import time
from collections.abc import Iterator

from sandbox.provider.behaviour import Behaviour, View
from sandbox.provider.journal import Journal
from sandbox.provider.media import ResultFile, Still
from sandbox.provider.pieces import gzipped, pieces, requested
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.wire import Exchange

PAGE = b"<!doctype html><title>Gone fishing</title><p>This is not a video.</p>"
TICK = 0.05


class Files:
    """The provider's file host."""

    def __init__(
        self, behaviour: Behaviour, ledger: Ledger, journal: Journal, stopping: threading.Event
    ) -> None:
        self._behaviour, self._ledger, self._journal = behaviour, ledger, journal
        self._stopping = stopping

    def file(self, task: Task, number: int) -> ResultFile | None:
        """A finished task's video, if it has so many."""
        view = self._view(task)
        if task.state != "success" or number >= view["result.count"]:
            return None
        return ResultFile(f"{task.task_id}/{number}", view["result.bytes"])

    def last_frame(self, task: Task) -> Still | None:
        """A finished task's last frame, if it was asked for."""
        asked = task.state == "success" and task.body.get("return_last_frame")
        return Still(f"{task.task_id}/last_frame") if asked else None

    def handle(self, exchange: Exchange, path: list[str]) -> None:
        """Answer GET or HEAD of `<task>/<number>.mp4` or `<task>/last_frame.png`."""
        exchange.read_body()
        task_id, name = path if len(path) == 2 else ("", "")
        task = self._ledger.find(task_id)
        entry = exchange.begin(task.provider if task else "", "file", task_id)
        exchange.entry = self._journal.open_request(entry)
        file = self._named(task, name) if task else None
        if exchange.command not in ("GET", "HEAD"):
            exchange.answer(405, b"", "text/plain", {"Allow": "GET, HEAD"})
        elif task is None or file is None:
            exchange.answer(404, b"no such file", "text/plain")
        else:
            self._serve(exchange, task, file, self._view(task))

    def _named(self, task: Task, name: str) -> ResultFile | None:
        lives, ended = self._view(task)["result.lives_seconds"], task.finished_at or 0
        if lives is not None and time.time() > ended + lives:
            return None
        number = re.fullmatch(r"(\d{1,4})\.mp4", name)
        if number:
            return self.file(task, int(number[1]))
        return self.last_frame(task) if name == "last_frame.png" else None

    def _view(self, task: Task) -> View:
        return self._behaviour.view(task.provider, task.overlay)

    def _due(self, task: Task, view: View, key: str) -> bool:
        return self._behaviour.applies(task.scope, key, view[key])

    def _serve(self, exchange: Exchange, task: Task, file: ResultFile, view: View) -> None:
        if view["result.refuse"] is not None and self._due(task, view, "result.refuse_times"):
            exchange.answer(view["result.refuse"], b"<Error/>", "application/xml")
        elif "moved" not in exchange.query and self._due(task, view, "result.redirect"):
            exchange.answer(302, b"", "text/plain", {"Location": f"{exchange.path}?moved=1"})
        elif self._due(task, view, "result.html"):
            exchange.answer(200, PAGE, "text/html")
        else:
            self._send(exchange, task, file, view)

    def _send(self, exchange: Exchange, task: Task, file: ResultFile, view: View) -> None:
        still = isinstance(file, Still)
        headers = {"Content-Type": "image/png" if still else view["result.content_type"]}
        etag = file.etag if view["result.etag"] == "stable" else f'"{secrets.token_hex(8)}"'
        if view["result.etag"] != "none":
            headers["ETag"] = etag
        status, start, stop = 200, 0, file.size
        if view["result.range"] and not view["result.gzip"]:
            headers["Accept-Ranges"] = "bytes"
            current = exchange.headers.get("If-Range", etag) == etag
            wanted = requested(exchange.headers.get("Range"), file.size) if current else None
            if wanted and wanted[0] >= wanted[1]:
                exchange.answer(416, b"", "text/plain", {"Content-Range": f"bytes */{file.size}"})
                return
            if wanted:
                status, (start, stop) = 206, wanted
                headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
        body = file.read(start, stop)
        if view["result.gzip"]:
            headers["Content-Encoding"] = "gzip"
            body = gzipped(body)
        chunked = view["result.gzip"] or not view["result.length"]
        headers |= {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": str(stop - start)}
        exchange.answer_head(status, headers)
        if exchange.command == "GET":
            self._body(exchange, task, body, view, chunked)

    def _body(self, exchange: Exchange, task: Task, body: Iterator[bytes], view: View, chunked: bool) -> None:
        cut = self._mark(task, view, "cut")
        pause = self._mark(task, view, "pause")
        marks = {mark for mark in (cut, pause) if mark is not None}
        rate = view["result.bytes_per_second"]
        sent = 0
        for piece in pieces(body, max(1, int(rate * TICK)) if rate else None, marks):
            if sent == pause and self._stopping.wait(view["result.pause_seconds"]):
                exchange.cut()
            if sent == cut:
                exchange.cut()
            if rate and self._stopping.wait(len(piece) / rate):
                exchange.cut()
            if chunked:
                exchange.write(f"{len(piece):x}\r\n".encode(), framing=True)
            exchange.write(piece)
            if chunked:
                exchange.write(b"\r\n", framing=True)
            sent += len(piece)
        if chunked:
            exchange.write(b"0\r\n\r\n", framing=True)

    def _mark(self, task: Task, view: View, name: str) -> int | None:
        """After how many bytes to cut or pause this time."""
        after: int | None = view[f"result.{name}_after"]
        return after if after is not None and self._due(task, view, f"result.{name}_times") else None
