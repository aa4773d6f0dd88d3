"""Each port twice: the fake that other tests use, and the adapter on an emulated AWS made from the template."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer
from botocore.awsrequest import AWSPreparedRequest
from moto import mock_aws

from reelhook.adapters.clients import dynamodb_client, s3_client, sqs_client, ssm_client
from reelhook.adapters.dynamodb import DynamoAccounts, DynamoGates, DynamoVideos
from reelhook.adapters.items import video_to_item
from reelhook.adapters.s3 import S3Media
from reelhook.adapters.sqs import SqsTransferQueue
from reelhook.adapters.ssm import SsmCallbackKeys, SsmSecrets
from reelhook.domain.ports import (
    Accounts,
    ApiKey,
    CallbackKeys,
    GateStore,
    MediaStore,
    TransferQueue,
    VideoStore,
)
from reelhook.domain.token import KeyRing, SigningKey
from reelhook.domain.video import Video
from tests.builders import NOW, RING
from tests.fakes import (
    FixedKeys,
    InMemoryAccounts,
    InMemoryGates,
    InMemoryMedia,
    InMemoryVideos,
    ManualClock,
    RecordingTransferQueue,
)
from tests.template import properties

_NUMBERS = count()
_TABLE_PARTS = (
    "BillingMode",
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
)


@pytest.fixture(scope="session", autouse=True)
def _region() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        yield


@pytest.fixture(scope="module")  # not longer: other modules of this process emulate accounts of their own
def _aws(_region: None) -> Iterator[None]:
    with mock_aws():
        yield


def a_table(logical_id: str) -> str:
    """A new table with the template's own keys and indexes; its name."""
    name = f"{logical_id}-{next(_NUMBERS)}"
    about = {part: value for part, value in properties(logical_id).items() if part in _TABLE_PARTS}
    if "StreamSpecification" in about:
        about["StreamSpecification"] = {"StreamEnabled": True, **about["StreamSpecification"]}
    dynamodb_client().create_table(TableName=name, **about)
    return name


@dataclass(frozen=True)
class Videos:
    """A store of videos, with the doors that only tests need."""

    store: VideoStore
    plant: Callable[[Video], None]
    spoil: Callable[[str, dict[str, Any]], None]  # gives an item attributes no code writes


@dataclass(frozen=True)
class Keys:
    """The keys of callbacks, and how an operator changes them."""

    store: CallbackKeys
    clock: ManualClock
    rotate: Callable[[KeyRing], None]


@dataclass(frozen=True)
class Media:
    """A bucket, and what is in it."""

    store: MediaStore
    content: Callable[[str], bytes | None]


def _dynamo_videos() -> Videos:
    client, table = dynamodb_client(), a_table("VideosTable")

    def plant(video: Video) -> None:
        client.put_item(TableName=table, Item=video_to_item(video))

    def spoil(video_id: str, changes: dict[str, Any]) -> None:
        key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        item = client.get_item(TableName=table, Key=key)["Item"]
        spoiled = {name: TypeSerializer().serialize(value) for name, value in changes.items()}
        client.put_item(TableName=table, Item={**item, **spoiled})

    return Videos(DynamoVideos(client, table), plant, spoil)


@pytest.fixture(params=["fake", "dynamodb"])
def videos(request: pytest.FixtureRequest) -> Videos:
    if request.param == "fake":
        fake = InMemoryVideos()
        return Videos(fake, fake.plant, lambda video_id, changes: fake.spoil(video_id, **changes))
    request.getfixturevalue("_aws")
    return _dynamo_videos()


@pytest.fixture(params=["fake", "dynamodb"])
def gates(request: pytest.FixtureRequest) -> GateStore:
    if request.param == "fake":
        return InMemoryGates()
    request.getfixturevalue("_aws")
    return DynamoGates(dynamodb_client(), a_table("VideosTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def accounts(request: pytest.FixtureRequest) -> Accounts:
    """Two keys: `lasting` and `ending`, by their SHA-256."""
    lasting, ending = (hashlib.sha256(key).hexdigest() for key in (b"lasting", b"ending"))
    if request.param == "fake":
        return InMemoryAccounts({lasting: ApiKey("owner-1"), ending: ApiKey("owner-2", 1_800_000_000_000)})
    request.getfixturevalue("_aws")
    client, table = dynamodb_client(), a_table("AccountsTable")
    about = {"kind": {"S": "key"}, "created_at": {"N": "1"}, "sk": {"S": "key"}}
    client.put_item(TableName=table, Item={**about, "pk": {"S": f"key#{lasting}"}, "owner": {"S": "owner-1"}})
    limited = {**about, "owner": {"S": "owner-2"}, "expires_at": {"N": "1800000000000"}}
    client.put_item(TableName=table, Item={**limited, "pk": {"S": f"key#{ending}"}})
    return DynamoAccounts(client, table)


def _as_bytes(request: AWSPreparedRequest, **_: object) -> None:
    """The emulator in this process reads no bytearray; a wire does."""
    if isinstance(request.body, bytearray):
        request.body = bytes(request.body)


@pytest.fixture(params=["fake", "s3"])
def media(request: pytest.FixtureRequest) -> Media:
    if request.param == "fake":
        fake = InMemoryMedia()
        return Media(fake, fake.contents.get)
    request.getfixturevalue("_aws")
    client, bucket = s3_client(), f"media-{next(_NUMBERS)}"
    client.meta.events.register_first("before-send.s3", _as_bytes)
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})

    def content(key: str) -> bytes | None:
        there = client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
        return client.get_object(Bucket=bucket, Key=key)["Body"].read() if there else None

    return Media(S3Media(client, bucket), content)


@pytest.fixture(params=["fake", "sqs"])
def queue(request: pytest.FixtureRequest) -> tuple[TransferQueue, Callable[[], list[str]]]:
    """A queue, and the bodies that came out of it."""
    if request.param == "fake":
        fake = RecordingTransferQueue()
        return fake, lambda: [f'{{"video_id": "{video_id}"}}' for video_id in fake.sent]
    request.getfixturevalue("_aws")
    client = sqs_client()
    url = client.create_queue(QueueName=f"transfers-{next(_NUMBERS)}")["QueueUrl"]

    def received() -> list[str]:
        messages = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [message["Body"] for message in messages]

    return SqsTransferQueue(client, url), received


@pytest.fixture(params=["fake", "ssm"])
def keys(request: pytest.FixtureRequest) -> Keys:
    """Keys whose ring is that of the builders."""
    clock = ManualClock(NOW)
    if request.param == "fake":
        fake = FixedKeys(RING)
        return Keys(fake, clock, lambda ring: setattr(fake, "newer", ring))
    request.getfixturevalue("_aws")
    client, path = ssm_client(), f"/reelhook/{next(_NUMBERS)}"

    def put(ring: KeyRing) -> None:
        told = {"current": _told(ring.current), "previous": ring.previous and _told(ring.previous)}
        client.put_parameter(
            Name=f"{path}/callback-keys", Value=json.dumps(told), Type="SecureString", Overwrite=True
        )

    put(RING)
    return Keys(SsmCallbackKeys(SsmSecrets(client, path), clock), clock, put)


def _told(key: SigningKey) -> dict[str, str]:
    return {"id": key.id, "secret": b64encode(key.secret).decode()}
