"""Whether a bucket got a file's very bytes, from the SHA-256 of each piece it got."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from sandbox.provider.media import ResultFile


def exact(file: ResultFile, stored: Mapping[str, Any]) -> bool:
    """Whether an object as the servers tell of it (`Stored`) is this file."""
    place = 0
    for size, sha256 in stored["pieces"]:
        if sha256 != _sha256(file, place, place + size):
            return False
        place += size
    return place == int(stored["size"]) == file.size


@cache
def _sha256(file: ResultFile, start: int, stop: int) -> str:
    digest = hashlib.sha256()
    for piece in file.read(start, stop):
        digest.update(piece)
    return digest.hexdigest()
