"""The header `Retry-After`: seconds or a date, from somebody who may send anything."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST = 3600


def retry_after(value: str | None, now: datetime) -> int | None:
    """Whole seconds to wait, 0 to an hour; none if there is no such header or nobody can read it."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:10]), MOST)
    try:
        date = parsedate_to_datetime(text)
        seconds = ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0, min(round(seconds), MOST))
