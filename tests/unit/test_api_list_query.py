"""The query of a list, and what is wrong with it, by name."""

import pytest

from reelhook.api.list_query import list_query
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.listing import PageRequest
from reelhook.domain.video import Status
from tests.api import incoming


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (None, PageRequest(after=None, limit=20, newest_first=True, status=None, user=None)),
        ({"limit": "1"}, PageRequest(limit=1)),
        ({"limit": "100", "order": "desc"}, PageRequest(limit=100)),
        ({"order": "asc", "after": "video_a"}, PageRequest(after="video_a", newest_first=False)),
        (
            {"status": "in_progress", "user": "mia,tom"},
            PageRequest(status=Status.IN_PROGRESS, user="mia,tom"),
        ),
        ({"user": "\N{GRINNING FACE}" * 128}, PageRequest(user="\N{GRINNING FACE}" * 128)),
        ({"unheard_of": "1"}, PageRequest()),
    ],
)
def test_a_query_says_which_page(query: dict[str, str] | None, expected: PageRequest) -> None:
    assert list_query(incoming(queryStringParameters=query)) == expected


@pytest.mark.parametrize("status", ["queued", "in_progress", "completed", "failed", "canceled", "expired"])
def test_every_public_status_may_be_asked_for(status: str) -> None:
    asked = list_query(incoming(queryStringParameters={"status": status}))

    assert asked.status is not None
    assert asked.status.value == status


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ({"limit": "0"}, ["limit"]),
        ({"limit": "101"}, ["limit"]),
        ({"limit": "-1"}, ["limit"]),
        ({"limit": "05"}, ["limit"]),
        ({"limit": "1e1"}, ["limit"]),
        ({"limit": ""}, ["limit"]),
        ({"limit": "20,30"}, ["limit"]),
        ({"limit": "\u0662"}, ["limit"]),
        ({"limit": "9" * 5_000}, ["limit"]),
        ({"order": "ASC"}, ["order"]),
        ({"order": "newest"}, ["order"]),
        ({"status": "stored"}, ["status"]),
        ({"status": "queued,failed"}, ["status"]),
        ({"status": ""}, ["status"]),
        ({"user": ""}, ["user"]),
        ({"user": "x" * 129}, ["user"]),
        ({"limit": "x", "order": "x", "status": "x", "user": ""}, ["limit", "order", "status", "user"]),
    ],
)
def test_a_query_that_means_nothing_is_refused_by_name(query: dict[str, str], params: list[str]) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        list_query(incoming(queryStringParameters=query))

    assert [problem.param for problem in refused.value.problems] == params
    assert all(problem.message.startswith(f"{problem.param}: ") for problem in refused.value.problems)
