"""A multipart upload to one free key: begun, completed, and never left open."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reelhook.adapters.clients import AWS_ERRORS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

    type Completed = list[CompletedPartTypeDef]

MAX_PARTS, SMALLEST_PART = 10_000, 5 * 1024 * 1024  # S3's own limits; the last part may be smaller
_WHERE = ("Bucket", "Key")


@dataclass(frozen=True, slots=True)
class OpenUpload:
    """An upload that takes parts, from any thread."""

    client: "S3Client"
    where: Mapping[str, Any]

    def put(self, number: int, body: Any, **checksum: Any) -> "CompletedPartTypeDef":
        """Uploads one part; what the completion needs of it. Raises AWS' errors."""
        answer = self.client.upload_part(**self.where, PartNumber=number, Body=body, **checksum)
        part: CompletedPartTypeDef = {"PartNumber": number, "ETag": answer["ETag"]}
        told = answer.get("ChecksumCRC32") or checksum.get("ChecksumCRC32")
        if told:  # S3 tells it of every part that was checked
            part["ChecksumCRC32"] = told
        return part


def upload_in_parts(
    client: "S3Client", target: Mapping[str, Any], send: "Callable[[OpenUpload], tuple[int, Completed]]"
) -> tuple[int, Mapping[str, Any]]:
    """`target` made of the parts that `send` uploads: its size and S3's answer. Whatever fails, nothing stays open."""
    where = {name: target[name] for name in _WHERE}
    where["UploadId"] = client.create_multipart_upload(**target, ChecksumAlgorithm="CRC32")["UploadId"]
    try:
        size, parts = send(OpenUpload(client, where))
        return size, client.complete_multipart_upload(
            **where, MultipartUpload={"Parts": parts}, MpuObjectSize=size, IfNoneMatch="*"
        )
    except BaseException:  # whatever it is goes on; an open upload would be paid for
        with suppress(*AWS_ERRORS):  # the bucket's lifecycle rule removes what even this leaves
            client.abort_multipart_upload(**where)
        raise
