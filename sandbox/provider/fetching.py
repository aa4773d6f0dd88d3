"""Reference media, fetched as a provider does: before it begins to work, with nothing but their links.

Only what lies on this machine is fetched; to any other host the simulators never speak.
"""

import hashlib
import http.client
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError

HERE = "http://127.0.0.1:"
SECONDS = 10
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Fetched:
    """What came of one link: its status (`None`: no answer), and of a file its size and its SHA-256."""

    field: str
    status: int | None
    size: int = 0
    sha256: str = ""


def fetched(fields: Mapping[str, Any]) -> list[Fetched]:
    """Every link of these fields that leads to this machine, in order."""
    return [_fetch(name, link) for name, link in _links(fields)]


def _links(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        for link in value if isinstance(value, list) else [value]:
            if isinstance(link, str) and link.startswith(HERE):
                yield name, link


def _fetch(name: str, link: str) -> Fetched:
    digest, size = hashlib.sha256(), 0
    try:
        with _DIRECT.open(link, timeout=SECONDS) as answer:
            while part := answer.read(64 * 1024):
                digest.update(part)
                size += len(part)
            return Fetched(name, answer.status, size, digest.hexdigest())
    except HTTPError as error:
        return Fetched(name, error.code)
    except (OSError, http.client.HTTPException):
        return Fetched(name, None)
