"""The wire to the endpoints of owners, who are strangers: nothing but a public address is ever connected to.

The name is resolved here, its addresses are judged, and the connection is made to the address that was judged: a name
that leads elsewhere a moment later (DNS rebinding) gains nothing. Only IPv4 is spoken. The operator's own list of
origins, empty on AWS, is exempt from the judgement.
"""

import socket
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from ssl import SSLContext
from time import monotonic

import httpx

from reelhook.domain.webhooks.delivery import ATTEMPT_SECONDS, CONNECT_SECONDS, Answer
from reelhook.domain.webhooks.targets import is_listed, is_public, target_fault
from reelhook.wire.exchange import Bounded, exchange
from reelhook.wire.tls import TLS

type Resolve = Callable[[str], Sequence[str]]

_TIMEOUT = httpx.Timeout(ATTEMPT_SECONDS, connect=CONNECT_SECONDS)
_RESOLVERS = 4  # a resolver that hangs cannot be ended, only left behind


class HttpWebhookTarget:
    """`WebhookTarget`. `resolve` gives a name's IPv4 addresses, or raises `OSError`."""

    def __init__(
        self, origins: tuple[str, ...], resolve: Resolve | None = None, context: SSLContext = TLS
    ) -> None:
        self._origins, self._context = origins, context
        self._resolve = resolve or _bounded(_addresses)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if target_fault(url, self._origins) is not None:
            return Answer(problem="refused_url")
        until = monotonic() + ATTEMPT_SECONDS
        try:
            request = httpx.Request("POST", url, headers={**_OURS, **headers}, content=body)
            address = None if is_listed(url, self._origins) else self._judged(request.url.host)
            transport = Bounded(until, address, self._context)
            reply = exchange(request, _TIMEOUT, ATTEMPT_SECONDS, transport)
        except _RefusedError as refusal:
            return Answer(problem=str(refusal))
        except httpx.TimeoutException:
            return Answer(problem="timeout")
        except httpx.ConnectError:
            return Answer(problem="no_connection")
        except (httpx.TransportError, httpx.InvalidURL):
            return Answer(problem="unreadable_answer")
        return Answer(status_code=reply.status)

    def _judged(self, host: str) -> str:
        """The address to connect to; raises `_RefusedError` if one of the host's is not the public internet's."""
        try:
            addresses = self._resolve(host)
        except (OSError, UnicodeError):  # the latter for labels that are too long
            addresses = ()
        if not addresses:
            raise _RefusedError("unknown_host")
        if not all(is_public(address) for address in addresses):
            raise _RefusedError("refused_address")
        return addresses[0]


class _RefusedError(Exception):
    """Nothing is sent there."""


_OURS = {"Content-Type": "application/json", "User-Agent": "reelhook"}


def _addresses(host: str) -> Sequence[str]:
    found = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _bounded(resolve: Resolve) -> Resolve:
    """The same within the time for a connection: the system's resolver takes no time-out."""
    threads = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolver")

    def within(host: str) -> Sequence[str]:
        try:
            return threads.submit(resolve, host).result(CONNECT_SECONDS)
        except LateError:
            return ()

    return within
