"""API keys of clients: random, kept as hashes, one owner each."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from operations.errors import OperationError
from operations.key_commands import table
from operations.keys import create_key, list_keys, revoke_key
from reelhook.domain.time import DAY
from tests.template import properties

NOW = 1_800_000_000_000


@pytest.fixture
def aws() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session("test", "test", region_name="eu-west-1")


@pytest.fixture
def accounts(aws: boto3.Session) -> Any:
    """A client of a table made as the template makes it."""
    about = properties("AccountsTable")
    client = aws.client("dynamodb")
    client.create_table(
        TableName="accounts",
        **{name: about[name] for name in ("KeySchema", "AttributeDefinitions", "BillingMode")},
    )
    return client


def items(client: Any) -> dict[str, Any]:
    return {item["sk"]["S"]: item for item in client.scan(TableName="accounts")["Items"]}


def test_a_key_is_long_random_and_kept_only_as_its_hash(accounts: Any) -> None:
    key = create_key(accounts, "accounts", "me", NOW)

    assert re.fullmatch(r"rh_[A-Za-z0-9_-]{43}", key)
    assert items(accounts)["key"] == {
        "pk": {"S": f"key#{hashlib.sha256(key.encode()).hexdigest()}"},
        "sk": {"S": "key"},
        "kind": {"S": "key"},
        "owner": {"S": "me"},
        "hint": {"S": key[-4:]},
        "created_at": {"N": str(NOW)},
    }
    assert key not in json.dumps(items(accounts))


def test_a_key_may_end(accounts: Any) -> None:
    create_key(accounts, "accounts", "me", NOW, NOW + 86_400_000)

    assert items(accounts)["key"]["expires_at"] == {"N": str(NOW + 86_400_000)}


def test_the_first_key_makes_the_owner_and_later_ones_leave_it_alone(accounts: Any) -> None:
    create_key(accounts, "accounts", "me", NOW)
    accounts.update_item(
        TableName="accounts",
        Key={"pk": {"S": "owner#me"}, "sk": {"S": "owner"}},
        UpdateExpression="SET disabled = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )
    create_key(accounts, "accounts", "me", NOW + 1)

    assert items(accounts)["owner"] == {
        "pk": {"S": "owner#me"},
        "sk": {"S": "owner"},
        "kind": {"S": "owner"},
        "owner": {"S": "me"},
        "created_at": {"N": str(NOW)},
        "disabled": {"BOOL": True},
    }
    assert accounts.scan(TableName="accounts")["Count"] == 3


@pytest.mark.parametrize("owner", ["a", "0", "acme-films-2", "a" * 63])
def test_an_owners_name_is_small_letters_digits_and_hyphens(accounts: Any, owner: str) -> None:
    assert create_key(accounts, "accounts", owner, NOW)


@pytest.mark.parametrize(
    "owner", ["", "Me", "-me", "a b", "a/b", "a_b", "a#b", "jwt-abc", "jwt-", "a" * 64, "me\n", "ümlaut", "٣"]
)
def test_another_owners_name_is_refused_and_nothing_is_written(accounts: Any, owner: str) -> None:
    with pytest.raises(OperationError, match="cannot be an owner"):
        create_key(accounts, "accounts", owner, NOW)

    assert items(accounts) == {}


def test_keys_are_listed_by_owner_and_age_and_none_is_shown(accounts: Any) -> None:
    keys = [
        create_key(accounts, "accounts", owner, NOW + age, end)
        for owner, age, end in (("b", 0, None), ("a", 1, NOW + DAY), ("a", 0, NOW + 2))
    ]

    told = table(list_keys(accounts, "accounts"), NOW + 2)

    assert told.splitlines() == [
        "KEY         OWNER  CREATED           EXPIRES",
        f"rh_...{keys[2][-4:]}  a      2027-01-15 08:00  2027-01-15 08:00 (over)",
        f"rh_...{keys[1][-4:]}  a      2027-01-15 08:00  2027-01-16 08:00",
        f"rh_...{keys[0][-4:]}  b      2027-01-15 08:00  never",
    ]
    assert [key.hint for key in list_keys(accounts, "accounts", "b")] == [keys[0][-4:]]
    assert list_keys(accounts, "accounts", "nobody") == []


@pytest.mark.parametrize(("before", "shown"), [("", 46), ("rh_...", 4), ("...", 4), ("", 4)])
def test_a_key_is_revoked_by_itself_or_its_hint(accounts: Any, before: str, shown: int) -> None:
    other, key = (create_key(accounts, "accounts", "me", NOW) for _ in range(2))
    said = before + key[-shown:]

    assert revoke_key(accounts, "accounts", said).hint == key[-4:]

    assert [left.hint for left in list_keys(accounts, "accounts")] == [other[-4:]]
    with pytest.raises(OperationError, match="No such key"):
        revoke_key(accounts, "accounts", said)


def test_a_hint_of_two_keys_revokes_neither_until_the_owner_is_named(
    accounts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["x" * 39 + "same", "y" * 39 + "same"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(drawn))
    for owner in ("a", "b"):
        create_key(accounts, "accounts", owner, NOW)

    with pytest.raises(OperationError, match="2 keys end in same, of a, b: add OWNER=name"):
        revoke_key(accounts, "accounts", "same")

    assert revoke_key(accounts, "accounts", "same", "b").owner == "b"
    assert [key.owner for key in list_keys(accounts, "accounts")] == ["a"]


def test_a_key_from_before_there_were_hints_is_revoked_by_itself(accounts: Any) -> None:
    key = create_key(accounts, "accounts", "me", NOW)
    [listed] = list_keys(accounts, "accounts")
    accounts.update_item(
        TableName="accounts",
        Key={"pk": {"S": f"key#{listed.digest}"}, "sk": {"S": "key"}},
        UpdateExpression="REMOVE hint",
    )

    assert "rh_...?" in table(list_keys(accounts, "accounts"), NOW)
    assert revoke_key(accounts, "accounts", key).owner == "me"
