"""API keys of clients: `python -m operations.keys create --owner NAME [--days N]` prints one, once."""

import argparse
import hashlib
import re
import secrets
import sys
import time
from typing import Any

from operations import target
from operations.errors import OperationError, told

OWNER = re.compile(r"(?!jwt-)[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
DAY_MS = 86_400_000


def create_key(
    client: Any, table_name: str, owner: str, now_ms: int, expires_at_ms: int | None = None
) -> str:
    """Make a key for an owner, and the owner on the first one. Only the key's hash is kept."""
    if not OWNER.fullmatch(owner):
        raise OperationError(
            f'"{owner}" cannot be an owner: up to 63 small letters, digits and hyphens, no hyphen first, '
            "not beginning with jwt-."
        )
    key = f"rh_{secrets.token_urlsafe(32)}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    item = {
        "pk": {"S": f"key#{digest}"},
        "sk": {"S": "key"},
        "kind": {"S": "key"},
        "owner": {"S": owner},
        "created_at": {"N": str(now_ms)},
    }
    if expires_at_ms is not None:
        item["expires_at"] = {"N": str(expires_at_ms)}
    new_key = {"TableName": table_name, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    owner_if_new = {
        "TableName": table_name,
        "Key": {"pk": {"S": f"owner#{owner}"}, "sk": {"S": "owner"}},
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


def main() -> None:
    """Make a key where the environment says; the key alone goes to standard output."""
    parser = argparse.ArgumentParser(prog="python -m operations.keys", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="create")
    create = commands.add_parser("create", help="make a key")
    create.add_argument("--owner", required=True, help="who the videos asked for with it belong to")
    create.add_argument("--days", type=int, help="how long it is good for; without, for ever")
    arguments = parser.parse_args()
    if arguments.days is not None and arguments.days < 1:
        parser.error("--days: at least 1")
    now_ms = time.time_ns() // 1_000_000
    expires_at_ms = None if arguments.days is None else now_ms + arguments.days * DAY_MS
    where = target.find()
    key = create_key(where.client("dynamodb"), where.accounts_table, arguments.owner, now_ms, expires_at_ms)
    life = "for ever" if arguments.days is None else f"for {arguments.days} days"
    print(
        f"A key for {arguments.owner} in {where.title}, good {life}. It is shown this once:", file=sys.stderr
    )
    print(key)


if __name__ == "__main__":
    sys.exit(told(main))
