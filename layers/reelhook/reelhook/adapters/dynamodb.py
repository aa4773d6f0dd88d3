"""The stores of videos, gates and accounts in DynamoDB."""

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.expressions import put_parameters, update_parameters
from reelhook.adapters.items import (
    Item,
    gate_from_item,
    id_in,
    key_from_item,
    owner_from_item,
    to_key,
    video_from_item,
)
from reelhook.domain.errors import StoreError
from reelhook.domain.gate import Gate
from reelhook.domain.lifecycle.writing import SHARDS
from reelhook.domain.owners import Owner
from reelhook.domain.ports import ApiKey
from reelhook.domain.time import Instant
from reelhook.domain.video import Video
from reelhook.domain.writes import Key, Outcome, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PAGE = 100  # ids per query: one tick rarely has time for more


class _Table:
    """One table: consistent reads, conditional writes, and queries that yield ids."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client, self._table = client, table

    def read(self, key: Key) -> Item | None:
        with _store_errors():
            answer = self._client.get_item(TableName=self._table, Key=to_key(key), ConsistentRead=True)
        return answer.get("Item")

    def apply(self, write: Write) -> tuple[bool, Item | None]:
        """Whether the write stands, and the item: the new one, or what stood there instead."""
        with _store_errors():
            try:
                if write.put is not None:
                    parameters = put_parameters(write)
                    self._client.put_item(TableName=self._table, **parameters)
                    return True, parameters["Item"]
                answer = self._client.update_item(TableName=self._table, **update_parameters(write))
            except ClientError as error:
                if error_code(error) != "ConditionalCheckFailedException":
                    raise
                refused: dict[str, Any] = {**error.response}
                return False, refused.get("Item")
        return True, answer.get("Attributes")

    def query(self, index: str, partition: tuple[str, str], before: tuple[str, int] | None) -> Iterator[Item]:
        """An index's keys in its own order, page by page as they are asked for."""
        names, values = {"#p": partition[0]}, {":p": {"S": partition[1]}}
        condition = "#p = :p"
        if before is not None:
            names["#r"], values[":r"] = before[0], {"N": str(before[1])}
            condition += " AND #r <= :r"
        page: dict[str, Any] = {}
        while True:
            with _store_errors():
                answer = self._client.query(
                    TableName=self._table,
                    IndexName=index,
                    KeyConditionExpression=condition,
                    ExpressionAttributeNames=names,
                    ExpressionAttributeValues=values,
                    Limit=PAGE,
                    **page,
                )
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


class DynamoVideos:
    """`VideoStore` in the table of videos."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = _Table(client, table)

    def read(self, video_id: str) -> Video | None:
        return video_from_item(self._table.read(Key("video", video_id)))

    def apply(self, write: Write) -> Outcome[Video]:
        applied, item = self._table.apply(write)
        return Outcome(applied, video_from_item(item))

    def with_task(self, task_id: str) -> tuple[str, ...]:
        return tuple(id_in(item) for item in self._table.query("task", ("task_id", task_id), None))

    def due(self, now: Instant) -> Iterator[str]:
        shards = [
            self._table.query("due", ("open", str(shard)), before=("due_at", now)) for shard in range(SHARDS)
        ]
        return (id_in(item) for item in heapq.merge(*shards, key=lambda item: int(item["due_at"]["N"])))

    def queued(self, provider: str) -> Iterator[str]:
        return (id_in(item) for item in self._table.query("queue", ("queue", provider), None))


class DynamoGates:
    """`GateStore`, beside the videos."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = _Table(client, table)

    def read(self, provider: str) -> Gate:
        return gate_from_item(provider, self._table.read(Key("gate", provider)))

    def apply(self, write: Write) -> Outcome[Gate]:
        applied, item = self._table.apply(write)
        return Outcome(applied, gate_from_item(write.key.id, item) if item else None)


class DynamoAccounts:
    """`Accounts` in their own table, which no callback's role may touch."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = _Table(client, table)

    def find_key(self, key_hash: str) -> ApiKey | None:
        item = self._table.read(Key("key", key_hash))
        return key_from_item(item) if item else None

    def find_owner(self, name: str) -> Owner | None:
        item = self._table.read(Key("owner", name))
        return owner_from_item(name, item) if item else None


@contextmanager
def _store_errors() -> Iterator[None]:
    """Whatever AWS raises means that nobody knows whether the call was applied."""
    try:
        yield
    except AWS_ERRORS as error:
        raise StoreError(f"DynamoDB: {error_code(error) or type(error).__name__}") from error
