"""The query of `GET /v1/videos`, read into a `PageRequest`."""

import re
from collections.abc import Mapping

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.listing import PageRequest
from reelhook.domain.video import Status

MAX_USER = 128  # as in the body of a request
_LIMIT = re.compile(r"[1-9][0-9]?|100", re.ASCII)
_STATUSES = ", ".join(Status)


def list_query(event: APIGatewayProxyEventV2) -> PageRequest:
    """`after`, `limit` (1 to 100, default 20), `order` (default desc), `status`, `user`; raises `InvalidRequestError`."""
    query: Mapping[str, str] = event.query_string_parameters
    limit, order = query.get("limit", "20"), query.get("order", "desc")
    status, user = query.get("status"), query.get("user")
    problems = []
    if not _LIMIT.fullmatch(limit):
        problems.append(Problem("limit", "limit: a whole number from 1 to 100"))
    if order not in ("asc", "desc"):
        problems.append(Problem("order", "order: asc or desc"))
    if status is not None and status not in set(Status):
        problems.append(Problem("status", f"status: one of {_STATUSES}"))
    if user is not None and not 1 <= len(user) <= MAX_USER:
        problems.append(Problem("user", f"user: 1 to {MAX_USER} characters"))
    if problems:
        raise InvalidRequestError(*problems)
    return PageRequest(
        after=query.get("after"),
        limit=int(limit),
        newest_first=order == "desc",
        status=None if status is None else Status(status),
        user=user,
    )
