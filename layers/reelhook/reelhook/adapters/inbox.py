"""The inbox in S3: drops are read, and outcomes told beside them."""

import json
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.drops import METADATA
from reelhook.domain.errors.running import StoreError
from reelhook.domain.outcomes import DropOutcome, outcome_key
from reelhook.domain.ports.drops import Content, Standing
from reelhook.domain.time import SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client

_MISSING = (
    "404",
    "NoSuchKey",
    "NoSuchVersion",
    "405",
    "MethodNotAllowed",
)  # 405: a delete marker, by its version
_OTHER = ("412", "PreconditionFailed")


class S3Inbox:
    """`Inbox` in one bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client, self._bucket = client, bucket

    def find(self, key: str) -> Standing | None:
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except AWS_ERRORS as error:
            if error_code(error) in _MISSING:
                return None
            raise _unclear(error) from error
        return Standing(head["ETag"].strip('"'), head["ContentLength"])

    def read(self, key: str, etag: str, version_id: str | None = None) -> Content | None:
        which: dict[str, Any] = {} if version_id is None else {"VersionId": version_id}
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key, IfMatch=f'"{etag}"', **which)
            return Content(answer["Body"].read(), answer["Metadata"].get(METADATA))
        except AWS_ERRORS as error:
            if error_code(error) in (*_MISSING, *_OTHER):
                return None
            raise _unclear(error) from error


class S3Outcomes:
    """`Outcomes`: one JSON object for each drop."""

    def __init__(self, make_client: "Callable[[], S3Client]", bucket: str) -> None:
        self._make_client, self._bucket = make_client, bucket

    def begin(self, outcome: DropOutcome) -> None:
        try:
            self._put(outcome, IfNoneMatch="*")
        except AWS_ERRORS as error:
            if error_code(error) not in _OTHER:
                raise _unclear(error) from error

    def end(self, outcome: DropOutcome) -> None:
        try:
            self._put(outcome)
        except AWS_ERRORS as error:
            raise _unclear(error) from error

    def _put(self, outcome: DropOutcome, **condition: Any) -> None:
        body = json.dumps(outcome_object(outcome), ensure_ascii=False, indent=1).encode()
        key = outcome_key(outcome.drop)
        self._client.put_object(
            Bucket=self._bucket, Key=key, Body=body, ContentType="application/json", **condition
        )

    @cached_property
    def _client(self) -> "S3Client":
        return self._make_client()


def outcome_object(outcome: DropOutcome) -> dict[str, Any]:
    """What the file holds; times in unix seconds."""
    drop, error = outcome.drop, outcome.error
    return {
        "id": outcome.video_id,
        "object": "drop.outcome",
        "status": outcome.status,
        "drop": {
            "bucket": drop.bucket,
            "key": drop.key,
            "version_id": drop.version_id,
            "dropped_at": drop.time // SECOND,
        },
        "artifacts": [
            {
                "index": artifact.index,
                "type": artifact.type,
                "bucket": outcome.bucket,
                "key": artifact.key,
                "size": artifact.size,
                "content_type": artifact.content_type,
            }
            for artifact in outcome.artifacts
        ],
        "error": None
        if error is None
        else {
            "code": error.code,
            "message": error.message,
            "billed": error.billed,
            "problems": [asdict(problem) for problem in error.problems],
        },
        "what_to_do": outcome.what_to_do,
        "written_at": outcome.written_at // SECOND,
    }


def _unclear(error: Exception) -> StoreError:
    return StoreError(f"S3: {error_code(error) or type(error).__name__}")
