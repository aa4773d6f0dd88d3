"""What a host's answer to the GET of a result says of itself; whatever is not the very bytes asked for is refused."""

import re
from dataclasses import dataclass

from urllib3.response import BaseHTTPResponse

from reelhook.domain.errors.results import LinkRefusedError, NotAVideoError, ResultUnavailableError

_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_STRONG = re.compile(r'"[!#-~]*"', re.ASCII)  # RFC 9110 8.8.3; a weak one does not vouch for bytes


@dataclass(frozen=True, slots=True)
class Version:
    """Which file it is that a host gives: how large, and by which names."""

    size: int
    etag: str | None
    last_modified: str | None

    @property
    def is_told(self) -> bool:
        """Whether another file of the same size would be noticed."""
        return self.etag is not None or self.last_modified is not None

    @property
    def strong_etag(self) -> str | None:
        """The tag that `If-Range` takes."""
        return self.etag if self.etag is not None and _STRONG.fullmatch(self.etag) else None

    def gives(self, answer: BaseHTTPResponse) -> bool:
        """Whether an answer is of this version, as far as it can be seen."""
        if self.etag is not None:
            return answer.headers.get("ETag") == self.etag
        return answer.headers.get("Last-Modified") == self.last_modified


@dataclass(frozen=True, slots=True)
class Asked:
    """Which bytes are asked for: from `start` up to, but without, `stop`, of this version; by default all."""

    start: int = 0
    stop: int | None = None
    version: Version | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The request's own headers."""
        last = "" if self.stop is None else str(self.stop - 1)
        condition = self.version.strong_etag if self.version is not None else None
        return {"Range": f"bytes={self.start}-{last}"} | ({"If-Range": condition} if condition else {})


def judge(answer: BaseHTTPResponse) -> None:
    """Raises what an answer means that gives no video."""
    if answer.status in (403, 404, 410):
        raise LinkRefusedError(answer.status)
    if 200 <= answer.status < 400 and answer.status not in (200, 206):
        raise NotAVideoError(f"the link answered {answer.status}")
    if answer.status not in (200, 206):
        raise ResultUnavailableError(f"the link answered {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise NotAVideoError("the link answered in an encoding that was not asked for")


def whole_size(answer: BaseHTTPResponse) -> int | None:
    """The size by Content-Length or, of a 206, by its range, which must be the whole."""
    length = _length(answer)
    if answer.status == 200:
        return length
    start, stop, size = _range(answer) or (0, -1, 0)
    if start or stop != size or length not in (None, size):
        raise ResultUnavailableError("the answered range is not the whole")
    return size


def check_part(answer: BaseHTTPResponse, asked: Asked) -> None:
    """Raises `ResultUnavailableError` unless these are exactly the bytes that were asked for, of the same version."""
    if answer.status != 206:
        raise ResultUnavailableError("the link gives no ranges any more, or another version")
    start, stop, size = _range(answer) or (0, 0, 0)
    version = asked.version
    if version is None or size != version.size or not version.gives(answer):
        raise ResultUnavailableError("the link gives another version than before")
    if (start, stop) != (asked.start, asked.stop) or _length(answer) not in (None, stop - start):
        raise ResultUnavailableError("the link gives another range than asked for")


def _length(answer: BaseHTTPResponse) -> int | None:
    chunked = "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    told = None if chunked else answer.headers.get("Content-Length")
    if told is not None and _LENGTH.fullmatch(told) is None:
        raise ResultUnavailableError("the announced length is no number")
    return None if told is None else int(told)


def _range(answer: BaseHTTPResponse) -> tuple[int, int, int] | None:
    """Start, stop and size by Content-Range."""
    match = _RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    return None if match is None else (int(match[1]), int(match[2]) + 1, int(match[3]))
