"""The bucket of the benchmarks refuses what S3 would refuse: without that, its consent would prove nothing."""

import hashlib
import io
import zlib
from email.message import Message

import pytest

from benchmarks.bodies import CRC32, RefusedError, encoded
from benchmarks.bucket import SMALLEST_PART, Bucket, etag

CHUNK = bytes(range(256)) * 64
BODY = CHUNK + CHUNK + b"the end"
KEY = "videos/a/0.mp4"
FREE = ("If-None-Match", "*")
CHUNKED = [
    ("Transfer-Encoding", "chunked"),
    ("Content-Encoding", "aws-chunked"),
    ("x-amz-trailer", CRC32),
    ("x-amz-decoded-content-length", str(len(BODY))),
    FREE,
]


def crc32(body: bytes) -> str:
    return encoded(zlib.crc32(body))


def sha256(body: bytes) -> tuple[int, str]:
    return len(body), hashlib.sha256(body).hexdigest()


def headers(*fields: tuple[str, str]) -> Message:
    message = Message()
    for name, value in fields:
        message[name] = value
    return message


def plain(body: bytes, *fields: tuple[str, str]) -> Message:
    return headers(("Content-Length", str(len(body))), (CRC32, crc32(body)), *fields)


def aws_chunked(*chunks: bytes, checksum: str) -> io.BytesIO:
    """The chunks in AWS's encoding, cut into HTTP's own chunks at places of no meaning."""
    inner = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    inner += f"0\r\n{CRC32}:{checksum}\r\n\r\n".encode()
    outer = [inner[start : start + 1_000] for start in range(0, len(inner), 1_000)]
    return io.BytesIO(b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in [*outer, b""]))


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, match=f"^{code}$")


def test_a_plain_body_is_counted_and_hashed() -> None:
    stored = Bucket().put(KEY, plain(BODY, FREE), io.BytesIO(BODY + b"the next request"))
    assert (stored.size, stored.pieces) == (len(BODY), [sha256(BODY)])
    assert (stored.checksum, stored.checksum_type) == (crc32(BODY), "FULL_OBJECT")


def test_a_body_in_chunks_is_checked_against_its_trailer() -> None:
    file = aws_chunked(CHUNK, CHUNK, b"the end", checksum=crc32(BODY))
    stored = Bucket().put(KEY, headers(*CHUNKED), file)
    assert (stored.size, stored.pieces) == (len(BODY), [sha256(BODY)])
    assert not file.read(), "the next request would begin in this one's body"


def test_one_changed_byte_is_noticed() -> None:
    spoiled = b"x" + BODY[1:]
    with refused("BadDigest"):
        Bucket().put(KEY, plain(BODY, FREE), io.BytesIO(spoiled))
    with refused("BadDigest"):
        Bucket().put(KEY, headers(*CHUNKED), aws_chunked(CHUNK, CHUNK, b"the End", checksum=crc32(BODY)))


def test_a_body_without_a_checksum_is_refused() -> None:
    with refused("BadDigest"):
        Bucket().put(KEY, headers(("Content-Length", str(len(BODY))), FREE), io.BytesIO(BODY))


def test_a_body_that_ends_early_is_refused() -> None:
    with refused("IncompleteBody"):
        Bucket().put(KEY, plain(BODY, FREE), io.BytesIO(BODY[:-1]))
    with refused("IncompleteBody"):
        Bucket().put(KEY, headers(*CHUNKED), aws_chunked(CHUNK, CHUNK, checksum=crc32(CHUNK + CHUNK)))


def test_small_chunks_are_refused_but_for_the_last() -> None:
    with refused("InvalidChunkSizeError"):
        Bucket().put(KEY, headers(*CHUNKED), aws_chunked(b"the end", CHUNK, CHUNK, checksum=crc32(BODY)))


def test_an_object_is_written_once_and_only_if_the_key_must_be_free() -> None:
    bucket = Bucket()
    with refused("InvalidRequest"):
        bucket.put(KEY, plain(BODY), io.BytesIO(BODY))
    bucket.put(KEY, plain(BODY, FREE), io.BytesIO(BODY))
    with refused("PreconditionFailed"):
        bucket.put(KEY, plain(BODY, FREE), io.BytesIO(BODY))


@pytest.fixture
def begun() -> tuple[Bucket, str]:
    bucket = Bucket()
    return bucket, bucket.begin(KEY, headers(("x-amz-checksum-algorithm", "CRC32")))


def put(bucket: Bucket, upload_id: str, number: int, body: bytes) -> tuple[int, str, str]:
    part = bucket.put_part(upload_id, number, plain(body), io.BytesIO(body))
    return number, etag(part), part.crc32


def test_parts_become_one_object_in_whatever_order_they_came(begun: tuple[Bucket, str]) -> None:
    bucket, upload_id = begun
    large = bytes(SMALLEST_PART)
    last = put(bucket, upload_id, 2, BODY)
    parts = [put(bucket, upload_id, 1, large), last]
    size = ("x-amz-mp-object-size", str(len(large + BODY)))
    with refused("InvalidPart"):
        bucket.complete(upload_id, headers(size, FREE), parts[:1])
    with refused("InvalidRequest"):
        bucket.complete(upload_id, headers(("x-amz-mp-object-size", "1"), FREE), parts)
    stored = bucket.complete(upload_id, headers(size, FREE), parts)
    assert (stored.size, stored.checksum_type) == (len(large + BODY), "COMPOSITE")
    assert stored.pieces == [sha256(large), sha256(BODY)]
    assert stored.checksum.endswith("-2")
    assert not bucket.uploads


def test_a_refused_part_leaves_no_trace(begun: tuple[Bucket, str]) -> None:
    bucket, upload_id = begun
    with refused("BadDigest"):
        bucket.put_part(upload_id, 1, plain(BODY), io.BytesIO(BODY[::-1]))
    told = [put(bucket, upload_id, 1, BODY)]
    size = ("x-amz-mp-object-size", str(len(BODY)))
    stored = bucket.complete(upload_id, headers(size, FREE), told)
    assert stored.pieces == [sha256(BODY)]


def test_a_small_part_before_the_last_is_refused(begun: tuple[Bucket, str]) -> None:
    bucket, upload_id = begun
    told = [put(bucket, upload_id, number, BODY) for number in (1, 2)]
    with refused("EntityTooSmall"):
        bucket.complete(upload_id, headers(("x-amz-mp-object-size", str(2 * len(BODY))), FREE), told)


def test_an_aborted_upload_is_gone(begun: tuple[Bucket, str]) -> None:
    bucket, upload_id = begun
    bucket.abort(upload_id)
    with refused("NoSuchUpload"):
        put(bucket, upload_id, 1, BODY)


def test_strangers_may_leave_out_what_only_we_promise() -> None:
    bucket, key = Bucket(), "peers/a.mp4"
    length = ("Content-Length", str(len(BODY)))
    upload_id = bucket.begin(key, headers())
    part = bucket.put_part(upload_id, 1, headers(length), io.BytesIO(BODY))
    assert bucket.complete(upload_id, headers(), [(1, etag(part), None)]).pieces == [sha256(BODY)]
    with refused("BadDigest"):
        bucket.put("peers/b.mp4", plain(BODY), io.BytesIO(BODY[::-1]))


def test_when_the_first_byte_came_is_known() -> None:
    bucket = Bucket()
    assert bucket.begun == {}
    bucket.put(KEY, plain(BODY, FREE), io.BytesIO(BODY))
    assert list(bucket.begun) == [KEY]
