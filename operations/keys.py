"""API keys of clients: one item each, under the key's hash, beside the owners'."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from operations.errors import OperationError
from operations.owners import key_of
from reelhook.domain.owners import is_key_owner

KEY = re.compile(r"rh_[A-Za-z0-9_-]{43}", re.ASCII)
HINT_CHARACTERS = 4  # of 43: what is left is still beyond guessing


@dataclass(frozen=True)
class ListedKey:
    """What is known of a key; times in ms. Its hash names the item and is shown to nobody."""

    digest: str
    owner: str
    hint: str
    created_at: int
    expires_at: int | None


def create_key(
    client: Any, table_name: str, owner: str, now_ms: int, expires_at_ms: int | None = None
) -> str:
    """Make a key for an owner, and the owner on the first one. Only the key's hash and last characters are kept."""
    if not is_key_owner(owner):
        raise OperationError(
            f'"{owner}" cannot be an owner: up to 63 small letters, digits and hyphens, no hyphen first, '
            "not beginning with jwt-."
        )
    key = f"rh_{secrets.token_urlsafe(32)}"
    item = {
        **_item_key(hashlib.sha256(key.encode()).hexdigest()),
        "kind": {"S": "key"},
        "owner": {"S": owner},
        "hint": {"S": key[-HINT_CHARACTERS:]},
        "created_at": {"N": str(now_ms)},
    }
    if expires_at_ms is not None:
        item["expires_at"] = {"N": str(expires_at_ms)}
    new_key = {"TableName": table_name, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    owner_if_new = {
        "TableName": table_name,
        "Key": key_of(owner),
        "UpdateExpression": "SET kind = :kind, #owner = :owner, created_at = if_not_exists(created_at, :now)",
        "ExpressionAttributeNames": {"#owner": "owner"},
        "ExpressionAttributeValues": {
            ":kind": {"S": "owner"},
            ":owner": {"S": owner},
            ":now": {"N": str(now_ms)},
        },
    }
    client.transact_write_items(TransactItems=[{"Put": new_key}, {"Update": owner_if_new}])
    return key


def list_keys(client: Any, table_name: str, owner: str | None = None) -> list[ListedKey]:
    """All keys, or an owner's, by owner and age."""
    pages = client.get_paginator("scan").paginate(
        TableName=table_name,
        FilterExpression="kind = :kind",
        ExpressionAttributeValues={":kind": {"S": "key"}},
    )
    keys = [_listed(item) for page in pages for item in page["Items"]]
    chosen = [key for key in keys if owner in (None, key.owner)]
    return sorted(chosen, key=lambda key: (key.owner, key.created_at))


def revoke_key(client: Any, table_name: str, said: str, owner: str | None = None) -> ListedKey:
    """End the key that is meant, by itself or by its hint; raises `OperationError` unless that is exactly one."""
    digest = hashlib.sha256(said.encode()).hexdigest() if KEY.fullmatch(said) else None
    hint = said.removeprefix("rh_").removeprefix("...")
    meant = [
        key
        for key in list_keys(client, table_name, owner)
        if (key.digest == digest if digest else key.hint == hint)
    ]
    if not meant:
        raise OperationError("No such key. `make keys` lists them; one that was revoked is gone.")
    if len(meant) > 1:
        raise OperationError(
            f"{len(meant)} keys end in {hint}, of {', '.join(sorted({key.owner for key in meant}))}: "
            "add OWNER=name, or give the whole key."
        )
    client.delete_item(TableName=table_name, Key=_item_key(meant[0].digest))
    return meant[0]


def _item_key(digest: str) -> dict[str, Any]:
    return {"pk": {"S": f"key#{digest}"}, "sk": {"S": "key"}}


def _listed(item: dict[str, Any]) -> ListedKey:
    end = item.get("expires_at")
    return ListedKey(
        digest=item["pk"]["S"].removeprefix("key#"),
        owner=item["owner"]["S"],
        hint=item["hint"]["S"] if "hint" in item else "?",
        created_at=int(item["created_at"]["N"]),
        expires_at=int(end["N"]) if end else None,
    )
