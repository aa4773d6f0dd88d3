"""The query of `GET /v1/usage`, read into a `UsageRequest`, and its answer."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from reelhook.api.list_query import MAX_USER
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.ledger import Day, usd_text
from reelhook.domain.time import SECOND, Instant
from reelhook.use_cases.usage import UsageRequest

DEFAULT_DAYS = 30
MAX_DAYS = 100  # what one BatchGetItem takes


def usage_query(event: APIGatewayProxyEventV2, now: Instant) -> UsageRequest:
    """`from` and `to` (UTC days, both included; by default the last 30), `user`; raises `InvalidRequestError`."""
    query: Mapping[str, str] = event.query_string_parameters
    problems = list[Problem]()
    today = datetime.fromtimestamp(now / SECOND, UTC).date()
    last = _day(query, "to", problems) or today
    first = _day(query, "from", problems) or _before(last, DEFAULT_DAYS - 1)
    user = query.get("user")
    if user is not None and not 1 <= len(user) <= MAX_USER:
        problems.append(Problem("user", f"user: 1 to {MAX_USER} characters"))
    if not problems and not 0 <= (last - first).days < MAX_DAYS:
        problems.append(Problem("from", f"from: 1 to {MAX_DAYS} days up to {last.isoformat()}"))
    if problems:
        raise InvalidRequestError(*problems)
    return UsageRequest(first, last, user)


def usage_object(days: Sequence[tuple[str, Day]]) -> dict[str, Any]:
    """The days as their owner sees them; dollars are decimal digits."""
    return {
        "object": "usage",
        "data": [
            {
                "day": name,
                "videos": day.videos,
                "usd": usd_text(day.committed - day.reserved),
                "reserved_usd": usd_text(day.reserved),
                "unconfirmed_usd": usd_text(day.unconfirmed),
            }
            for name, day in days
        ],
    }


def _day(query: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    text = query.get(name)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        problems.append(Problem(name, f"{name}: a day such as 2026-11-21"))
        return None
    return day


def _before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))
