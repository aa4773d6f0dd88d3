"""Which hosts results are fetched from: an exact list, matched as text, so that no parser can be talked out of it.

The connection's scheme, host and port are the list's own; a link contributes its path and query and nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from reelhook.domain.errors.results import UnknownOriginError
from reelhook.domain.errors.running import NotConfiguredError

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"(https?)://({_LABEL}(?:\.{_LABEL})*)(?::([1-9][0-9]{{0,4}}))?", re.ASCII)
_LINK = re.compile(r"([a-z]+://[^/?#\\]*)(/[^#\\]*)(?:#[^\\]*)?", re.ASCII)
_LOOPBACK = re.compile(r"localhost|127(\.[0-9]{1,3}){3}", re.ASCII)
_IN_TARGET = "/?:@!$&'()*+,;=%~[]\"<>^`{|}"  # sent as it came: a signed link must not be rewritten


@dataclass(frozen=True, slots=True)
class Origin:
    """A scheme, host and port of the operator's list."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where one result lies: an allowed origin, and what to ask it for."""

    origin: Origin
    target: str


class Origins:
    """The operator's list; plain http only on this very machine."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._known = {text: _origin(text) for text in (entry.strip() for entry in listed) if text}

    def place(self, link: str) -> Place:
        """Where a link points to; raises `UnknownOriginError` for everything that is not plainly on the list."""
        match = _LINK.fullmatch(link) if link.isprintable() else None
        origin = self._known.get(match[1]) if match else None
        if match is None or origin is None:
            raise UnknownOriginError(_named(link))
        return Place(origin, quote(match[2], safe=_IN_TARGET))


def _origin(text: str) -> Origin:
    match = _ORIGIN.fullmatch(text)
    if match is None:
        raise NotConfiguredError(
            "ResultOrigins", f"takes scheme://host[:port] in lower case, not {text!r:.100}"
        )
    scheme, host, port = match.groups()
    if scheme == "http" and _LOOPBACK.fullmatch(host) is None:
        raise NotConfiguredError(
            "ResultOrigins", f"takes https only, but for this machine itself: {text!r:.100}"
        )
    return Origin(scheme, host, int(port) if port else {"http": 80, "https": 443}[scheme])


def _named(link: str) -> str:
    """The origin for the operator's eyes: without path, query or user, in plain ASCII."""
    try:
        url = parse_url(link)
    except (LocationParseError, ValueError):
        return "an unreadable link"
    port = f":{url.port}" if url.port else ""
    return ascii(f"{url.scheme or 'no-scheme'}://{url.host or ''}{port}")[1:-1][:200]
