"""`POST /v1/uploads`: what a client says of a file that it wants to upload, and the form it gets for it."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from reelhook.api.json_object import capped
from reelhook.api.media import Strict
from reelhook.api.wording import problems_of
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.media_types import KINDS, MAX_BYTES
from reelhook.domain.time import SECOND
from reelhook.domain.uploads import Upload, UploadRequest


def _known(content_type: str) -> str:
    if content_type not in KINDS:
        raise PydanticCustomError("content_type", "{fault}", {"fault": f"must be one of {', '.join(KINDS)}"})
    return content_type


class UploadBody(Strict):
    """The type of the file, and, if the client says it, exactly how many bytes there will be."""

    content_type: Annotated[str, AfterValidator(_known), WithJsonSchema({"enum": list(KINDS)})]
    size: Annotated[int, Field(ge=1, le=max(MAX_BYTES.values()))] | None = None


def read_upload_request(given: dict[str, Any]) -> UploadRequest:
    """What is to be uploaded; raises `InvalidRequestError` with every problem."""
    try:
        body = UploadBody.model_validate(given)
    except ValidationError as error:
        raise InvalidRequestError(*capped(list(problems_of(error)))) from None
    kind = KINDS[body.content_type]
    if body.size is not None and body.size > MAX_BYTES[kind]:
        words = f"{kind}s have at most {MAX_BYTES[kind]} bytes, got {body.size}"
        raise InvalidRequestError(Problem("size", f"size: {words}"))
    return UploadRequest(body.content_type, body.size)


def upload_object(upload: Upload) -> dict[str, Any]:
    """An upload as its client sees it: where to post which fields, the file as the last one."""
    return {
        "id": upload.file_id,
        "object": "upload",
        "url": upload.url,
        "fields": dict(upload.fields),
        "expires_at": upload.expires_at // SECOND,
        "max_bytes": upload.max_bytes,
    }
