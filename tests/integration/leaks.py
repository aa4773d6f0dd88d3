"""What must never be logged: keys, tokens, callback URLs, links, prompts. By what is known, and by its shape."""

import json
import re
from collections.abc import Iterable, Mapping

from sandbox.logs import LogLine

SHAPES = {
    "an API key": re.compile(r"rh_[A-Za-z0-9_-]{43}"),
    "an Authorization header": re.compile(r"bearer +[A-Za-z0-9_.-]{8}", re.IGNORECASE),
    "a token": re.compile(r"[a-z0-9]{1,16}\.[0-9]{10,11}\.[A-Za-z0-9_-]{43}"),
    "a callback URL": re.compile(r"/callbacks/[a-z]+/video_"),
    "a presigned link": re.compile(r"X-Amz-(Signature|Credential|Security-Token|Expires)", re.IGNORECASE),
    "a result's link": re.compile(r"/files/[^/\s]+/\d+\.mp4"),
}
PLATFORM = ("START RequestId: ", "END RequestId: ", "REPORT RequestId: ")


def leaks(lines: Iterable[LogLine], known: Mapping[str, str]) -> list[str]:
    """Each line that gives something away: which group, what it is, the line. `known` tells what each secret is."""
    found = []
    for line in lines:
        kinds = {kind for kind, shape in SHAPES.items() if shape.search(line.message)}
        kinds |= {kind for secret, kind in known.items() if secret in line.message}
        found += [f"{line.group}: {kind}: {line.message}" for kind in sorted(kinds)]
    return found


def unstructured(lines: Iterable[LogLine]) -> list[str]:
    """Each line that is neither Lambda's own nor one JSON object."""
    return [f"{line.group}: {line.message}" for line in lines if not _is_record(line.message)]


def _is_record(message: str) -> bool:
    if message.startswith(PLATFORM):
        return True
    try:
        return isinstance(json.loads(message), dict)
    except ValueError:
        return False
