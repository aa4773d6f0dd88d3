"""S3's event for SubmitDrop, as EventBridge delivers it: "Object Created" (S3 user guide, "EventBridge event message structure")."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from reelhook.domain.drops import Arrival, Drop
from reelhook.domain.errors.drops import UnreadableEventError
from reelhook.domain.time import SECOND

type Text = Annotated[str, Field(min_length=1, max_length=1_024)]


class _Lax(BaseModel):
    """Further members are AWS's to add."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Object(_Lax):
    key: Text  # as it is, not percent-encoded as in S3's other notifications
    etag: Text
    sequencer: Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{1,64}$")]
    version_id: Annotated[Text | None, Field(alias="version-id")] = None


class _Bucket(_Lax):
    name: Text


class _Detail(_Lax):
    bucket: _Bucket
    object: _Object


class _Event(_Lax):
    source: Literal["aws.s3"]
    detail_type: Annotated[Literal["Object Created"], Field(alias="detail-type")]
    time: AwareDatetime
    detail: _Detail


def read_drop_event(event: Mapping[str, Any], inbox_bucket: str) -> Arrival:
    """The drop that an event tells of; raises `UnreadableEventError`, which names no content."""
    try:
        told = _Event.model_validate(event)
    except ValidationError as error:
        places = {".".join(map(str, fault["loc"])) for fault in error.errors(include_url=False)}
        raise UnreadableEventError(f"no event of S3's: {', '.join(sorted(places))}") from None
    found = told.detail.object
    if told.detail.bucket.name != inbox_bucket:
        raise UnreadableEventError("an event of another bucket")
    drop = Drop(inbox_bucket, found.key, found.sequencer.upper(), _milliseconds(told.time), found.version_id)
    return Arrival(drop, found.etag.strip('"'))


def _milliseconds(time: datetime) -> int:
    return round(time.timestamp() * SECOND)
