"""What calls of every provider have in common: the key, one POST that is never repeated, one bounded look-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from reelhook.domain.answers import NotAnswered, NotSent, Refused, SubmitAnswer, Unclear
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.running import NotConfiguredError, ProviderKeyError
from reelhook.providers.errors import WITHDRAWN
from reelhook.wire.exchange import Reply, exchange

CONNECT_SECONDS = 3.0
SUBMIT = httpx.Timeout(connect=CONNECT_SECONDS, read=20, write=20, pool=CONNECT_SECONDS)
SUBMIT_SECONDS = 23.0
# Not a byte of the request was sent: everything else may have begun a task.
_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Account:
    """Where a provider is spoken to, and with which key; `setting` and `parameter` are what the operator calls them."""

    base_url: str
    api_key: Callable[[], str]
    setting: str
    parameter: str

    def checked_base(self) -> str:
        """The address without a slash at its end; raises `NotConfiguredError`."""
        try:
            url = httpx.URL(self.base_url)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
            raise NotConfiguredError(self.setting, "is no http(s) address")
        return self.base_url.rstrip("/")

    def key(self) -> str:
        """The key; raises `ProviderKeyError` if it is missing or can be none."""
        try:
            key = self.api_key().strip()
        except NotConfiguredError as error:
            raise ProviderKeyError(error.name, error.hint) from error
        if not key or not all("!" <= character <= "~" for character in key):
            raise ProviderKeyError(self.parameter, "is empty, or is no key")
        return key


@dataclass(frozen=True, slots=True)
class Calls:
    """Speaks for one account; `transport` and `submit_seconds` are for tests."""

    account: Account
    transport: httpx.BaseTransport | None = None
    submit_seconds: float = SUBMIT_SECONDS
    base_url: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", self.account.checked_base())

    def submission(
        self, path: str, headers: Mapping[str, str], content: bytes, meaning: Callable[[Reply], SubmitAnswer]
    ) -> "Submission":
        """A POST ready to go; raises `ProviderKeyError`."""
        key = self.account.key()
        told = {**_headers(key), **headers, "Content-Type": "application/json"}
        request = httpx.Request("POST", self.base_url + path, headers=told, content=content)
        return Submission(request, key, meaning, self.submit_seconds, self.transport)

    def look_up(self, path: str, seconds: float) -> Reply | NotAnswered:
        """One authenticated GET, `seconds` at most; never raises for what the network does."""
        timeout = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
        try:
            key = self.account.key()
            request = httpx.Request("GET", self.base_url + path, headers=_headers(key))
            return _without(key, exchange(request, timeout, seconds, self.transport))
        except ReelhookError as error:
            return NotAnswered("no API key", account=isinstance(error, ProviderKeyError))
        except httpx.TransportError as error:
            return NotAnswered(type(error).__name__)


@dataclass(frozen=True, slots=True)
class Submission:
    """A POST ready to go: key loaded, body built."""

    request: httpx.Request
    key: str
    meaning: Callable[[Reply], SubmitAnswer]
    seconds: float
    transport: httpx.BaseTransport | None

    def send(self) -> SubmitAnswer:
        """One POST on a fresh connection, never repeated; never raises for what the network does."""
        try:
            reply = exchange(self.request, SUBMIT, self.seconds, self.transport)
        except _NOTHING_SENT as error:
            return NotSent(type(error).__name__)
        except httpx.TransportError as error:
            return Unclear(type(error).__name__)
        return self.meaning(_without(self.key, reply))


class Withdrawn:
    """A queued request that the catalog has stopped offering meanwhile: refused here, nothing is sent."""

    def send(self) -> SubmitAnswer:
        """The refusal."""
        return Refused(WITHDRAWN, detail="not offered by the catalog")


def _headers(key: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {key}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "reelhook",
    }


def _without(key: str, reply: Reply) -> Reply:
    """The reply without our key, should the provider repeat it: nothing read from it can reach a log."""
    if reply.body is None or len(key) < 8:
        return reply
    return Reply(reply.status, reply.headers, reply.body.replace(key.encode(), b"[key]"))
