"""What goes wrong in the middle of a wave and heals in it: the same bytes arrive."""

from pathlib import Path

import pytest

from reelhook.adapters import s3
from tests import waves
from tests.ranged_hosts import cut_after
from tests.waves import DATA, KEY, STARTS, Way, a_way, small_parts

way = waves.way


def test_eight_parts_are_eight_parts(way: Way) -> None:
    way.copy()

    assert sorted(start for start, _ in way.ranged.asked) == STARTS
    assert way.bucket.objects == {KEY: DATA}


def test_a_source_that_is_cut_in_every_range_gives_the_same_bytes(way: Way) -> None:
    way.ranged.bad = {start: [cut_after(1 + start // 8)] for start in STARTS[1:]} | {0: [cut_after(50_000)]}
    way.copy()

    assert way.bucket.objects == {KEY: DATA}
    assert len(way.ranged.asked) == 16
    assert len(way.bucket.asked) == 10, "S3 does not notice"


def test_a_503_on_every_third_put_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_parts(monkeypatch)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with a_way(tmp_path, DATA, attempts=3) as way:
        way.bucket.busy_every = 3
        way.copy()

    assert way.bucket.objects == {KEY: DATA}
    refused = way.bucket.puts // 3
    assert way.bucket.puts == 8 + refused
    assert len(way.ranged.asked) == 8 + refused, "each is sent again from its own first byte"


def test_503s_and_cuts_at_once_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_parts(monkeypatch)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with a_way(tmp_path, DATA, attempts=3) as way:
        way.bucket.busy_every = 3
        way.ranged.bad = {start: [cut_after(30_000), cut_after(9)] for start in STARTS}
        way.copy()

    assert way.bucket.objects == {KEY: DATA}


def test_a_part_that_s3_could_not_take_has_one_more_chance(way: Way) -> None:
    way.bucket.failures["upload_part"] = [(503, "SlowDown")]
    way.copy()

    assert way.bucket.objects == {KEY: DATA}
    assert way.bucket.asked.count("upload_part") == 9


def test_a_small_result_that_breaks_off_goes_on_where_it_did(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "ONE_RANGE_BYTES", len(DATA))
    way.ranged.bad = {0: [cut_after(100_000)]}
    way.copy()

    assert way.bucket.objects == {KEY: DATA}
    assert way.ranged.asked == [(0, None), (100_000, len(DATA))]
    assert way.bucket.asked == ["put_object"]
