"""Whole transfers in small: a host that gives ranges, a bucket, and both real adapters between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from reelhook.adapters import s3, wave
from reelhook.adapters.results import HttpResults
from reelhook.adapters.s3 import S3Media
from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from reelhook.domain.time import MINUTE, Instant
from reelhook.wire.tls import TLS
from tests.buckets import Bucket, serving
from tests.builders import NOW, VIDEO_ID, an_mp4
from tests.fakes import ManualClock
from tests.hosts import Host
from tests.ranged_hosts import Ranged, hosting_ranges

KEY = f"videos/{VIDEO_ID}/0.mp4"
OURS = ObjectIdentity(VIDEO_ID, "task/1")
SMALL_PART = 64 * 1024
DATA = an_mp4(8 * SMALL_PART)[: 8 * SMALL_PART]
STARTS = [number * SMALL_PART for number in range(8)]
AWAY = STARTS[5]  # one in the midst of the others


@dataclass
class Way:
    """From the host to the bucket."""

    host: Host
    ranged: Ranged
    bucket: Bucket
    media: S3Media

    def copy(self, until: Instant = NOW + MINUTE, *, in_ranges: bool = True) -> StoredObject:
        """Copies the result; raises what the adapters raise."""
        results = HttpResults([self.host.origin], 2**31, ManualClock(NOW), context=TLS)
        stream = results.open(self.host.link(), until, in_ranges=in_ranges)
        try:
            return self.media.put(KEY, stream, OURS)
        finally:
            stream.close()


@contextmanager
def a_way(directory: Path, data: bytes, *, connections: int = 8, attempts: int = 1) -> Iterator[Way]:
    """A host of this file and an empty bucket."""
    with hosting_ranges(data) as (host, ranged), serving(directory, attempts=attempts) as (client, bucket):
        yield Way(host, ranged, bucket, S3Media(client, "media", connections))


def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that let a small file be a large one."""
    monkeypatch.setattr(s3, "ONE_RANGE_BYTES", SMALL_PART)
    monkeypatch.setattr(wave, "SMALLEST_PART", SMALL_PART)
    monkeypatch.setattr(wave, "LARGEST_PART", 2 * SMALL_PART)


@pytest.fixture
def way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    """A file of eight parts, all of them under way at once."""
    small_parts(monkeypatch)
    with a_way(tmp_path, DATA) as way:
        yield way
