"""Whatever AWS answers that is not an answer becomes one error: nobody knows whether the call was applied."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from reelhook.adapters.accounts import DynamoAccounts
from reelhook.adapters.dynamodb import DynamoGates, DynamoVideos
from reelhook.adapters.items.videos import video_to_item
from reelhook.adapters.sqs import SqsTransferQueue
from reelhook.domain.errors.running import StoreError
from reelhook.domain.gate import Gate, reopen
from reelhook.domain.lifecycle.sending import claim_new, claim_queued
from reelhook.domain.listing import Listing
from tests.builders import NOW, TIMING, VIDEO_ID, a_draft, a_video, a_video_id
from tests.hosts import Behaviour, answer, hanging, head, hosting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

HASTY = Config(connect_timeout=0.2, read_timeout=0.2, retries={"total_max_attempts": 1})
SESSION = boto3.Session("test", "test", region_name="eu-west-1")

CALLS: dict[str, Callable[["DynamoDBClient"], object]] = {
    "get_item": lambda client: DynamoVideos(client, "videos").read(VIDEO_ID),
    "put_item": lambda client: DynamoVideos(client, "videos").apply(
        claim_new(a_draft(), "claim", NOW, TIMING)
    ),
    "update_item": lambda client: DynamoVideos(client, "videos").apply(
        claim_queued(a_video(), "claim", NOW, TIMING)
    ),
    "query": lambda client: next(DynamoVideos(client, "videos").due(NOW)),
    "batch_get_item": lambda client: DynamoVideos(client, "videos").read_many([VIDEO_ID]),
}
OTHER_CALLS: dict[str, Callable[["DynamoDBClient"], object]] = {
    "with_task": lambda client: DynamoVideos(client, "videos").with_task("task-1"),
    "tombstone": lambda client: DynamoVideos(client, "videos").tombstone(VIDEO_ID),
    "listed": lambda client: list(DynamoVideos(client, "videos").listed(Listing("owner-1"))),
    "queued": lambda client: list(DynamoVideos(client, "videos").queued("apixo")),
    "gate": lambda client: DynamoGates(client, "videos").read("apixo"),
    "gate's write": lambda client: DynamoGates(client, "videos").apply(reopen("apixo")),
    "key": lambda client: DynamoAccounts(client, "accounts").find_key("0" * 64),
}


@pytest.fixture
def client() -> "DynamoDBClient":
    return SESSION.client("dynamodb", config=HASTY)


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "TransactionConflictException",
        "InternalServerError",
        "AccessDeniedException",
        "ResourceNotFoundException",
        "ValidationException",
    ],
)
@pytest.mark.parametrize("method", CALLS)
def test_an_error_of_the_table_is_a_store_error(client: "DynamoDBClient", method: str, code: str) -> None:
    with Stubber(client) as stub:
        stub.add_client_error(method, code)
        with pytest.raises(StoreError, match=code) as raised:
            CALLS[method](client)

    assert raised.value.__cause__ is not None


def test_items_are_read_consistently(client: "DynamoDBClient") -> None:
    told = {"TableName": "videos", "ConsistentRead": True}
    with Stubber(client) as stub:
        for kind, item_id in (("video", VIDEO_ID), ("gate", "apixo")):
            key = {"pk": {"S": f"{kind}#{item_id}"}, "sk": {"S": kind}}
            stub.add_response("get_item", {}, {**told, "Key": key})

        assert DynamoVideos(client, "videos").read(VIDEO_ID) is None
        assert DynamoGates(client, "videos").read("apixo") == Gate("apixo")


def left_out(stub: Stubber, asked: list[str], answered: list[str]) -> None:
    """The table answers for some of the items it is asked for, as it may at any time."""
    keys = {video_id: {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}} for video_id in asked}
    rest = [keys[video_id] for video_id in asked if video_id not in answered]
    stub.add_response(
        "batch_get_item",
        {
            "Responses": {"videos": [video_to_item(a_video(video_id=video_id)) for video_id in answered]},
            "UnprocessedKeys": {"videos": {"Keys": rest, "ConsistentRead": True}} if rest else {},
        },
        {"RequestItems": {"videos": {"Keys": list(keys.values()), "ConsistentRead": True}}},
    )


def test_what_a_batch_leaves_out_is_asked_for_again(client: "DynamoDBClient") -> None:
    ids = [a_video_id(number) for number in range(3)]
    with Stubber(client) as stub:
        left_out(stub, ids, [ids[1]])
        left_out(stub, [ids[0], ids[2]], [])
        left_out(stub, [ids[0], ids[2]], [ids[2], ids[0]])

        assert set(DynamoVideos(client, "videos").read_many(ids)) == set(ids)
        stub.assert_no_pending_responses()


def test_a_batch_that_goes_on_leaving_something_out_is_a_store_error(client: "DynamoDBClient") -> None:
    with Stubber(client) as stub:
        for _ in range(5):
            left_out(stub, [VIDEO_ID], [])
        with pytest.raises(StoreError, match="1 items left out 5 times"):
            DynamoVideos(client, "videos").read_many([VIDEO_ID])
        stub.assert_no_pending_responses()


UNCLEAR: dict[str, Behaviour] = {
    "silence": hanging(),
    "a hung-up line": lambda _: None,
    "half a body": lambda connection: connection.sendall(head(lines={"Content-Length": "99"}) + b"{"),
    "no HTTP": lambda connection: connection.sendall(b"\x15\x03\x01\x00\x02\x02\x16"),
    "a gateway's 502": answer(b"<html>", "502 Bad Gateway"),
}


@pytest.mark.parametrize("call", CALLS | OTHER_CALLS)
@pytest.mark.parametrize("name", UNCLEAR)
def test_no_answer_is_a_store_error(name: str, call: str) -> None:
    with hosting(UNCLEAR[name]) as host:
        client = SESSION.client("dynamodb", endpoint_url=host.origin, config=HASTY)
        with pytest.raises(StoreError):
            (CALLS | OTHER_CALLS)[call](client)


def test_no_credentials_are_a_store_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    client = boto3.Session().client("dynamodb", region_name="eu-west-1", config=HASTY)

    with pytest.raises(StoreError, match="NoCredentialsError"):
        DynamoVideos(client, "videos").read(VIDEO_ID)


@pytest.fixture
def sqs() -> Iterator[tuple[Any, Stubber]]:
    client = SESSION.client("sqs", config=HASTY)
    with Stubber(client) as stub:
        yield client, stub


def test_a_queue_that_takes_nothing_is_a_store_error(sqs: tuple[Any, Stubber]) -> None:
    client, stub = sqs
    stub.add_client_error("send_message", "ServiceUnavailable")

    with pytest.raises(StoreError, match="ServiceUnavailable"):
        SqsTransferQueue(lambda: client, "https://sqs.test/queue").send(VIDEO_ID)
