"""One DynamoDB table: consistent reads, conditional writes, and questions to its indexes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.expressions import put_parameters, query_parameters, update_parameters
from reelhook.adapters.items.attributes import Item, to_key
from reelhook.adapters.questions import Question
from reelhook.domain.errors.running import StoreError
from reelhook.domain.writes import Key, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BATCH_TRIES = 5  # an answer holds 16 MB at most, which 100 whole items of 400 KB are three times over


class Table:
    """Every method raises `StoreError` when the answer is unclear."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client, self._name = client, name

    def read(self, key: Key) -> Item | None:
        """The item as it stands."""
        with _store_errors():
            answer = self._client.get_item(TableName=self._name, Key=to_key(key), ConsistentRead=True)
        return answer.get("Item")

    def read_many(self, keys: Sequence[Key]) -> Iterator[Item]:
        """The items of at most 100 keys as they stand, in no order; what the table leaves out is asked for again."""
        left: list[Any] = [to_key(key) for key in keys]
        for _ in range(BATCH_TRIES):
            if not left:
                return
            asked: Any = {self._name: {"Keys": left, "ConsistentRead": True}}
            with _store_errors():
                answer = self._client.batch_get_item(RequestItems=asked)
            yield from answer["Responses"].get(self._name, [])
            unread: Any = answer.get("UnprocessedKeys", {})
            left = unread[self._name]["Keys"] if self._name in unread else []
        if left:
            raise StoreError(f"DynamoDB: {len(left)} items left out {BATCH_TRIES} times")

    def apply(self, write: Write) -> tuple[bool, Item | None]:
        """Whether the write stands, and the item: the new one, or what stood there instead."""
        with _store_errors():
            try:
                if write.put is not None:
                    parameters = put_parameters(write)
                    self._client.put_item(TableName=self._name, **parameters)
                    return True, parameters["Item"]
                answer = self._client.update_item(TableName=self._name, **update_parameters(write))
            except ClientError as error:
                if error_code(error) != "ConditionalCheckFailedException":
                    raise
                refused: dict[str, Any] = {**error.response}
                return False, refused.get("Item")
        return True, answer.get("Attributes")

    def query(self, question: Question) -> Iterator[Item]:
        """An index's entries in its own order, page by page as they are asked for."""
        parameters, page = query_parameters(question), dict[str, Any]()
        while True:
            with _store_errors():
                answer = self._client.query(TableName=self._name, **parameters, **page)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


@contextmanager
def _store_errors() -> Iterator[None]:
    """Whatever AWS raises means that nobody knows whether the call was applied."""
    try:
        yield
    except AWS_ERRORS as error:
        raise StoreError(f"DynamoDB: {error_code(error) or type(error).__name__}") from error
