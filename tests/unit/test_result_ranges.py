"""Ranges of a result: exactly the bytes asked for, over connections that may break."""

import threading
import time

import pytest

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    ConnectionBrokenError,
    OutOfTimeError,
    ResultUnavailableError,
)
from reelhook.domain.ports.media import Readable
from tests.builders import NOW, an_mp4
from tests.hosts import Behaviour, answer, chunked, hosting, partial
from tests.ranged_hosts import (
    cut_after,
    hanging_after,
    hosting_ranges,
)
from tests.ranges import LATER, START, STOP, opened, part_of, read_out

MP4 = an_mp4(600_000)
SIZE = len(MP4)
CHANGED = ResultUnavailableError


def test_parts_are_read_in_any_order_and_the_first_one_goes_on_with_the_open_answer() -> None:
    with hosting_ranges(MP4) as (host, ranged):
        stream = opened(host)
        assert read_out(part_of(stream, STOP, SIZE)) == MP4[STOP:]
        assert read_out(part_of(stream, 0, START)) == MP4[:START]
        assert read_out(part_of(stream)) == MP4[START:STOP]
        stream.close()

    assert ranged.asked == [(0, None), (STOP, SIZE), (START, STOP)]
    assert ranged.conditions == ["", '"1"', '"1"'], "If-Range asks for the version that is open"


def test_a_range_is_asked_for_when_it_is_read() -> None:
    with hosting_ranges(MP4) as (host, ranged):
        stream = opened(host)
        part_of(stream)
        stream.close()

    assert ranged.asked == [(0, None)]


def test_every_read_of_a_range_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reelhook.adapters.result_ranges.PORTION", 1_000)
    with hosting_ranges(MP4) as (host, _):
        stream = opened(host)
        parts = [part_of(stream, 0, START), part_of(stream, START, STOP)]
        lengths = [[len(part.read(70_000)) for _ in range(6)] for part in parts]
        stream.close()

    assert lengths == [[70_000, 70_000, 60_000, 0, 0, 0], [70_000] * 4 + [20_000, 0]]


@pytest.mark.parametrize(
    "headers",
    [{"ETag": 'W/"1"'}, {"ETag": "1"}, {"ETag": '"1" x'}, {"Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}],
    ids=str,
)
def test_a_version_without_a_strong_tag_is_compared_but_no_condition(headers: dict[str, str]) -> None:
    with hosting_ranges(MP4, headers=headers) as (host, ranged):
        stream = opened(host)
        assert read_out(part_of(stream)) == MP4[START:STOP]
        ranged.headers = {"ETag": '"2"'}
        with pytest.raises(ResultUnavailableError, match="version"):
            read_out(part_of(stream))
        stream.close()

    assert set(ranged.conditions) == {""}


def test_a_host_without_ranges_or_versions_is_read_as_one() -> None:
    for behaviour in (answer(MP4, ETag='"1"'), partial(MP4), chunked(MP4, ETag='"1"')):
        with hosting(behaviour) as host:
            stream = opened(host)
            assert stream.ranges is None
            assert stream.read(SIZE) == MP4
            stream.close()
    with hosting(partial(MP4, ETag='"1"')) as host:
        stream = opened(host, in_ranges=False)
        assert stream.ranges is None
        assert stream.read(SIZE) == MP4
        stream.close()


@pytest.mark.parametrize("start", [0, START])
@pytest.mark.parametrize("amounts", [(0,), (1,), (90_000, 90_000), (90_000, 50_000, 10_000)], ids=str)
def test_what_breaks_off_is_opened_anew_where_it_did(start: int, amounts: tuple[int, ...]) -> None:
    first = max(amounts[0], 12) if start == 0 else amounts[0]  # below that, nobody could say what it is
    amounts = (first, *amounts[1:])
    places = [start + sum(amounts[:index]) for index in range(len(amounts) + 1)]
    with hosting_ranges(MP4) as (host, ranged):
        for place, amount in zip(places, amounts, strict=False):
            ranged.bad.setdefault(place, []).append(cut_after(amount))
        stream = opened(host)
        assert read_out(part_of(stream, start, STOP)) == MP4[start:STOP]
        stream.close()

    opening = [(0, None)]
    resumed = [(place, STOP) for place in (places[1:] if start == 0 else places)]
    assert ranged.asked == opening + resumed


def test_a_connection_that_breaks_before_an_answer_counts_as_well() -> None:
    with hosting_ranges(MP4, bad={START: [says_nothing, says_nothing, says_nothing]}) as (host, ranged):
        stream = opened(host)
        assert read_out(part_of(stream)) == MP4[START:STOP]
        stream.close()

    assert len(ranged.asked) == 5


def test_a_host_that_breaks_off_again_and_again_is_left_for_another_attempt() -> None:
    with hosting_ranges(MP4, bad={START: [cut_after(0)] * 9}) as (host, ranged):
        stream = opened(host)
        with pytest.raises(ConnectionBrokenError):
            read_out(part_of(stream))
        stream.close()

    assert len(ranged.asked) == 1 + 4


def test_a_range_begins_again_at_its_own_first_byte() -> None:
    with hosting_ranges(MP4) as (host, ranged):
        stream = opened(host)
        for start in (0, START):
            part = part_of(stream, start, STOP)
            part.read(70_000)
            part.restart()
            assert read_out(part) == MP4[start:STOP]
        stream.close()

    assert ranged.asked == [(0, None), (0, STOP), (START, STOP), (START, STOP)]


@pytest.mark.parametrize("by_deadline", [True, False])
def test_whoever_waits_for_a_range_is_woken_by_the_deadline_and_by_a_cut(by_deadline: bool) -> None:
    bad = {start: [hanging_after(10)] for start in (START, STOP)}
    errors = list[BaseException]()

    def read(part: Readable) -> None:
        try:
            read_out(part)
        except ReelhookError as error:
            errors.append(error)

    with hosting_ranges(MP4, bad=bad) as (host, ranged):
        stream = opened(host, NOW + 300 if by_deadline else LATER)
        parts = [part_of(stream, START, STOP), part_of(stream, STOP, SIZE)]
        readers = [threading.Thread(target=read, args=(part,)) for part in parts]
        began = time.monotonic()
        for reader in readers:
            reader.start()
        while len(ranged.asked) < 3:
            time.sleep(0.001)
        if not by_deadline:
            assert stream.ranges is not None
            stream.ranges.cut()
        for reader in readers:
            reader.join(5)
        took = time.monotonic() - began
        with pytest.raises(OutOfTimeError if by_deadline else ResultUnavailableError):
            part_of(stream, 0, START).read(1_000)
        stream.close()

    assert [type(error) for error in errors] == 2 * [
        OutOfTimeError if by_deadline else ResultUnavailableError
    ]
    assert took < 1
    assert len(ranged.asked) == 3, "nothing is opened anew"


def says_nothing(_start: int, _stop: int, _data: bytes) -> Behaviour:
    """It hangs up without a word."""
    return lambda _: None
