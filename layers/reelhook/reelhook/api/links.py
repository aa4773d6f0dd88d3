"""Links that clients give: for a provider to fetch, never fetched here."""

import re
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

MAX_URL = 2_048
_PRINTABLE = re.compile(r"[!-~]+")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# The last label begins with a letter, so no spelling of an address passes (127.1, 0x7f000001, 2130706433, [::1]).
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.?")


def check_link(url: str) -> str:
    """A link that a provider may fetch: https to a public host name, without credentials."""
    fault = _link_fault(url)
    if fault is not None:
        raise PydanticCustomError("link", "{fault}", {"fault": fault})
    return url


def _link_fault(url: str) -> str | None:
    if len(url) > MAX_URL:
        return f"must have at most {MAX_URL} characters, got {len(url)}"
    if not _PRINTABLE.fullmatch(url) or "\\" in url:
        return "must have no spaces, backslashes, control or non-ASCII characters (percent-encode them)"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "must be a valid https URL"
    if parts.scheme != "https":
        return "must be an https URL"
    if "@" in parts.netloc:
        return "must have no user name or password"
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > 253 or port == 0:
        return "must name a public host, no IP address or localhost"
    if host.rstrip(".").endswith(".localhost"):
        return "must name a public host, no IP address or localhost"
    return None
