"""Parts of a result that comes in one piece: two buffers, one of which is uploaded while the other is filled."""

import zlib
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from reelhook.adapters.multipart import MAX_PARTS, OpenUpload
from reelhook.adapters.result_body import CHUNK
from reelhook.domain.ports.media import Readable

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

    from reelhook.adapters.multipart import Completed

PART_BYTES = 8 * 1024 * 1024


def part_bytes(size: int) -> int:
    """How large the parts of an upload of this size are: larger only where there would be too many."""
    return max(PART_BYTES, -(-size // MAX_PARTS))


def fill(buffer: bytearray, stream: Readable) -> None:
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


def send_buffered(upload: OpenUpload, first: bytearray, stream: Readable) -> "tuple[int, Completed]":
    """Uploads the first part, which is full, and all the others.

    It fills the same two buffers over and over: new ones would pile up before the old ones are given back.
    """
    size, parts, full, other = 0, list["CompletedPartTypeDef"](), first, bytearray(len(first))
    with ThreadPoolExecutor(max_workers=1) as worker:  # leaving it waits for the part in flight
        while full:
            size += len(full)
            number = len(parts) + 1
            sent = worker.submit(upload.put, number, full, ChecksumCRC32=crc32(full))
            fill(other, stream)
            parts.append(sent.result())
            full, other = other, full
    return size, parts
