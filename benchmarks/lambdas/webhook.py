"""What every compared Lambda does with a callback, the plain way: the signature in its path, and the task's id in its body."""

import hmac
import json
import os
from base64 import urlsafe_b64encode
from typing import Any


def genuine(event: dict[str, Any]) -> str:
    """The video's id; raises `PermissionError` for a token that is not ours (the same HMAC that Reelhook computes)."""
    path = event["pathParameters"]
    key_id, expires, mac = path["token"].split(".")
    parts = ("reelhook-callback/v1", os.environ["STAGE"], path["provider"], path["video_id"], key_id, expires)
    secret = bytes.fromhex(os.environ["BENCHMARK_SIGNING_KEY"])
    expected = urlsafe_b64encode(hmac.digest(secret, "\n".join(parts).encode(), "sha256")).rstrip(b"=")
    if not hmac.compare_digest(expected, mac.encode()):
        raise PermissionError
    return str(path["video_id"])


def task_of(event: dict[str, Any]) -> str:
    """The provider's name for it."""
    return str(json.loads(event["body"])["data"]["taskId"])
