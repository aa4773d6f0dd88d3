"""APIXO, in callback mode. Its submit takes no idempotency key and costs money: it is sent once or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from reelhook.domain.answers import Hint, NotAnswered, NotSent, Refused, SubmitAnswer, TaskAnswer, Unclear
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors import NotConfiguredError, ReelhookError
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.model_rules import problems
from reelhook.domain.ports import PreparedSubmission
from reelhook.domain.request import VideoRequest
from reelhook.providers import apixo_answers as answers
from reelhook.providers.apixo_request import body
from reelhook.wire.exchange import Reply, exchange

CONNECT_SECONDS = 3.0
SUBMIT = httpx.Timeout(connect=CONNECT_SECONDS, read=20, write=20, pool=CONNECT_SECONDS)
SUBMIT_SECONDS = 23.0
# Not a byte of the request was sent: everything else may have begun a task.
_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
WITHDRAWN = VideoError(
    code="invalid_request",
    message="This stack does not offer what the video asks for any more.",
    category=Category.INVALID_INPUT,
    retryable=False,
    billed=Billed.NO,
)


class Apixo:
    """Speaks generateTask and statusTask; `transport` and `submit_seconds` are for tests."""

    def __init__(
        self,
        base_url: str,
        api_key: Callable[[], str],
        catalog: Catalog,
        safe_statuses: frozenset[int] = frozenset({429}),
        *,
        transport: httpx.BaseTransport | None = None,
        submit_seconds: float = SUBMIT_SECONDS,
    ) -> None:
        self._base_url = _checked_base(base_url)
        self._api_key, self._catalog, self._safe_statuses = api_key, catalog, safe_statuses
        self._transport, self._submit_seconds = transport, submit_seconds

    def prepare(self, request: VideoRequest, callback_url: str) -> PreparedSubmission:
        """Builds the one POST; raises `NotConfiguredError` if the API key is missing."""
        model = self._catalog.find(request.model)
        if model is None or problems(model, request):
            return _Withdrawn()
        key = self._key()
        url = f"{self._base_url}{model.path}"
        return _Submission(
            httpx.Request(
                "POST",
                url,
                headers={**_headers(key), "Content-Type": "application/json"},
                content=body(model, request, callback_url),
            ),
            key,
            self._safe_statuses,
            self._submit_seconds,
            self._transport,
        )

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:
        """One authenticated status look-up, `seconds` at most; the path needs the model the task was sent to."""
        slug = model.partition("/")[2] or model
        url = f"{self._base_url}/statusTask/{quote(slug, safe='')}?taskId={quote(task_id, safe='')}"
        connect = min(CONNECT_SECONDS, seconds)
        try:
            key = self._key()
            request = httpx.Request("GET", url, headers=_headers(key))
            reply = exchange(request, httpx.Timeout(seconds, connect=connect), seconds, self._transport)
        except ReelhookError as error:
            return NotAnswered("no API key", account=isinstance(error, NotConfiguredError))
        except httpx.TransportError as error:
            return NotAnswered(type(error).__name__)
        return answers.task_answer(_without(key, reply), task_id)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        """Reads what a callback claims; what cannot be read claims nothing."""
        return answers.read_callback(headers, body)

    def _key(self) -> str:
        key = self._api_key().strip()
        if not key or not all("!" <= character <= "~" for character in key):
            raise NotConfiguredError("apixo-api-key", "is empty, or is no key")
        return key


@dataclass(frozen=True, slots=True)
class _Submission:
    """A POST ready to go: key loaded, body built."""

    request: httpx.Request
    key: str
    safe_statuses: frozenset[int]
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
        return answers.submit_answer(_without(self.key, reply), self.safe_statuses)


class _Withdrawn:
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


def _checked_base(base_url: str) -> str:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise NotConfiguredError("ApixoBaseUrl", "is no http(s) address")
    return base_url.rstrip("/")
