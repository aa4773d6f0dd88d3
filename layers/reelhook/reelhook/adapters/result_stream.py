"""One result, read from its link: of its kind's format, a whole one, and in time."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.exceptions import HTTPError

from reelhook.adapters.origins import Place
from reelhook.adapters.result_exchange import Exchange
from reelhook.domain.errors.results import (
    NotAVideoError,
    OutOfTimeError,
    ResultTooLargeError,
    ResultUnavailableError,
)
from reelhook.domain.formats import SNIFFED, Format, Walk, sniffed
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import ArtifactType

PORTION = 256 * 1024  # bytes between two looks at the clock
_AFTER_THE_END = 0.2  # seconds; so that it is the deadline that ends a late connect, and is named


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How results are fetched."""

    max_bytes: int
    clock: Clock
    context: ssl.SSLContext
    connect_seconds: float
    read_seconds: float


class HttpResultStream:
    """`ResultStream` of one link. A timer cuts the connection at the deadline, however slowly the host drips."""

    def __init__(self, place: Place, rules: FetchRules, until: Instant, kind: ArtifactType) -> None:
        self._place, self._rules, self._until, self._kind = place, rules, until, kind
        self._late, self._count, self._head = False, 0, b""
        self._exchange = Exchange(place, rules.context)
        self._timer = threading.Timer(self._seconds_left(), self._cut)
        self._timer.daemon = True
        self._timer.start()
        with self._closed_on_error():
            self._begin()
            self.size = self._exchange.size
            self._etag = self._exchange.etag
            self.format, self._walk = self._sniff()

    def read(self, amount: int) -> bytes:
        wanted = amount if self.size is None else min(amount, self.size - self._count)
        parts = [self._head[:wanted]]
        self._head = self._head[wanted:]
        got = len(parts[0])
        while got < wanted:
            part = self._portion(min(wanted - got, PORTION))
            if not part:
                break
            parts.append(part)
            got += len(part)
        data = b"".join(parts)
        self._account(data, ended=got < wanted)
        return data

    def restart(self) -> None:
        self._exchange.close()
        self._exchange = Exchange(self._place, self._rules.context)
        with self._closed_on_error():
            self._begin()
            if self._exchange.size != self.size or self._changed(self._exchange.etag):
                raise ResultUnavailableError("the link gives something else than before")
            found, self._walk = self._sniff()
            if found is not self.format:
                raise ResultUnavailableError("the link gives another format than before")

    def close(self) -> None:
        self._timer.cancel()
        self._exchange.close()

    def _begin(self) -> None:
        """Opens the link at its first byte."""
        self._count, self._head = 0, b""
        with self._network():
            self._exchange.connect(min(self._rules.connect_seconds, self._seconds_left() + _AFTER_THE_END))
        with self._network():
            self._exchange.ask(self._rules.read_seconds)

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

    def _portion(self, amount: int) -> bytes:
        with self._network():
            return self._exchange.read(amount)

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

    def _seconds_left(self) -> float:
        return max(self._until - self._rules.clock(), 0) / SECOND

    def _cut(self) -> None:
        self._late = True
        self._exchange.cut()

    @contextmanager
    def _network(self) -> Iterator[None]:
        """Whatever the network raises; what comes after the deadline counts as not come."""
        self._check_time()
        try:
            yield
        except (HTTPError, HTTPException, OSError) as error:
            self._check_time(error)
            raise ResultUnavailableError(f"reading the link failed: {type(error).__name__}") from error
        self._check_time()

    def _check_time(self, cause: Exception | None = None) -> None:
        if self._late or not self._seconds_left():
            raise OutOfTimeError("the attempt's time is over") from cause

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:  # whatever it is goes on; nobody else could close what was never handed out
            self.close()
            raise
