"""`make owner`: an owner's limits, and whether it is shut out. What is not named stays as it is."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from operations import target
from operations.errors import OperationError, told
from reelhook.adapters.items.accounts import owner_from_item
from reelhook.adapters.items.attributes import attribute
from reelhook.domain.owners import Limits, Owner, OwnerLimits, count_of, is_owner, usd_of

READ: dict[str, Callable[[str], int | Decimal]] = {
    "videos_per_day": count_of,
    "in_flight": count_of,
    "usd_per_day": usd_of,
}
WORDS = {
    "videos_per_day": "{} videos a day",
    "in_flight": "{} videos in flight",
    "usd_per_day": "{} USD a day",
}
UNSET = "default"


def key_of(name: str) -> dict[str, Any]:
    """The key of an owner's item; raises `OperationError` if this is no owner's name."""
    if not is_owner(name):
        raise OperationError(
            f'"{name}" cannot be an owner: up to 63 small letters, digits and hyphens, no hyphen first, '
            "and jwt- only before the 26 characters of a JWT's owner."
        )
    return {"pk": {"S": f"owner#{name}"}, "sk": {"S": "owner"}}


def find_owner(client: Any, table: str, name: str) -> Owner:
    """The owner as it stands; one that nobody wrote down is plain."""
    item = client.get_item(TableName=table, Key=key_of(name), ConsistentRead=True).get("Item")
    return owner_from_item(name, item) if item else Owner(name)


def set_owner(
    client: Any, table: str, name: str, now_ms: int, *, limits: OwnerLimits, disabled: bool
) -> None:
    """Write an owner down, in place of what was said of it before."""
    client.update_item(
        TableName=table,
        Key=key_of(name),
        UpdateExpression="SET kind = :kind, #owner = :owner, created_at = if_not_exists(created_at, :now), "
        "limits = :limits, disabled = :disabled",
        ExpressionAttributeNames={"#owner": "owner"},
        ExpressionAttributeValues={
            ":kind": attribute("owner"),
            ":owner": attribute(name),
            ":now": attribute(now_ms),
            ":limits": attribute(limits),
            ":disabled": attribute(disabled),
        },
    )


def changed(limits: Limits, said: dict[str, str | None]) -> Limits:
    """The limits with what was said about them; raises `OperationError`."""
    values: dict[str, Any] = {}
    for name, text in said.items():
        if text is None:
            continue
        try:
            values[name] = None if text == UNSET else READ[name](text)
        except ValueError as error:
            raise OperationError(f"{name.upper()}: {error}, or {UNSET}.") from None
    return replace(limits, **values)


def report(owner: Owner, before: Owner, where: str) -> str:
    """How the owner stands, and what to do next."""
    lines = [
        f"In {where}, {owner.name} {'is disabled' if owner.disabled else 'may ask for videos'}.",
        f"  limits: {_in_words(owner.limits.owner)}",
        f"  of each of its users: {_in_words(owner.limits.user)}",
    ]
    if owner.disabled:
        lines += [
            "Its requests are refused with 403 within a minute; what it has queued is not sent any more.",
            f"Next: make owner OWNER={owner.name} DISABLED=0 lets it in again.",
        ]
    elif before.disabled:
        lines.append("It is let in again within a minute.")
    elif owner.name.startswith("jwt-"):
        lines.append("It needs no key: its JWTs are enough.")
    else:
        lines.append(
            f"Next: make key OWNER={owner.name} gives it a key, make keys OWNER={owner.name} lists them."
        )
    return "\n".join(lines)


def _in_words(limits: Limits) -> str:
    told = {field.name: getattr(limits, field.name) for field in fields(limits)}
    words = [
        WORDS[name].format(f"{Decimal(value).normalize():f}")
        for name, value in told.items()
        if value is not None
    ]
    return ", ".join(words) if words else "the stack's defaults"


def main() -> None:
    """Set what is named, and tell how the owner stands."""
    parser = argparse.ArgumentParser(prog="python -m operations.owners", description=__doc__)
    parser.add_argument("owner", help="its name")
    for name in READ:
        parser.add_argument(f"--{name.upper()}", dest=name, metavar="N", help=f"a number, or {UNSET}")
        parser.add_argument(
            f"--USER_{name.upper()}", dest=f"user_{name}", metavar="N", help="of each end user"
        )
    parser.add_argument(
        "--DISABLED", dest="disabled", choices=("0", "1"), help="1 shuts it out, 0 lets it in"
    )
    said = vars(parser.parse_args())
    where = target.find()
    client, table = where.client("dynamodb"), where.accounts_table
    before = find_owner(client, table, said["owner"])
    limits = OwnerLimits(
        changed(before.limits.owner, {name: said[name] for name in READ}),
        changed(before.limits.user, {name: said[f"user_{name}"] for name in READ}),
    )
    disabled = before.disabled if said["disabled"] is None else said["disabled"] == "1"
    set_owner(client, table, before.name, time.time_ns() // 1_000_000, limits=limits, disabled=disabled)
    print(report(Owner(before.name, disabled, limits), before, where.title))


if __name__ == "__main__":
    sys.exit(told(main))
