"""`Retry-After` is honoured where it can be read, within bounds, and ignored where it cannot."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.providers.retry_after import retry_after

NOW = datetime(2026, 10, 5, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("30", 30),
        (" 30 ", 30),
        ("3600", 3600),
        ("3601", 3600),
        ("9" * 5000, 3600),
        ("Mon, 05 Oct 2026 12:00:45 GMT", 45),
        ("Mon, 05 Oct 2026 14:00:45 +0200", 45),
        ("Mon, 05 Oct 2026 11:00:00 GMT", 0),
        ("Tue, 06 Oct 2026 12:00:00 GMT", 3600),
    ],
)
def test_seconds_and_dates_are_read_within_an_hour(value: str, seconds: int) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value", [None, "", "-5", "1.5", "1e3", "soon", "٣", "Mon, 99 Oct 2026 12:00:45 GMT", "30, 60", "\x00"]
)
def test_rubbish_is_ignored(value: str | None) -> None:
    assert retry_after(value, NOW) is None


@given(st.text(max_size=60) | st.text("0123456789 :,+-GMTMonOct", max_size=40))
def test_no_header_raises(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= 3600
