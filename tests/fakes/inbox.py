"""The inbox with its versions, and what was told about drops, in memory."""

import hashlib
from dataclasses import dataclass

from reelhook.domain.outcomes import DropOutcome, outcome_key
from reelhook.domain.ports.drops import Content, Standing


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an object; none (`None`) is a delete marker."""

    version_id: str
    content: Content | None

    @property
    def etag(self) -> str:
        """As S3 makes it of an object that was put in one piece."""
        data = b"" if self.content is None else self.content.data
        return hashlib.md5(data, usedforsecurity=False).hexdigest()


class InMemoryInbox:
    """`Inbox`: `put` and `remove` are what owners do."""

    def __init__(self) -> None:
        self.versions: dict[str, list[Version]] = {}
        self.error: Exception | None = None
        self.read_bytes = 0

    def put(self, key: str, data: bytes, request: str | None = None) -> Version:
        """A new version of an object."""
        return self._add(key, Content(data, request))

    def remove(self, key: str) -> None:
        """A delete marker."""
        self._add(key, None)

    def find(self, key: str) -> Standing | None:
        if self.error is not None:
            raise self.error
        newest = self.versions.get(key, [])[-1:]
        if not newest or newest[0].content is None:
            return None
        return Standing(newest[0].etag, len(newest[0].content.data))

    def read(self, key: str, etag: str, version_id: str | None = None) -> Content | None:
        if self.error is not None:
            raise self.error
        versions = self.versions.get(key, [])
        chosen = [each for each in versions if each.version_id == version_id] if version_id else versions[-1:]
        for version in chosen:
            if version.content is not None and version.etag == etag:
                self.read_bytes += len(version.content.data)
                return version.content
        return None

    def _add(self, key: str, content: Content | None) -> Version:
        versions = self.versions.setdefault(key, [])
        versions.append(Version(f"version-{len(versions) + 1}", content))
        return versions[-1]


class InMemoryOutcomes:
    """`Outcomes`, by their keys."""

    def __init__(self) -> None:
        self.told: dict[str, DropOutcome] = {}
        self.error: Exception | None = None

    def begin(self, outcome: DropOutcome) -> None:
        if self.error is not None:
            raise self.error
        self.told.setdefault(outcome_key(outcome.drop), outcome)

    def end(self, outcome: DropOutcome) -> None:
        if self.error is not None:
            raise self.error
        self.told[outcome_key(outcome.drop)] = outcome
