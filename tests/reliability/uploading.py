"""What a provider finds behind the links to uploads, as S3 gives it, against what the record says was checked."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from reelhook.domain.request import VideoRequest
from tests.fakes import InMemoryUploads

MARK = re.compile(r"upload:[0-9]+:([0-9a-f]{32})")


def unlike_what_was_checked(
    uploads: InMemoryUploads, item: Mapping[str, Any], told: VideoRequest | None
) -> Iterator[str]:
    """Whatever the provider would fetch that is not, by its MD5, what was looked into before."""
    recorded = item.get("request")
    if told is None or not isinstance(recorded, VideoRequest):
        return
    sent = told.media()
    for name, media in recorded.media().items():
        for mark, link in zip(media, sent[name], strict=True):
            checked = MARK.fullmatch(mark)
            if checked is not None and fetched(uploads, link) != checked[1]:
                yield f"its {name} is another file than the one that was checked"


def fetched(uploads: InMemoryUploads, link: str) -> str:
    """The MD5 of what S3 answers to a link: the version it names, else what stands there now."""
    parts = urlsplit(link)
    versions = uploads.contents[parts.path.removeprefix("/")]
    named = parse_qs(parts.query).get("versionId")
    data = versions[int(named[0][1:]) - 1 if named else -1]
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
