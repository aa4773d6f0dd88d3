"""A multipart upload with two buffers: one is uploaded while the other is filled."""

import zlib
from base64 import b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from reelhook.adapters.clients import AWS_ERRORS
from reelhook.adapters.result_body import CHUNK
from reelhook.domain.ports.media import ResultStream

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PART_BYTES = 8 * 1024 * 1024
_MAX_PARTS = 10_000  # S3's own limit
_WHERE = ("Bucket", "Key")


def part_bytes(size: int) -> int:
    """How large the parts of an upload of this size are: larger only where there would be too many."""
    return max(PART_BYTES, -(-size // _MAX_PARTS))


def fill(buffer: bytearray, stream: ResultStream) -> None:
    """Puts the stream's next bytes in place of the old ones; at its end the buffer becomes shorter, or empty."""
    size = 0
    while size < len(buffer):
        data = stream.read(min(len(buffer) - size, CHUNK))
        if not data:
            break
        buffer[size : size + len(data)] = data
        size += len(data)
    del buffer[size:]


def crc32(data: bytes | bytearray) -> str:
    """The checksum as S3 writes it."""
    return b64encode(zlib.crc32(data).to_bytes(4)).decode()


class MultipartUpload:
    """One upload to one free key; `target` is what the finished object is to be."""

    def __init__(self, client: "S3Client", target: Mapping[str, Any]) -> None:
        self._client, self._target = client, target
        self._where = {name: target[name] for name in _WHERE}

    def copy(self, first: bytearray, stream: ResultStream) -> tuple[int, Mapping[str, Any]]:
        """Uploads the first part and all the others; the size and S3's answer. Whatever fails, nothing stays open."""
        upload_id = self._client.create_multipart_upload(**self._target, ChecksumAlgorithm="CRC32")[
            "UploadId"
        ]
        try:
            size, parts = self._upload_all(upload_id, first, stream)
            return size, self._client.complete_multipart_upload(
                **self._where,
                UploadId=upload_id,
                MultipartUpload={"Parts": parts},
                MpuObjectSize=size,
                IfNoneMatch="*",
            )
        except BaseException:  # whatever it is goes on; an open upload would be paid for
            with suppress(*AWS_ERRORS):  # the bucket's lifecycle rule removes what even this leaves
                self._client.abort_multipart_upload(**self._where, UploadId=upload_id)
            raise

    def _upload_all(
        self, upload_id: str, first: bytearray, stream: ResultStream
    ) -> tuple[int, "list[CompletedPartTypeDef]"]:
        """Fills the same two buffers over and over: new ones would pile up before the old ones are given back."""
        size, parts, full, other = 0, list["CompletedPartTypeDef"](), first, bytearray(len(first))
        with ThreadPoolExecutor(max_workers=1) as worker:  # leaving it waits for the part in flight
            while full:
                size += len(full)
                upload = worker.submit(self._upload, upload_id, len(parts) + 1, full)
                fill(other, stream)
                parts.append(upload.result())
                full, other = other, full
        return size, parts

    def _upload(self, upload_id: str, number: int, data: bytearray) -> "CompletedPartTypeDef":
        checksum = crc32(data)
        part: dict[str, Any] = {**self._where, "Body": data}
        answer = self._client.upload_part(
            **part, UploadId=upload_id, PartNumber=number, ChecksumCRC32=checksum
        )
        return {"PartNumber": number, "ETag": answer["ETag"], "ChecksumCRC32": checksum}
