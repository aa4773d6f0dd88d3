"""Signatures as Standard Webhooks has them (https://www.standardwebhooks.com), under secrets that are never stored.

A secret is derived from the stack's master key, the endpoint's id and the number of its rotation, so a leaked table
is not a leaked secret.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from json import dumps

from reelhook.domain.time import SECOND, Instant
from reelhook.domain.webhooks.endpoint import Endpoint

PREFIX = "whsec_"
MIN_MASTER_BYTES = 32
_HINTED = 4  # characters of a secret that may be shown


def secret_of(master: bytes, endpoint_id: str, generation: int) -> str:
    """An endpoint's secret, as its receiver is given it: `whsec_` and 32 bytes in base64."""
    return PREFIX + b64encode(_key(master, endpoint_id, generation)).decode()


def hint_of(secret: str) -> str:
    """What of a secret may be shown: its last characters."""
    return f"{PREFIX}...{secret.rstrip('=')[-_HINTED:]}"


def signed_headers(
    master: bytes, endpoint: Endpoint, event_id: str, body: bytes, now: Instant
) -> Mapping[str, str]:
    """The three headers, with one signature for each secret that is active now."""
    timestamp = str(now // SECOND)
    content = b".".join((event_id.encode(), timestamp.encode(), body))
    keys = (_key(master, endpoint.id, generation) for generation in endpoint.generations(now))
    signatures = (f"v1,{b64encode(hmac.digest(key, content, sha256)).decode()}" for key in keys)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def _key(master: bytes, endpoint_id: str, generation: int) -> bytes:
    return hmac.digest(master, dumps([endpoint_id, generation], separators=(",", ":")).encode(), sha256)
