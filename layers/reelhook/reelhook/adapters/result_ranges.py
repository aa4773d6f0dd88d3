"""Ranges of one result, each on its own connection, which is opened anew where it breaks."""

from contextlib import suppress

from reelhook.adapters.result_answer import Asked, Version, check_part, judge
from reelhook.adapters.result_exchange import Exchange
from reelhook.adapters.result_fetch import Fetch
from reelhook.domain.errors.results import ConnectionBrokenError, ResultUnavailableError

PORTION = 256 * 1024  # bytes between two looks at the clock
BREAKS = 3  # that one run through a range survives; a host that breaks more often is left for another attempt


class HttpResultRanges:
    """`ResultRanges` of a link whose answer is open: after its `head`, which was read, that is the first part."""

    def __init__(self, fetch: Fetch, version: Version, exchange: Exchange, head: bytes) -> None:
        self._fetch, self._version = fetch, version
        self._first: tuple[Exchange, bytes] | None = (exchange, head)

    def part(self, start: int, stop: int) -> "HttpResultRange":
        asked, first = Asked(start, stop, self._version), None
        if not start:
            first, self._first = self._first, None
        return HttpResultRange(self._fetch, asked, first)

    def cut(self) -> None:
        self._fetch.cut()


class HttpResultRange:
    """`Readable` of one range. Nothing is asked for before the first read; an answer of another version ends it."""

    def __init__(self, fetch: Fetch, asked: Asked, first: tuple[Exchange, bytes] | None = None) -> None:
        self._fetch, self._asked = fetch, asked
        self._stop, self._position, self._breaks = asked.stop or 0, asked.start, 0
        self._exchange: Exchange | None = None
        self._head = b""
        if first is not None:
            self._exchange, self._head = first
        # the open answer goes on to the file's end, wherever this range ends
        self._ends_here = first is None or (asked.version is not None and self._stop == asked.version.size)

    def read(self, amount: int) -> bytes:
        wanted = min(amount, self._stop - self._position)
        parts = list[bytes]()
        while wanted:
            part = self._portion(min(wanted, PORTION))
            self._position += len(part)
            wanted -= len(part)
            parts.append(part)
        if parts and self._position == self._stop:
            self._finish()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def restart(self) -> None:
        self.close()
        self._position, self._breaks = self._asked.start, 0

    def close(self) -> None:
        self._head = b""
        if self._exchange is not None:
            self._fetch.end(self._exchange)
            self._exchange = None

    def _portion(self, amount: int) -> bytes:
        """Some of the next bytes, never none."""
        if self._head:
            part, self._head = self._head[:amount], self._head[amount:]
            return part
        while True:
            try:
                if part := self._fetch.read(self._exchange or self._ask(), amount):
                    return part
                raise ConnectionBrokenError("the link ended before the range did")
            except ConnectionBrokenError:
                self.close()
                self._breaks += 1
                if self._breaks > BREAKS:
                    raise

    def _ask(self) -> Exchange:
        """Asks for what is still to come, whoever broke off before."""
        asked = Asked(self._position, self._stop, self._asked.version)
        self._exchange, answer = self._fetch.begin(asked)
        self._ends_here = True
        judge(answer)
        check_part(answer, asked)
        return self._exchange

    def _finish(self) -> None:
        """Lets the host go, after a look whether it means to send more than it said."""
        more = b""
        if self._exchange is not None and self._ends_here:
            with suppress(ConnectionBrokenError):  # nothing is missing
                more = self._fetch.read(self._exchange, 1)
        self.close()
        if more:
            raise ResultUnavailableError("the link gave more bytes than announced")
