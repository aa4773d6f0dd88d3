"""The connections to one result, all to the same checked place, and all of them ended by the attempt's deadline."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from reelhook.adapters.origins import Place
from reelhook.adapters.result_answer import Asked
from reelhook.adapters.result_exchange import Exchange
from reelhook.domain.errors.results import ConnectionBrokenError, OutOfTimeError, ResultUnavailableError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import SECOND, Instant

_AFTER_THE_END = 0.2  # seconds; so that it is the deadline that ends a late connect, and is named


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How results are fetched."""

    max_bytes: int
    clock: Clock
    context: ssl.SSLContext
    connect_seconds: float
    read_seconds: float


class Fetch:
    """Opens connections to a place, by any thread. A timer cuts them at the deadline, however slowly the host drips."""

    def __init__(self, place: Place, rules: FetchRules, until: Instant) -> None:
        self._place, self._rules, self._until = place, rules, until
        self._late = self._stopped = False
        self._lock, self._open = threading.Lock(), set[Exchange]()
        self._timer = threading.Timer(self._seconds_left(), self._end)
        self._timer.daemon = True
        self._timer.start()

    def begin(self, asked: Asked) -> tuple[Exchange, BaseHTTPResponse]:
        """Asks on a new connection; raises `ConnectionBrokenError` if no answer came, and judges none."""
        exchange = Exchange(self._place, self._rules.context)
        with self._lock:
            self._open.add(exchange)
        try:
            with self._network():
                exchange.connect(min(self._rules.connect_seconds, self._seconds_left() + _AFTER_THE_END))
            with self._network():
                return exchange, exchange.ask(asked, self._rules.read_seconds)
        except BaseException:  # whatever it is goes on; nobody else could close what was never handed out
            self.end(exchange)
            raise

    def read(self, exchange: Exchange, amount: int) -> bytes:
        """At most this many bytes, none at the end; raises `ConnectionBrokenError`."""
        with self._network():
            return exchange.read(amount)

    def end(self, exchange: Exchange) -> None:
        """Closes one of its connections."""
        with self._lock:
            self._open.discard(exchange)
        exchange.close()

    def cut(self) -> None:
        """Ends whatever threads are waiting for; from here on nothing is read any more."""
        self._stopped = True
        with self._lock:
            for exchange in self._open:
                exchange.cut()

    def close(self) -> None:
        """Closes everything, once nobody reads any more."""
        self._timer.cancel()
        for exchange in [*self._open]:
            self.end(exchange)

    def _end(self) -> None:
        self._late = True
        self.cut()

    def _seconds_left(self) -> float:
        return max(self._until - self._rules.clock(), 0) / SECOND

    @contextmanager
    def _network(self) -> Iterator[None]:
        """Whatever the network raises; what comes after the deadline counts as not come."""
        self._check_time()
        try:
            yield
        except (HTTPError, HTTPException, OSError) as error:
            self._check_time(error)
            raise ConnectionBrokenError(f"reading the link failed: {type(error).__name__}") from error
        self._check_time()

    def _check_time(self, cause: Exception | None = None) -> None:
        if self._late or not self._seconds_left():
            raise OutOfTimeError("the attempt's time is over") from cause
        if self._stopped:
            raise ResultUnavailableError("the transfer was given up") from cause
