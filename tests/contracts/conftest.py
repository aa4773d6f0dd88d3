"""Each port twice: the fake that other tests use, and the adapter. One suite holds both to the same behaviour."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from botocore.config import Config
from moto import mock_aws

from reelhook.adapters import clients
from reelhook.adapters.dynamodb import DynamoGates
from reelhook.adapters.inbox import outcome_object
from reelhook.domain.owners import Limits, Owner, OwnerLimits
from reelhook.domain.ports.accounts import Accounts, ApiKey
from reelhook.domain.ports.videos import GateStore
from tests.builders import NOW, RING
from tests.contracts.aws import (
    Bus,
    Drops,
    Keys,
    Media,
    Queue,
    References,
    Together,
    Uploads,
    Videos,
    a_table,
    dynamo_accounts,
    dynamo_client,
    dynamo_together,
    dynamo_videos,
    eventbridge_bus,
    s3_inbox,
    s3_media,
    s3_references,
    s3_uploads,
    sqs_queue,
    ssm_keys,
)
from tests.fakes import (
    FixedKeys,
    InMemoryAccounts,
    InMemoryGates,
    InMemoryInbox,
    InMemoryLedger,
    InMemoryMedia,
    InMemoryOutcomes,
    InMemoryReferences,
    InMemoryTransactions,
    InMemoryUploads,
    InMemoryVideos,
    ManualClock,
    RecordingEventBus,
    RecordingTransferQueue,
)

OWNERS = (
    Owner("plain"),
    Owner("limited", limits=OwnerLimits(Limits(0, 2, Decimal(5)), Limits(usd_per_day=Decimal("0.25")))),
    Owner("gone", disabled=True),
)
ENDPOINTS = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE", "AWS_PROFILE")


@pytest.fixture(scope="module")
def _aws() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        for name in ENDPOINTS:
            patch.delenv(name, raising=False)
        # production leaves that out; here every call of an adapter is held against AWS's description
        patch.setattr(clients, "_CONFIG", clients._CONFIG.merge(Config(parameter_validation=True)))
        with mock_aws():
            yield


def faked(request: pytest.FixtureRequest) -> bool:
    """Whether the fake is asked for; else AWS is emulated from here on."""
    if request.param == "fake":
        return True
    request.getfixturevalue("_aws")
    return False


@pytest.fixture(params=["fake", "dynamodb"])
def videos(request: pytest.FixtureRequest) -> Videos:
    """An empty store of videos."""
    if not faked(request):
        return dynamo_videos()
    fake = InMemoryVideos()
    return Videos(fake, fake.plant, lambda video_id, changes: fake.spoil(video_id, **changes))


@pytest.fixture(params=["fake", "dynamodb"])
def together(request: pytest.FixtureRequest) -> Together:
    """Transactions over an empty table."""
    if not faked(request):
        return dynamo_together()
    fake = InMemoryVideos()
    spoil: Any = lambda video_id, changes: fake.spoil(video_id, **changes)  # noqa: E731
    transactions = InMemoryTransactions(fake)
    return Together(transactions, fake, fake.plant, spoil, InMemoryLedger(transactions))


@pytest.fixture(params=["fake", "dynamodb"])
def gates(request: pytest.FixtureRequest) -> GateStore:
    """Gates that were never closed."""
    return InMemoryGates() if faked(request) else DynamoGates(dynamo_client(), a_table("VideosTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def accounts(request: pytest.FixtureRequest) -> Accounts:
    """Two keys, `lasting` and `ending`, by their SHA-256, and the owners `plain`, `limited` and `gone`."""
    lasting, ending = (hashlib.sha256(key).hexdigest() for key in (b"lasting", b"ending"))
    keys = {lasting: ApiKey("owner-1"), ending: ApiKey("owner-2", NOW)}
    return InMemoryAccounts(keys, *OWNERS) if faked(request) else dynamo_accounts(keys, *OWNERS)


@pytest.fixture(params=["fake", "s3"])
def media(request: pytest.FixtureRequest) -> Media:
    """An empty bucket."""
    if not faked(request):
        return s3_media()
    fake = InMemoryMedia()
    return Media(fake, fake.contents.get)


@pytest.fixture(params=["fake", "s3"])
def references(request: pytest.FixtureRequest) -> References:
    """An empty bucket for references."""
    if not faked(request):
        return s3_references()
    fake = InMemoryReferences()

    def standing(key: str) -> tuple[bytes, str] | None:
        held = fake.contents.get(key)
        return None if held is None else (held.data, str(held.content_type))

    return References(fake, standing)


@pytest.fixture(params=["fake", "s3"])
def uploads(request: pytest.FixtureRequest) -> Uploads:
    """An empty bucket for uploads."""
    if not faked(request):
        return s3_uploads()
    fake = InMemoryUploads()

    def post(key: str, data: bytes) -> None:
        fake.post(key, data)

    return Uploads(fake, post)


@pytest.fixture(params=["fake", "s3"])
def drops(request: pytest.FixtureRequest) -> Drops:
    """An empty inbox."""
    if not faked(request):
        return s3_inbox()
    inbox, outcomes = InMemoryInbox(), InMemoryOutcomes()

    def put(key: str, data: bytes, asked: str | None) -> tuple[str, str]:
        version = inbox.put(key, data, asked)
        return version.etag, version.version_id

    return Drops(inbox, outcomes, put, inbox.remove, lambda key: outcome_object(outcomes.told[key]))


@pytest.fixture(params=["fake", "sqs"])
def queue(request: pytest.FixtureRequest) -> Queue:
    """An empty queue."""
    if not faked(request):
        return sqs_queue()
    fake = RecordingTransferQueue()
    return Queue(fake, lambda: [f'{{"video_id": "{video_id}"}}' for video_id in fake.sent])


@pytest.fixture(params=["fake", "eventbridge"])
def bus(request: pytest.FixtureRequest) -> Bus:
    """A bus that nobody has sent anything on."""
    if not faked(request):
        return eventbridge_bus()
    fake = RecordingEventBus()
    return Bus(fake, lambda: list(fake.events))


@pytest.fixture(params=["fake", "ssm"])
def keys(request: pytest.FixtureRequest) -> Keys:
    """The builders' keys."""
    clock = ManualClock(NOW)
    if not faked(request):
        return ssm_keys(RING, clock)
    fake = FixedKeys(RING)
    return Keys(fake, clock, lambda ring: setattr(fake, "newer", ring))
