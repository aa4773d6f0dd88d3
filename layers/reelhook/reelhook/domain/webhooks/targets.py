"""Where a webhook may go: https on its own port, to an address of the public internet."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

MAX_URL = 2_048
HTTPS_PORT = 443
_PRINTABLE = re.compile(r"[!-~]+", re.ASCII)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# The last label begins with a letter, so no spelling of an address passes (127.1, 0x7f000001, 2130706433, [::1]).
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?", re.ASCII)
_NOT_PUBLIC = ("localhost", "local", "internal", "home.arpa")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked; `listed` ones (the operator's own list) are asked wherever they lie."""

    url: str
    host: str
    port: int
    listed: bool = False


def is_public(address: str) -> bool:
    """Whether this is an IPv4 address of the public internet. IPv6 is not spoken, so 64:ff9b:: leads nowhere."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return isinstance(known, IPv4Address) and known.is_global and not known.is_multicast


def target_fault(url: str, origins: tuple[str, ...]) -> str | None:
    """What is wrong with an endpoint's URL, in words for its owner; `None` if nothing is."""
    if len(url) > MAX_URL:
        return f"must have at most {MAX_URL} characters, got {len(url)}"
    if not _PRINTABLE.fullmatch(url) or "\\" in url:
        return "must have no spaces, backslashes, control or non-ASCII characters (percent-encode them)"
    if "#" in url:
        return "must have no fragment"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "must be a valid https URL"
    if "@" in parts.netloc:
        return "must have no user name or password"
    if is_listed(url, origins):
        return None
    if parts.scheme != "https":
        return "must be an https URL"
    if parts.netloc.endswith(":") or port not in (None, HTTPS_PORT):
        return "must be on port 443"
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > 253:
        return "must name a public host, no IP address"
    if any(host.endswith(f".{name}") for name in _NOT_PUBLIC):
        return "must name a public host"
    return None


def is_listed(url: str, origins: tuple[str, ...]) -> bool:
    """Whether a URL's origin is, letter by letter, one of the operator's list."""
    origin = re.match(r"[a-z]+://[^/?#\\@]*", url, re.ASCII)
    return origin is not None and origin[0] in origins
