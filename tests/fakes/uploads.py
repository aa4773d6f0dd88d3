"""What clients uploaded, in memory."""

import hashlib

from reelhook.domain.ports.uploads import ByteSource, PostForm, StoredUpload

FIRST_BYTES = 1_024  # small, so that tests read further with little


class InMemoryUploads:
    """`UploadStore`: every version of every key, the last one standing. `forms` are those that were given out."""

    def __init__(self) -> None:
        self.contents: dict[str, list[bytes]] = {}
        self.forms: list[tuple[str, str, int, int, int]] = []
        self.reads: list[tuple[str, str, int, int]] = []
        self.error: Exception | None = None

    def post(self, key: str, data: bytes) -> str:
        """What a client does with its form; the new version."""
        self.contents.setdefault(key, []).append(data)
        return f"v{len(self.contents[key])}"

    def form(self, key: str, content_type: str, least: int, most: int, seconds: int) -> PostForm:
        self.forms.append((key, content_type, least, most, seconds))
        return PostForm("https://media.test/", {"Content-Type": content_type, "key": key, "policy": "signed"})

    def find(self, key: str) -> StoredUpload | None:
        if self.error is not None:
            raise self.error
        versions = self.contents.get(key)
        if not versions:
            return None
        data = versions[-1]
        mark = hashlib.md5(data, usedforsecurity=False).hexdigest()
        return StoredUpload(f"v{len(versions)}", mark, len(data), data[:FIRST_BYTES])

    def read(self, key: str, version_id: str, start: int, amount: int) -> bytes:
        if self.error is not None:
            raise self.error
        self.reads.append((key, version_id, start, amount))
        return self.contents[key][int(version_id[1:]) - 1][start : start + amount]


class FixedProbe:
    """`MediaProbe` that finds the same length in everything."""

    def __init__(self, seconds: float | None = 5) -> None:
        self.length = seconds

    def seconds(self, source: ByteSource) -> float | None:
        return self.length if source.size else None
