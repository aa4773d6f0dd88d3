"""The token: the capability in a callback's path, since no provider signs its callbacks.

`<key id>.<expiry, unix seconds>.<43 characters>`: HMAC-SHA256 over stage, provider, video and expiry. It is derived,
never stored, so a leaked table is not a leaked token; and it is worthless for another stage or another video.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video_ids import is_video_id

# One spelling only: ten digits, or eleven without a zero before them.
_TOKEN = re.compile(r"([a-z0-9]{1,16})\.([0-9]{10}|[1-9][0-9]{10})\.([A-Za-z0-9_-]{43})", re.ASCII)
MIN_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One of the two active keys; its id travels in the token."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`current` signs; `previous`, kept until its last token has expired, still verifies."""

    current: SigningKey
    previous: SigningKey | None = None

    def find(self, key_id: str) -> SigningKey | None:
        """The active key of this id."""
        keys = (self.current, self.previous)
        return next((key for key in keys if key is not None and key.id == key_id), None)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a token is bound to."""

    stage: str
    provider: str
    video_id: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it came in: well-formed, not yet verified."""

    key_id: str
    expires: int
    mac: bytes


def mint(key: SigningKey, bearing: Bearing, expires_at: Instant) -> str:
    """The token for one video's callback, good until `expires_at`."""
    expires = -(-expires_at // SECOND)
    return f"{key.id}.{expires:010d}.{_mac(key, bearing, expires).decode()}"


def read(text: str, video_id: str) -> Token | None:
    """Parses a token; anything that does not look like one, or whose video id does not, is none."""
    match = _TOKEN.fullmatch(text)
    if match is None or not is_video_id(video_id):
        return None
    return Token(match[1], int(match[2]), match[3].encode())


def verify(token: Token, ring: KeyRing, bearing: Bearing, now: Instant) -> bool:
    """Whether the token is ours, for this video, and not expired; in constant time, unknown key or not."""
    key = ring.find(token.key_id)
    genuine = hmac.compare_digest(_mac(key or ring.current, bearing, token.expires), token.mac)
    return genuine and key is not None and now < token.expires * SECOND


def _mac(key: SigningKey, bearing: Bearing, expires: int) -> bytes:
    message = "\n".join(
        ("reelhook-callback/v1", bearing.stage, bearing.provider, bearing.video_id, key.id, str(expires))
    )
    return urlsafe_b64encode(hmac.digest(key.secret, message.encode(), "sha256")).rstrip(b"=")
