"""The adapters on an emulated AWS whose tables are the template's own."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeSerializer
from botocore.awsrequest import AWSPreparedRequest

from operations.owners import set_owner
from reelhook.adapters.accounts import DynamoAccounts, DynamoLedger
from reelhook.adapters.clients import dynamodb_client, events_client, s3_client, sqs_client, ssm_client
from reelhook.adapters.dynamodb import DynamoVideos
from reelhook.adapters.events import EventBridgeBus
from reelhook.adapters.inbox import S3Inbox, S3Outcomes
from reelhook.adapters.items.videos import video_to_item
from reelhook.adapters.references import S3References
from reelhook.adapters.s3 import S3Media
from reelhook.adapters.sqs import SqsTransferQueue
from reelhook.adapters.ssm import SsmCallbackKeys, SsmSecrets
from reelhook.adapters.transactions import DynamoTransactions
from reelhook.adapters.uploads import S3Uploads
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import ApiKey, Ledger
from reelhook.domain.ports.drops import Inbox, Outcomes
from reelhook.domain.ports.events import EventBus
from reelhook.domain.ports.media import MediaStore, ReferenceStore
from reelhook.domain.ports.providers import CallbackKeys
from reelhook.domain.ports.uploads import UploadStore
from reelhook.domain.ports.videos import Transactions, TransferQueue, VideoStore
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.token import KeyRing, SigningKey
from reelhook.domain.video import Video
from tests.fakes import ManualClock
from tests.template import properties

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

_NUMBERS = count()
_OF_A_TABLE = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")


@dataclass(frozen=True)
class Videos:
    """A store of videos, with the doors that only tests need."""

    store: VideoStore
    plant: Callable[[Video], None]
    spoil: Callable[[str, dict[str, Any]], None]  # gives an item attributes that no code writes


@dataclass(frozen=True)
class Together:
    """Transactions over a table of videos, and the ledger that they write."""

    store: Transactions
    videos: VideoStore
    plant: Callable[[Video], None]
    spoil: Callable[[str, dict[str, Any]], None]
    ledger: Ledger


@dataclass(frozen=True)
class Media:
    """A bucket, and what is in it."""

    store: MediaStore
    content: Callable[[str], bytes | None]


@dataclass(frozen=True)
class References:
    """A bucket for references, and what is in it: the bytes and their type."""

    store: ReferenceStore
    standing: Callable[[str], tuple[bytes, str] | None]


@dataclass(frozen=True)
class Uploads:
    """A bucket for uploads, and what a client does with a form."""

    store: UploadStore
    post: Callable[[str, bytes], None]


@dataclass(frozen=True)
class Drops:
    """An inbox, and what its owners do: `put` answers the version's ETag and id."""

    inbox: Inbox
    outcomes: Outcomes
    put: Callable[[str, bytes, str | None], tuple[str, str]]
    remove: Callable[[str], None]
    told: Callable[[str], dict[str, Any]]  # what lies at an outcome's key


@dataclass(frozen=True)
class Keys:
    """The keys of callbacks, and how an operator changes them."""

    store: CallbackKeys
    clock: ManualClock
    rotate: Callable[[KeyRing], None]


@dataclass(frozen=True)
class Queue:
    """A queue, and the bodies that come out of it."""

    store: TransferQueue
    received: Callable[[], list[str]]


@cache
def dynamo_client() -> "DynamoDBClient":
    """The one client of these tests: to make one takes as long as ten calls."""
    return dynamodb_client()


type Event = tuple[str, Instant, Mapping[str, object]]


@dataclass(frozen=True)
class Bus:
    """A bus, and what somebody who listens hears: type, time and detail of each event."""

    port: EventBus
    received: Callable[[], list[Event]]


def a_table(logical_id: str) -> str:
    """A new table with the keys and indexes of one in the template; its name."""
    name = f"{logical_id}-{next(_NUMBERS)}"
    about = {part: value for part, value in properties(logical_id).items() if part in _OF_A_TABLE}
    dynamo_client().create_table(TableName=name, **about)
    return name


def dynamo_together() -> Together:
    """Transactions over an empty table."""
    table = a_table("VideosTable")
    near = dynamo_videos(table)
    accounts = a_table("AccountsTable")
    tables = dict.fromkeys(("video", "fingerprint"), table) | dict.fromkeys(("day", "in_flight"), accounts)
    transactions = DynamoTransactions(dynamo_client(), tables, lambda _tried: None)
    ledger = DynamoLedger(dynamo_client(), accounts)
    return Together(transactions, near.store, near.plant, near.spoil, ledger)


def dynamo_videos(table: str = "") -> Videos:
    """An empty table of videos."""
    client, table = dynamo_client(), table or a_table("VideosTable")

    def plant(video: Video) -> None:
        client.put_item(TableName=table, Item=video_to_item(video))

    def spoil(video_id: str, changes: dict[str, Any]) -> None:
        key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        item = client.get_item(TableName=table, Key=key)["Item"]
        spoiled = {name: TypeSerializer().serialize(value) for name, value in changes.items()}
        client.put_item(TableName=table, Item={**item, **spoiled})

    return Videos(DynamoVideos(client, table), plant, spoil)


def dynamo_accounts(keys: dict[str, ApiKey], *owners: Owner) -> DynamoAccounts:
    """A table of accounts with these keys, by their hashes, and owners as `make owner` writes them."""
    client, table = dynamo_client(), a_table("AccountsTable")
    for key_hash, key in keys.items():
        item: dict[str, Any] = {"pk": {"S": f"key#{key_hash}"}, "sk": {"S": "key"}, "kind": {"S": "key"}}
        item |= {"owner": {"S": key.owner}, "created_at": {"N": "1"}}
        if key.expires_at is not None:
            item["expires_at"] = {"N": str(key.expires_at)}
        client.put_item(TableName=table, Item=item)
    for owner in owners:
        set_owner(client, table, owner.name, 1, limits=owner.limits, disabled=owner.disabled)
    return DynamoAccounts(client, table)


def _s3_bucket() -> tuple["S3Client", str]:
    """An empty bucket with versions, as the template's."""
    client, bucket = s3_client(), f"media-{next(_NUMBERS)}"
    client.meta.events.register_first("before-send.s3", _as_bytes)
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return client, bucket


def s3_media() -> Media:
    """An empty bucket for videos."""
    client, bucket = _s3_bucket()

    def content(key: str) -> bytes | None:
        there = client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
        return client.get_object(Bucket=bucket, Key=key)["Body"].read() if there else None

    return Media(S3Media(client, bucket), content)


def s3_references() -> References:
    """An empty bucket for references."""
    client, bucket = _s3_bucket()

    def standing(key: str) -> tuple[bytes, str] | None:
        if not client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents"):
            return None
        held = client.get_object(Bucket=bucket, Key=key)
        return held["Body"].read(), held["ContentType"]

    return References(S3References(lambda: client, bucket), standing)


def s3_uploads() -> Uploads:
    """An empty bucket for uploads."""
    client, bucket = _s3_bucket()

    def post(key: str, data: bytes) -> None:
        client.put_object(Bucket=bucket, Key=key, Body=data, ContentType="image/png")

    return Uploads(S3Uploads(lambda: client, bucket), post)


def s3_inbox() -> Drops:
    """An empty inbox."""
    client, bucket = _s3_bucket()

    def put(key: str, data: bytes, request: str | None) -> tuple[str, str]:
        metadata = {} if request is None else {"reelhook": request}
        put = client.put_object(Bucket=bucket, Key=key, Body=data, Metadata=metadata)
        return put["ETag"].strip('"'), put["VersionId"]

    def remove(key: str) -> None:
        client.delete_object(Bucket=bucket, Key=key)

    def told(key: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(client.get_object(Bucket=bucket, Key=key)["Body"].read())
        return found

    return Drops(S3Inbox(client, bucket), S3Outcomes(lambda: client, bucket), put, remove, told)


def _as_bytes(request: AWSPreparedRequest, **_: object) -> None:
    """The emulator in this process reads no bytearray; a wire does."""
    if isinstance(request.body, bytearray):
        request.body = bytes(request.body)


def sqs_queue() -> Queue:
    """An empty queue."""
    client = sqs_client()
    url = client.create_queue(QueueName=f"transfers-{next(_NUMBERS)}")["QueueUrl"]

    def received() -> list[str]:
        messages = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [message["Body"] for message in messages]

    return Queue(SqsTransferQueue(lambda: client, url), received)


def eventbridge_bus() -> Bus:
    """A bus of its own, with a queue that hears everything."""
    events, sqs, name = events_client(), sqs_client(), f"telling-{next(_NUMBERS)}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name=name)
    events.put_rule(Name=name, EventBusName=name, EventPattern='{"source": ["reelhook"]}')
    events.put_targets(Rule=name, EventBusName=name, Targets=[{"Id": "queue", "Arn": arn}])

    def received() -> list[Event]:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        told = [json.loads(message["Body"]) for message in messages]
        return [
            (
                each["detail-type"],
                int(datetime.fromisoformat(each["time"]).timestamp()) * SECOND,
                each["detail"],
            )
            for each in told
        ]

    return Bus(EventBridgeBus(events, name), received)


def ssm_keys(ring: KeyRing, clock: ManualClock) -> Keys:
    """These keys as a SecureString."""
    client, path = ssm_client(), f"/reelhook/{next(_NUMBERS)}"

    def put(ring: KeyRing) -> None:
        told = {"current": _told(ring.current), "previous": ring.previous and _told(ring.previous)}
        name = f"{path}/callback-keys"
        client.put_parameter(Name=name, Value=json.dumps(told), Type="SecureString", Overwrite=True)

    put(ring)
    return Keys(SsmCallbackKeys(SsmSecrets(client, path), clock), clock, put)


def _told(key: SigningKey) -> dict[str, str]:
    return {"id": key.id, "secret": b64encode(key.secret).decode()}
