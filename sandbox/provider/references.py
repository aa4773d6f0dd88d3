"""What a provider finds when it fetches the reference media of a request."""

import base64
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlsplit

DATA_URL = re.compile(r"data:image/[a-z0-9.+-]+;base64,(.+)")
ORDINARY_SECONDS = 5


class References:
    """Reference media by their URLs: how long they last, and which cannot be fetched."""

    def __init__(self, seconds: Mapping[str, float] | None = None, unreachable: Sequence[str] = ()) -> None:
        self._seconds, self._unreachable = seconds or {}, unreachable

    def seconds(self, url: str) -> Decimal:
        """How long a reference video or audio file lasts."""
        return Decimal(str(self._seconds.get(url, self._seconds.get("default", ORDINARY_SECONDS))))

    def reachable(self, url: str) -> bool:
        """Whether the provider can fetch it."""
        if url in self._unreachable:
            return False
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def usable(self, value: str, form: str) -> bool:
        """Whether it can be fetched, or, where that is allowed, is an image in Base64 itself."""
        return self.reachable(value) or (form == "url_or_base64" and _is_base64_image(value))


def _is_base64_image(value: str) -> bool:
    match = DATA_URL.fullmatch(value)
    try:
        return match is not None and bool(base64.b64decode(match[1], validate=True))
    except ValueError:  # no Base64, or no ASCII
        return False
