"""Media that a client gives as bytes, in a file or in a data URL: read strictly, judged by what they are."""

import re
from base64 import b64decode

from pydantic_core import PydanticCustomError

from reelhook.api.errors import RequestTooLargeError
from reelhook.domain.media_types import EXPECTED, MAX_BYTES, media_type
from reelhook.domain.references import HeldMedia

_DATA_HEAD = re.compile(r"data:[!-~]*;base64", re.IGNORECASE)


def held(data: bytes) -> HeldMedia:
    """Bytes that a client gave, with what they are."""
    return HeldMedia(data, media_type(data))


def decoded(url: str) -> HeldMedia:
    """The bytes in a data URL."""
    head, comma, payload = url.partition(",")
    if not comma or not _DATA_HEAD.fullmatch(head):
        raise PydanticCustomError("data_url", "a data: URL must be data:<type>;base64,<bytes>")
    try:
        return held(b64decode(payload, validate=True))
    except ValueError:
        raise PydanticCustomError("data_url", "what follows base64, in the data: URL is not base64") from None


def checked(kind: str, media: HeldMedia) -> HeldMedia:
    """The same bytes, if they are of this kind: image, video or audio. Raises `RequestTooLargeError`."""
    if len(media.data) > MAX_BYTES[kind]:
        raise RequestTooLargeError(MAX_BYTES[kind], f"The {kind}")
    if not media.data:
        raise PydanticCustomError("media", "the file is empty")
    found = media.content_type or "of no known type"
    if found.partition("/")[0] != kind:
        raise PydanticCustomError(
            "media", "{fault}", {"fault": f"{EXPECTED[kind]} expected, the bytes are {found}"}
        )
    return media
