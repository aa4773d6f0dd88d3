"""One result, read from its link: of its kind's format, a whole one, and in time."""

from collections.abc import Iterator
from contextlib import contextmanager

from urllib3.response import BaseHTTPResponse

from reelhook.adapters.origins import Place
from reelhook.adapters.result_answer import Asked, Version, judge, whole_size
from reelhook.adapters.result_exchange import Exchange
from reelhook.adapters.result_fetch import Fetch, FetchRules
from reelhook.adapters.result_ranges import PORTION, HttpResultRanges
from reelhook.domain.errors.results import NotAVideoError, ResultTooLargeError, ResultUnavailableError
from reelhook.domain.formats import SNIFFED, Format, Walk, sniffed
from reelhook.domain.time import Instant
from reelhook.domain.video import ArtifactType


class HttpResultStream:
    """`ResultStream` of one link; its ranges, where the host gives them, begin with the answer that is open."""

    def __init__(
        self, place: Place, rules: FetchRules, until: Instant, kind: ArtifactType, *, in_ranges: bool = True
    ) -> None:
        self._rules, self._kind = rules, kind
        self._count, self._head = 0, b""
        self._fetch = Fetch(place, rules, until)
        with self._closed_on_error():
            self._exchange, answer = self._begin()
            self.size = whole_size(answer)
            self._etag = answer.headers.get("ETag")
            self.format, self._walk = self._sniff()
            self.ranges = self._ranges(answer) if in_ranges else None

    def read(self, amount: int) -> bytes:
        wanted = amount if self.size is None else min(amount, self.size - self._count)
        parts = [self._head[:wanted]] if self._head else []
        self._head = self._head[wanted:]
        got = sum(map(len, parts))
        while got < wanted:
            part = self._portion(min(wanted - got, PORTION))
            if not part:
                break
            parts.append(part)
            got += len(part)
        data = parts[0] if len(parts) == 1 else b"".join(parts)  # a copy costs as much again
        self._account(data, ended=got < wanted)
        return data

    def restart(self) -> None:
        self._fetch.end(self._exchange)
        with self._closed_on_error():
            self._exchange, answer = self._begin()
            if whole_size(answer) != self.size or self._changed(answer.headers.get("ETag")):
                raise ResultUnavailableError("the link gives something else than before")
            found, self._walk = self._sniff()
            if found is not self.format:
                raise ResultUnavailableError("the link gives another format than before")

    def close(self) -> None:
        self._fetch.close()

    def _begin(self) -> tuple[Exchange, BaseHTTPResponse]:
        """Opens the link at its first byte."""
        self._count, self._head = 0, b""
        exchange, answer = self._fetch.begin(Asked())
        judge(answer)
        return exchange, answer

    def _sniff(self) -> tuple[Format, Walk]:
        """Refuses what is too large or not of its kind before anybody copies a byte of it."""
        if self.size is not None and self.size > self._rules.max_bytes:
            raise ResultTooLargeError(f"{self.size} bytes are announced")
        while len(self._head) < SNIFFED and (part := self._portion(SNIFFED - len(self._head))):
            self._head += part
        found = sniffed(self._kind, self._head)
        if found is None:
            raise NotAVideoError(f"the link gave no {self._kind}" if self._head else "the link gave nothing")
        return found, found.walk()

    def _ranges(self, answer: BaseHTTPResponse) -> HttpResultRanges | None:
        """Only of a host that says which version it gives: parts of two would make a file that nobody sent."""
        if answer.status != 206 or self.size is None:
            return None
        version = Version(self.size, self._etag, answer.headers.get("Last-Modified"))
        if not version.is_told:
            return None
        return HttpResultRanges(self._fetch, version, self._exchange, self._head)

    def _portion(self, amount: int) -> bytes:
        return self._fetch.read(self._exchange, amount)

    def _account(self, data: bytes, *, ended: bool) -> None:
        """Counts what was read, and at the end sees whether it was all."""
        self._count += len(data)
        if self._count > self._rules.max_bytes:
            raise ResultTooLargeError(f"more than {self._rules.max_bytes} bytes came")
        if self.size is None:
            self._walk.feed(data)
            if ended and not self._walk.whole:
                raise ResultUnavailableError("the link ended before the file did")
        elif ended or (data and self._count == self.size and self._portion(1)):
            raise ResultUnavailableError("the link gave another number of bytes than announced")

    def _changed(self, etag: str | None) -> bool:
        return etag is not None and self._etag is not None and etag != self._etag

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:  # whatever it is goes on; nobody else could close what was never handed out
            self.close()
            raise
