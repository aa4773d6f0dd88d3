"""Uploads: media that a client puts into the bucket by itself, and names in as many requests as it likes."""

import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from reelhook.domain.media_types import KINDS, MAX_BYTES
from reelhook.domain.time import Instant

FORM_SECONDS = 15 * 60  # how long a form may be posted; S3 takes it as often as it comes until then
_FILE_ID = re.compile(r"file_[a-z2-7]{26}", re.ASCII)
_IN_A_REQUEST = re.compile(r"upload:([0-9]{1,2}):[!-~]{1,128}", re.ASCII)


@dataclass(frozen=True, slots=True)
class UploadRequest:
    """What is to be uploaded: its MIME type, which is one of `KINDS`, and its exact bytes if the client said so."""

    content_type: str
    size: int | None = None

    @property
    def most(self) -> int:
        """The bytes that S3 takes at most."""
        return MAX_BYTES[KINDS[self.content_type]] if self.size is None else self.size

    @property
    def least(self) -> int:
        """The bytes that S3 takes at least."""
        return 1 if self.size is None else self.size


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that its client may post to the bucket until `expires_at`; `fields` come before the file."""

    file_id: str
    url: str
    fields: Mapping[str, str]
    expires_at: Instant
    max_bytes: int


@dataclass(frozen=True, slots=True)
class NamedUpload:
    """An upload as a request names it."""

    file_id: str


@dataclass(frozen=True, slots=True)
class UploadVersion:
    """The very version of an upload that was checked, which alone is sent: a form may be posted twice."""

    file_id: str
    version_id: str


def is_file_id(text: str) -> bool:
    """Whether this could be an upload's id at all; nothing else becomes part of a key."""
    return _FILE_ID.fullmatch(text) is not None


def random_file_id(randomness: bytes) -> str:
    """A new id, from at least 17 random bytes (26 characters of base32)."""
    return "file_" + b32encode(randomness).decode().lower()[:26]


def upload_key(owner: str, file_id: str) -> str:
    """Where an upload lies: below its owner's own folder, whoever names it."""
    folder = quote(owner, safe="")
    if not folder.strip(".") or not is_file_id(file_id):
        raise ValueError("this cannot be part of a key")
    return f"references/{folder}/uploads/{file_id}"


def upload(number: int, content: str) -> str:
    """What stands in a request in a link's place. It tells the content, so a request's hash covers it, not the key."""
    return f"upload:{number}:{content}"


def upload_number(media: str) -> int | None:
    """Which of the video's uploads this stands for; none if it is something else."""
    found = _IN_A_REQUEST.fullmatch(media)
    return None if found is None else int(found[1])
