"""API keys of clients: random, kept as hashes, one owner each."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from operations.errors import OperationError
from operations.keys import create_key
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
