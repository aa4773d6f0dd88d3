"""Whatever a host answers to a range: other bytes than asked for, or of another version, are never read."""

import pytest

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    LinkRefusedError,
    NotAVideoError,
    ResultUnavailableError,
)
from tests.builders import an_mp4
from tests.hosts import Behaviour, answer, chunked
from tests.ranged_hosts import (
    Misbehaviour,
    cut_after,
    gives,
    hosting_ranges,
    says,
    whole,
)
from tests.ranges import START, STOP, opened, part_of, read_out

MP4 = an_mp4(600_000)
SIZE = len(MP4)
CHANGED = ResultUnavailableError


def no_range_told(start: int, stop: int, data: bytes) -> Behaviour:
    """A 206 that does not say of what."""
    return answer(data[start:stop], "206 Partial Content", ETag='"1"')


WRONG: list[tuple[str, Misbehaviour, type[ReelhookError]]] = [
    ("the whole", whole('"1"'), CHANGED),
    ("another version, whole", whole('"2"'), CHANGED),
    ("another tag", gives('"2"'), CHANGED),
    ("a weak tag", gives('W/"1"'), CHANGED),
    ("no tag", gives(), CHANGED),
    ("another size", gives('"1"', total=SIZE + 1), CHANGED),
    ("earlier bytes", gives('"1"', shift=-1), CHANGED),
    ("later bytes", gives('"1"', shift=1), CHANGED),
    ("a shorter length", gives('"1"', length=STOP - START - 1), CHANGED),
    ("a longer length", gives('"1"', length=STOP - START + 1), CHANGED),
    ("a negative length", gives('"1"', length=-5), CHANGED),
    ("no range told", no_range_told, CHANGED),
    ("416", says("416 Range Not Satisfiable"), CHANGED),
    ("503", says("503 Busy"), CHANGED),
    ("403", says("403 Forbidden"), LinkRefusedError),
    ("410", says("410 Gone"), LinkRefusedError),
    ("a redirect", says("302 Found"), NotAVideoError),
    ("gzip", gives('"1"', headers={"Content-Encoding": "gzip"}), NotAVideoError),
]


@pytest.mark.parametrize(("wrong", "error"), [pytest.param(w, e, id=name) for name, w, e in WRONG])
def test_other_bytes_than_asked_for_are_never_read(wrong: Misbehaviour, error: type[ReelhookError]) -> None:
    with hosting_ranges(MP4, bad={START: [wrong]}) as (host, ranged):
        stream = opened(host)
        part = part_of(stream)
        with pytest.raises(error) as raised:
            part.read(1_000)
        stream.close()

    assert type(raised.value) is error
    assert len(ranged.asked) == 2, "it is not asked for again"


def test_a_file_that_changes_while_it_is_read_is_noticed_where_it_goes_on() -> None:
    with hosting_ranges(MP4, bad={START: [cut_after(1_000)]}) as (host, ranged):
        stream = opened(host)
        part = part_of(stream)
        assert part.read(1_000) == MP4[START : START + 1_000]
        ranged.headers = {"ETag": '"2"'}
        with pytest.raises(ResultUnavailableError, match="version"):
            part.read(1_000)
        stream.close()


def test_bytes_beyond_the_range_are_noticed() -> None:
    told = f"bytes {START}-{STOP - 1}/{SIZE}"
    more = chunked(MP4[START : STOP + 1], status="206 P", ETag='"1"', Content_Range=told)
    with hosting_ranges(MP4, bad={START: [lambda *_: more]}) as (host, _):
        stream = opened(host)
        with pytest.raises(ResultUnavailableError, match="more bytes"):
            read_out(part_of(stream))
        stream.close()
