"""Where videos and their records are kept: encrypted, private, recoverable, and there after the stack is gone."""

import pytest

from reelhook.domain.time import DAY, HOUR
from tests.builders import a_request
from tests.models import CATALOG
from tests.template import BUCKETS, TABLES, Properties, of_type, properties, resource, source


def test_these_are_all_the_tables_and_buckets() -> None:
    assert set(of_type("AWS::DynamoDB::Table")) == set(TABLES)
    assert set(of_type("AWS::S3::Bucket")) == set(BUCKETS)


@pytest.mark.parametrize("name", [*TABLES, *BUCKETS])
def test_what_was_paid_for_outlives_the_stack(name: str) -> None:
    assert resource(name)["DeletionPolicy"] == "Retain"
    assert resource(name)["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", [*TABLES, *BUCKETS])
def test_a_name_is_left_to_aws_so_that_what_was_kept_never_blocks_a_new_stack(name: str) -> None:
    assert not {"TableName", "BucketName"} & set(properties(name))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_encrypted_recoverable_and_paid_by_use(table: str) -> None:
    about = properties(table)

    assert about["BillingMode"] == "PAY_PER_REQUEST"
    assert about["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert (
        "SSESpecification" not in about
    )  # encrypted with AWS's own key; one of KMS is paid for by its calls
    assert about["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert keys(about) == ("pk", "sk")


def test_the_videos_stream_shows_each_change_before_and_after() -> None:
    assert properties("VideosTable")["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.mark.parametrize(
    ("index", "key", "copied"),
    [
        ("due", ("open", "due_at"), []),
        ("queue", ("queue", "queued_order"), []),
        ("task", ("task_id",), []),
        ("owner", ("owner", "owner_order"), ["kind", "state", "user"]),
        ("user", ("owner_user", "owner_order"), ["kind", "state", "user"]),
        ("deliveries", ("endpoint_id", "delivery_order"), []),
    ],
)
def test_an_index_has_its_keys_and_no_more_of_the_item_than_lists_need(
    index: str, key: tuple[str, ...], copied: list[str]
) -> None:
    found = {each["IndexName"]: each for each in properties("VideosTable")["GlobalSecondaryIndexes"]}

    assert set(found) == {"due", "queue", "task", "owner", "user", "deliveries"}
    assert keys(found[index]) == key
    assert found[index]["Projection"].get("NonKeyAttributes", []) == copied
    assert found[index]["Projection"]["ProjectionType"] == ("INCLUDE" if copied else "KEYS_ONLY")


def test_due_times_are_numbers_and_every_other_key_is_text() -> None:
    types = {
        each["AttributeName"]: each["AttributeType"]
        for each in properties("VideosTable")["AttributeDefinitions"]
    }

    assert [name for name, kind in types.items() if kind == "N"] == ["due_at"]
    assert set(types.values()) == {"S", "N"}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_is_private_encrypted_versioned_and_its_owners_alone(bucket: str) -> None:
    about = properties(bucket)
    (encryption,) = about["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert about["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    assert encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert about["VersioningConfiguration"] == {"Status": "Enabled"}
    assert about["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_drops_what_a_killed_transfer_left_and_old_versions(bucket: str) -> None:
    tidy = properties(bucket)["LifecycleConfiguration"]["Rules"][0]

    assert tidy["Status"] == "Enabled"
    assert "Prefix" not in tidy
    assert tidy["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert tidy["NoncurrentVersionExpiration"] == {"NoncurrentDays": 7}


def test_videos_expire_only_if_a_retention_is_set_and_dropped_images_never() -> None:
    *_, retention = properties("MediaBucket")["LifecycleConfiguration"]["Rules"]
    condition, rule, otherwise = retention["Fn::If"]

    assert (condition, otherwise) == ("HasRetention", {"Ref": "AWS::NoValue"})
    assert rule["ExpirationInDays"] == {"Ref": "RetentionDays"}
    assert rule["Prefix"] == "videos/"
    assert len(properties("InboxBucket")["LifecycleConfiguration"]["Rules"]) == 1


def test_a_reference_outlives_any_wait_for_the_provider_and_no_more() -> None:
    rules = properties("MediaBucket")["LifecycleConfiguration"]["Rules"]
    (rule,) = [rule for rule in rules if rule.get("Prefix") == "references/"]
    longest_wait = source()["Parameters"]["QueueMaxAgeHours"]["MaxValue"] * HOUR
    lives = [{}, {"execution_expires_after": 259_200}]  # the longest that a client may ask a model for
    running = max(
        CATALOG.timing(a_request(model=model.name, provider_options=life)).provider_end
        for model in CATALOG.models
        for life in lives
    )

    assert rule["Status"] == "Enabled"
    assert longest_wait + running < rule["ExpirationInDays"] * DAY
    assert rule["ExpirationInDays"] == 15


def test_storing_a_video_sets_nothing_off() -> None:
    """A trigger on the bucket that functions write to could run in a circle."""
    assert "NotificationConfiguration" not in properties("MediaBucket")


@pytest.mark.parametrize("queue", ["TransferQueue", "TransferDeadLetters", "WebhookQueue"])
def test_a_queue_is_encrypted(queue: str) -> None:
    assert properties(queue)["SqsManagedSseEnabled"] is True


def keys(about: Properties) -> tuple[str, ...]:
    assert [each["KeyType"] for each in about["KeySchema"]] == ["HASH", "RANGE"][: len(about["KeySchema"])]
    return tuple(each["AttributeName"] for each in about["KeySchema"])
