"""One delivery of a callback, as it came in."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_BODY_BYTES = 64 * 1024  # a status answer is about 1 kB; a 6 MB body of `{},` costs seconds to parse


@dataclass(frozen=True, slots=True)
class Callback:
    """One delivery as API Gateway hands it over: nothing decoded, nothing parsed."""

    provider: str
    video_id: str
    token: str = field(repr=False)
    headers: Mapping[str, str]
    body: str = field(repr=False)
    is_base64: bool

    def decoded(self) -> bytes | None:
        """The raw body, none if it is too long or its base64 is broken."""
        if len(self.body) > (MAX_BODY_BYTES * 3 // 2 if self.is_base64 else MAX_BODY_BYTES):
            return None
        try:
            raw = (
                b64decode(self.body, validate=True)
                if self.is_base64
                else self.body.encode("utf-8", "surrogatepass")
            )
        except (binascii.Error, ValueError):
            return None
        return raw if len(raw) <= MAX_BODY_BYTES else None
