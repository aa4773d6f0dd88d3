"""Whose object it is, as the metadata of S3 objects can hold it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import quote, unquote

from reelhook.domain.ports.media import ObjectIdentity

_BASE64, _MAX_QUOTED = "base64:", 1024  # a colon never comes out of percent-encoding


def metadata_of(identity: ObjectIdentity) -> dict[str, str]:
    """The metadata that an object of it carries."""
    return {"video-id": identity.video_id, "task-id": _encoded(identity.task_id)}


def identity_in(metadata: Mapping[str, str]) -> ObjectIdentity:
    """Whose object it is that carries this metadata."""
    return ObjectIdentity(metadata.get("video-id", ""), _decoded(metadata.get("task-id", "")))


def _encoded(task_id: str) -> str:
    """Metadata travels in headers, 2 KB of them, and a task's id may be any 256 characters."""
    quoted = quote(task_id, safe="")
    return quoted if len(quoted) <= _MAX_QUOTED else _BASE64 + urlsafe_b64encode(task_id.encode()).decode()


def _decoded(text: str) -> str:
    if not text.startswith(_BASE64):
        return unquote(text)
    try:
        return urlsafe_b64decode(text.removeprefix(_BASE64)).decode()
    except ValueError:
        return ""  # none of ours
