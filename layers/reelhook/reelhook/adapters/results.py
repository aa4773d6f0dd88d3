"""Where results are fetched: allowed origins only, no redirects, no proxies, no encodings, no credentials."""

import ssl
from collections.abc import Iterable

from reelhook.adapters.origins import Origins
from reelhook.adapters.result_fetch import FetchRules
from reelhook.adapters.result_stream import HttpResultStream
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import Instant
from reelhook.domain.video import ArtifactType


class HttpResults:
    """`ResultSource` over https (and over http on this very machine, if its origin is listed)."""

    def __init__(
        self,
        origins: Iterable[str],
        max_bytes: int,
        clock: Clock,
        *,
        context: ssl.SSLContext,
        connect_seconds: float = 5.0,
        read_seconds: float = 10.0,
    ) -> None:
        self._origins = Origins(origins)
        self._rules = FetchRules(max_bytes, clock, context, connect_seconds, read_seconds)

    def open(
        self, link: str, until: Instant, kind: ArtifactType = ArtifactType.VIDEO, *, in_ranges: bool = True
    ) -> "HttpResultStream":
        return HttpResultStream(self._origins.place(link), self._rules, until, kind, in_ranges=in_ranges)
