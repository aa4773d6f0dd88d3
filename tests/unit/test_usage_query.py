"""Which days `GET /v1/usage` is asked for, and how they are told."""

from datetime import date

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from reelhook.api.usage_query import usage_object, usage_query
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.ledger import Day
from reelhook.use_cases.usage import UsageRequest
from tests.api import event
from tests.builders import NOW

TODAY = date(2027, 1, 15)


def asked(**query: str) -> UsageRequest:
    told = event("GET", "/v1/usage", queryStringParameters=query or None)
    return usage_query(APIGatewayProxyEventV2(told), NOW)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, date(2026, 12, 17), TODAY),
        ({"to": "2026-12-31"}, date(2026, 12, 2), date(2026, 12, 31)),
        ({"from": "2027-01-01"}, date(2027, 1, 1), TODAY),
        ({"from": "2027-01-15"}, TODAY, TODAY),
        ({"from": "2026-01-01", "to": "2026-04-10"}, date(2026, 1, 1), date(2026, 4, 10)),
        ({"to": "0001-01-01"}, date(1, 1, 1), date(1, 1, 1)),
    ],
)
def test_days_are_asked_for_from_one_to_another(query: dict[str, str], first: date, last: date) -> None:
    assert asked(**query) == UsageRequest(first, last)


def test_an_end_user_may_be_named() -> None:
    assert asked(user="anna").user == "anna"


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ({"from": "yesterday"}, ["from"]),
        ({"from": "20270101"}, ["from"]),
        ({"to": "2027-02-30"}, ["to"]),
        ({"from": "2027-W01-1", "to": ""}, ["to", "from"]),
        ({"from": "2027-01-16"}, ["from"]),
        ({"from": "2026-01-01", "to": "2026-04-11"}, ["from"]),
        ({"user": ""}, ["user"]),
        ({"user": "u" * 129}, ["user"]),
    ],
)
def test_what_cannot_be_asked_names_what_was_expected(query: dict[str, str], params: list[str]) -> None:
    with pytest.raises(InvalidRequestError) as raised:
        asked(**query)

    assert [problem.param for problem in raised.value.problems] == params


def test_a_day_tells_what_is_spent_apart_from_what_is_still_held() -> None:
    told = usage_object([("2027-01-15", Day(videos=3, committed=2_340_000, reserved=780_000, unconfirmed=1))])

    assert told == {
        "object": "usage",
        "data": [
            {
                "day": "2027-01-15",
                "videos": 3,
                "usd": "1.56",
                "reserved_usd": "0.78",
                "unconfirmed_usd": "0.000001",
            }
        ],
    }
