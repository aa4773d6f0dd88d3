"""What DynamoDB would charge for the requests of a call, by its own rules, and how many requests there were to whom.

Sizes and units as the developer guide has them ("DynamoDB item sizes and formats", "read and write operations"): 1 KB a
write unit, 4 KB a read unit, twice that in a transaction, half of it for an eventually consistent read; an index's entry
is written where it changes, and written twice where its key does.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import pytest
from botocore.client import BaseClient

from tests.template import properties

type Item = dict[str, dict[str, Any]]

CALL = "_make_api_call"  # through which botocore makes every request
WRITES = ("PutItem", "UpdateItem", "DeleteItem")


class Meter:
    """Counts; `requests` are by service and operation."""

    def __init__(self) -> None:
        self.writes = self.reads = 0.0
        self.requests = Counter[tuple[str, str]]()

    @property
    def trips(self) -> int:
        """How many requests there were, those aside that a process makes once: for its secrets."""
        return sum(count for (service, _), count in self.requests.items() if service != "ssm")

    @contextmanager
    def on(self, monkeypatch: pytest.MonkeyPatch) -> Iterator["Meter"]:
        """Counts what is requested meanwhile."""
        with monkeypatch.context() as patched:
            real: Any = getattr(BaseClient, CALL)

            def counted(client: Any, operation: str, about: dict[str, Any]) -> Any:
                service = client.meta.service_model.service_name
                self.requests[service, operation] += 1
                if service != "dynamodb":
                    return real(client, operation, about)

                def standing(table: str, key: Item) -> Item:
                    found = real(client, "GetItem", {"TableName": table, "Key": key, "ConsistentRead": True})
                    item: Item = found.get("Item", {})
                    return item

                touched = list(_written(operation, about))
                before = [standing(table, key) for table, key in touched]
                answer = real(client, operation, about)
                times = 2 if operation == "TransactWriteItems" else 1
                for (table, key), old in zip(touched, before, strict=True):
                    self.writes += times * _base_units(old, standing(table, key))
                    self.writes += times * _index_units(table, old, standing(table, key))
                self.reads += _read_units(operation, about, answer)
                return answer

            patched.setattr(BaseClient, CALL, counted)
            yield self


def _written(operation: str, about: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    if operation in WRITES:
        yield about["TableName"], _key(about.get("Key", about.get("Item", {})))
    for each in about.get("TransactItems", []):
        for made in each.values():
            yield made["TableName"], _key(made.get("Key", made.get("Item", {})))


def _key(item: Item) -> Item:
    return {name: item[name] for name in ("pk", "sk")}


def _base_units(old: Item, new: Item) -> int:
    return max(1, ceil(max(size(old), size(new)) / 1024))


def _index_units(table: str, old: Item, new: Item) -> int:
    units = 0
    for index in properties(table).get("GlobalSecondaryIndexes", []):
        keys = [each["AttributeName"] for each in index["KeySchema"]]
        kept = {*keys, "pk", "sk", *index["Projection"].get("NonKeyAttributes", [])}
        was, now = (
            {name: value for name, value in item.items() if name in kept} if set(keys) <= set(item) else {}
            for item in (old, new)
        )
        if was == now:
            continue
        moved = was and now and any(was[key] != now[key] for key in keys)
        units += (2 if moved else 1) * max(1, ceil(max(size(was), size(now)) / 1024))
    return units


def _read_units(operation: str, about: dict[str, Any], answer: dict[str, Any]) -> float:
    if operation not in ("GetItem", "Query"):
        return 0.0
    items = answer.get("Items", [answer.get("Item", {})])
    units = max(1, ceil(sum(map(size, items)) / 4096))
    return units * (1.0 if about.get("ConsistentRead") else 0.5)


def size(value: Any) -> int:
    """Bytes of an item, or of a value in DynamoDB's own JSON."""
    match value:
        case {"S": str(text)}:
            return len(text.encode())
        case {"N": str(number)}:
            return (len(number.strip("-0.")) + 1) // 2 + 1
        case {"BOOL": _} | {"NULL": _}:
            return 1
        case {"M": dict(members)}:
            return 3 + sum(1 + len(name.encode()) + size(held) for name, held in members.items())
        case {"L": list(members)}:
            return 3 + sum(1 + size(held) for held in members)
        case {"SS": list(texts)}:
            return sum(len(text.encode()) for text in texts)
        case dict():
            return sum(len(name.encode()) + size(held) for name, held in value.items())
    raise AssertionError(f"a value of a kind that no item has: {value!r}")
