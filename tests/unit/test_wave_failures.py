"""What a wave cannot heal ends all of it: no wrong bytes, no open upload, no thread left."""

import threading
import time
from pathlib import Path

import pytest

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    ConnectionBrokenError,
    LinkRefusedError,
    MediaUnavailableError,
    ObjectConflictError,
    OutOfTimeError,
    ResultUnavailableError,
)
from reelhook.domain.ports.media import ObjectIdentity
from tests import waves
from tests.builders import NOW, an_mp4
from tests.fakes import StaticStream
from tests.ranged_hosts import cut_after, gives, hanging_after, says, whole
from tests.waves import AWAY, DATA, KEY, OURS, SMALL_PART, STARTS, Way, a_way, small_parts

way = waves.way


def fails(way: Way, error: type[ReelhookError], until: int | None = None) -> ReelhookError:
    """The wave ends so, soon, and with nothing left behind."""
    before, began = set(threading.enumerate()), time.monotonic()
    with pytest.raises(error) as raised:
        way.copy(*([] if until is None else [until]))

    assert time.monotonic() - began < 3
    assert not [left for left in set(threading.enumerate()) - before if "ThreadPool" in left.name]
    assert (way.bucket.objects, way.bucket.open_uploads) == ({}, 0)
    assert way.bucket.asked[-1] == "abort_multipart_upload"
    assert "complete_multipart_upload" not in way.bucket.asked
    return raised.value


REFUSED = {
    "the whole": (whole('"1"'), ResultUnavailableError),
    "another tag": (gives('"2"'), ResultUnavailableError),
    "another size": (gives('"1"', total=len(DATA) + 1), ResultUnavailableError),
    "other bytes": (gives('"1"', shift=1), ResultUnavailableError),
    "503": (says("503 Busy"), ResultUnavailableError),
    "403": (says("403 Forbidden"), LinkRefusedError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_range_that_is_not_given_ends_the_others(way: Way, name: str) -> None:
    wrong, error = REFUSED[name]
    way.ranged.bad = {start: [hanging_after(40_000)] for start in STARTS} | {AWAY: [wrong]}

    assert type(fails(way, error)) is error


def test_a_file_that_changes_in_the_middle_is_never_put_together_of_both(way: Way) -> None:
    way.ranged.bad = {start: [cut_after(30_000)] for start in STARTS}
    way.ranged.headers = {"ETag": '"2"'}
    way.ranged.bad[0] = [gives('"1"')]

    fails(way, ResultUnavailableError)


def test_a_source_that_breaks_in_one_range_again_and_again_ends_it(way: Way) -> None:
    way.ranged.bad = {AWAY: [cut_after(0)] * 9}

    fails(way, ConnectionBrokenError)


def test_the_deadline_ends_all_of_it(way: Way) -> None:
    way.ranged.bad = {start: [hanging_after(40_000)] for start in STARTS}

    fails(way, OutOfTimeError, NOW + 300)


@pytest.mark.parametrize(
    ("operation", "failures"),
    [
        ("upload_part", [(403, "AccessDenied")]),
        ("upload_part", [(400, "BadDigest")]),
        ("upload_part", [(503, "SlowDown")] * 20),
    ],
    ids=["denied", "damaged", "busy for good"],
)
def test_a_part_that_s3_refuses_ends_the_others(
    way: Way, operation: str, failures: list[tuple[int, str]]
) -> None:
    way.bucket.failures[operation] = failures
    way.ranged.bad = {start: [hanging_after(40_000)] for start in STARTS[1:]}

    assert failures[0][1] in str(fails(way, MediaUnavailableError))


def test_parts_that_wait_for_their_turn_are_not_begun_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_parts(monkeypatch)
    with a_way(tmp_path, DATA, connections=2) as way:
        way.bucket.failures["upload_part"] = [(403, "AccessDenied")]
        way.ranged.bad = {2 * SMALL_PART: [hanging_after(40_000)]}
        with pytest.raises(MediaUnavailableError):
            way.copy()

    assert {start for start, _ in way.ranged.asked} <= {0, 2 * SMALL_PART}
    assert way.bucket.open_uploads == 0


@pytest.mark.parametrize(
    ("operation", "status", "code"),
    [
        ("create_multipart_upload", 500, "InternalError"),
        ("complete_multipart_upload", 500, "InternalError"),
        ("complete_multipart_upload", 400, "InvalidPart"),
    ],
)
def test_an_upload_that_cannot_be_begun_or_ended_is_for_another_try(
    way: Way, operation: str, status: int, code: str
) -> None:
    way.bucket.failures[operation] = [(status, code)]
    with pytest.raises(MediaUnavailableError, match=code):
        way.copy()

    assert (way.bucket.objects, way.bucket.open_uploads) == ({}, 0)


@pytest.mark.parametrize("theirs", [False, True])
def test_a_key_that_is_taken_is_ours_or_a_conflict(way: Way, theirs: bool) -> None:
    holder = ObjectIdentity("somebody", "else") if theirs else OURS
    first = way.media.put(KEY, StaticStream(an_mp4()), holder)
    if theirs:
        with pytest.raises(ObjectConflictError):
            way.copy()
    else:
        assert way.copy() == first

    assert (way.bucket.objects, way.bucket.open_uploads) == ({KEY: an_mp4()}, 0)


def test_an_interrupt_ends_all_of_it(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reelhook.adapters.wave.wait", interrupted)
    way.ranged.bad = {start: [hanging_after(40_000)] for start in STARTS}
    with pytest.raises(KeyboardInterrupt):
        way.copy()

    assert way.bucket.open_uploads == 0
