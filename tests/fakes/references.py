"""The references of videos, in memory."""

from collections.abc import Sequence
from urllib.parse import quote

from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.references import HeldMedia


class InMemoryReferences:
    """`ReferenceStore`: what stands at a key is never replaced. `links` are those that were asked for, with their lives."""

    def __init__(self) -> None:
        self.contents: dict[str, HeldMedia] = {}
        self.links: list[tuple[str, int]] = []
        self.versions: list[str] = []  # those that links were asked for by name
        self.error: Exception | None = None

    def put(self, key: str, media: HeldMedia) -> None:
        if self.error is not None:
            raise self.error
        if self.contents.setdefault(key, media).sha256 != media.sha256:
            raise ObjectConflictError("other bytes stand at this reference's key")

    def link(self, key: str, seconds: int, version_id: str | None = None) -> str:
        self.links.append((key, seconds))
        link = f"https://media.test/{key}?X-Amz-Expires={seconds}"
        if version_id is None:
            return link
        self.versions.append(version_id)
        return f"{link}&versionId={quote(version_id)}"

    def remove(self, keys: Sequence[str]) -> None:
        if self.error is not None:
            raise self.error
        for key in keys:
            self.contents.pop(key, None)
