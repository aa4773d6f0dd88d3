"""Connections in virtual time: each breaks, hangs or answers as the plan of its exchange says."""

from collections import Counter, deque
from collections.abc import Callable

import httpcore

from reelhook.domain.time import SECOND, Instant
from tests.reliability.wire.faults import GOOD, Exchange, Lost, Piece, Reply

type Serve = Callable[[bytes, bool], Reply]


class Lines:
    """Carries each exchange to `serve` as its plan says; a plan is a list per kind, then everything is good."""

    def __init__(
        self,
        clock: Callable[[], Instant],
        wait: Callable[[int], None],
        alive: Callable[[], object],
        serve: Serve,
    ) -> None:
        self.clock, self.wait, self.alive, self.serve = clock, wait, alive, serve
        self.plan: dict[str, list[Exchange]] = {}
        self.seen: Counter[str] = Counter()
        self.asking = ""  # what the provider is asked for now

    def next_of(self, kind: str) -> Exchange:
        """The plan of the exchange that begins."""
        self.seen[kind] += 1
        planned = self.plan.get(kind, [])
        return planned.pop(0) if planned else GOOD


HTTPCORE: dict[tuple[str, Lost], type[Exception]] = {
    ("connect", Lost.REFUSED): httpcore.ConnectError,
    ("connect", Lost.TIMEOUT): httpcore.ConnectTimeout,
    ("write", Lost.RESET): httpcore.WriteError,
    ("write", Lost.TIMEOUT): httpcore.WriteTimeout,
    ("read", Lost.RESET): httpcore.ReadError,
    ("read", Lost.TIMEOUT): httpcore.ReadTimeout,
}
SOCKET: dict[tuple[str, Lost], type[Exception]] = {
    ("connect", Lost.REFUSED): ConnectionRefusedError,
    ("connect", Lost.TIMEOUT): TimeoutError,
    ("write", Lost.RESET): BrokenPipeError,
    ("write", Lost.TIMEOUT): TimeoutError,
    ("read", Lost.RESET): ConnectionResetError,
    ("read", Lost.TIMEOUT): TimeoutError,
}


class Line:
    """One connection, as its plan says, with the errors of whoever uses it."""

    def __init__(
        self,
        lines: Lines,
        kind: str,
        timeout: float | None,
        errors: dict[tuple[str, Lost], type[Exception]],
    ) -> None:
        self._lines, self._errors = lines, errors
        self.timeout = timeout
        self._plan = lines.next_of(kind)
        self._asked, self._pieces = b"", deque[Piece]()
        self._whole = False
        if self._plan.connect is not None:
            self._breaks("connect", self._plan.connect)

    def write(self, data: bytes) -> None:
        """A part of the request; once it is whole, the other side acts."""
        self._lines.alive()
        self._asked += data
        head, end, body = self._asked.partition(b"\r\n\r\n")
        length = next(
            (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b":0"
        )
        if self._whole or not end or len(body) < int(length.partition(b":")[2]):
            return
        self._whole, clean = True, self._plan is GOOD
        reply = self._lines.serve(self._asked, clean) if self._plan.arrives else Reply("500 Never Seen", b"")
        self._pieces = deque(self._plan.answer(reply))
        if self._plan.write is not None:
            self._breaks("write", self._plan.write)

    def read(self, amount: int) -> bytes:
        """What comes next; nothing at the end."""
        while self._pieces:
            piece = self._pieces.popleft()
            match piece:
                case Lost():
                    self._breaks("read", piece)
                case int() if self.timeout is not None and piece > self.timeout * SECOND:
                    self._breaks("read", Lost.TIMEOUT)
                case int():
                    self._lines.wait(piece)
                case bytes():
                    self._pieces.extendleft([rest] if (rest := piece[amount:]) else [])
                    return piece[:amount]
        return b""

    def _breaks(self, doing: str, how: Lost) -> None:
        if how is Lost.TIMEOUT:
            self._lines.wait(-(-int((self.timeout or 0) * SECOND * 1_000) // 1_000))
        raise self._errors[doing, how]("as planned")
