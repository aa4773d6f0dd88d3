"""What a video is called: derived from an idempotency key, or random."""

import hashlib
import re
from base64 import b32encode
from json import dumps

_VIDEO_ID = re.compile(r"video_[a-z2-7]{26}", re.ASCII)


def is_video_id(text: str) -> bool:
    """Whether this could be a video's id at all; nothing else is ever looked for."""
    return _VIDEO_ID.fullmatch(text) is not None


def folder_of(video_id: str) -> str:
    """What the keys of all its objects begin with."""
    return f"videos/{video_id}/"


def derived_video_id(*parts: str) -> str:
    """The id for an idempotency key: the same parts give the same video, whoever runs this."""
    canonical = dumps(list(parts), separators=(",", ":"), ensure_ascii=False).encode()
    return "video_" + b32encode(hashlib.sha256(canonical).digest()).decode().lower()[:26]


def random_video_id(randomness: bytes) -> str:
    """The id of a video without a key, from at least 17 random bytes (26 characters of base32)."""
    return "video_" + b32encode(randomness).decode().lower()[:26]
