"""The AWS clients: bounded in time, and links signed the way S3 still accepts."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.validate import ParamValidationDecorator

from reelhook.adapters import clients
from reelhook.adapters.clients import dynamodb_client, events_client, s3_client, sqs_client, ssm_client
from reelhook.adapters.s3 import S3Media
from tests.builders import VIDEO_ID

KEY = f"videos/{VIDEO_ID}/2.mp4"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for name in (
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_SESSION_TOKEN",
        "AWS_CA_BUNDLE",
        "CA_BUNDLE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
    ):
        monkeypatch.delenv(name, raising=False)


def test_every_request_says_whose_it_is_in_few_words() -> None:
    client = sqs_client()

    def refuse(request: AWSPreparedRequest, **_: object) -> None:
        raise LookupError(request.headers["User-Agent"])

    client.meta.events.register("before-send.sqs", refuse)
    # Powertools adds a word of its own, once it is loaded
    with pytest.raises(
        LookupError, match=r"^b'Reelhook Boto3/[0-9.]+ Botocore/[0-9.]+( PT/\S+ PTEnv/\S+)?'$"
    ):
        client.list_queues()


@pytest.mark.parametrize("make", [dynamodb_client, sqs_client, ssm_client, s3_client])
def test_no_call_lasts_for_ever(make: object) -> None:
    assert callable(make)
    config = make().meta.config

    assert (config.connect_timeout, config.retries["mode"]) == (3, "standard")
    assert config.read_timeout in (10, 20)
    assert config.retries["total_max_attempts"] == 3


@pytest.mark.parametrize("make", [dynamodb_client, sqs_client, ssm_client, s3_client, events_client])
def test_no_call_is_checked_again_that_the_contract_tests_have_checked(make: Any) -> None:
    assert not isinstance(make()._serializer, ParamValidationDecorator)


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-central-1", "s3.eu-central-1.amazonaws.com"),
        ("us-east-1", "s3.amazonaws.com"),
    ],  # the latter is its own
)
def test_a_link_is_signed_with_sigv4_for_the_buckets_own_region(
    region: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    link = urlsplit(S3Media(s3_client(), "media").link(KEY, "video/mp4", 900))
    query = {name: values[0] for name, values in parse_qs(link.query).items()}

    assert (link.scheme, link.netloc) == ("https", f"media.{host}")
    assert link.path == f"/{KEY}"
    assert query["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert query["X-Amz-Expires"] == "900"
    assert query["response-content-type"] == "video/mp4"
    assert query["response-content-disposition"] == f'attachment; filename="{VIDEO_ID}-2.mp4"'


def test_a_link_to_an_endpoint_of_ones_own_names_the_bucket_in_its_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")

    link = urlsplit(S3Media(s3_client(), "media").link(KEY, "video/mp4", 60))

    assert (link.netloc, link.path) == ("localhost:4566", f"/media/{KEY}")


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a build puts beside the clients."""
    file = tmp_path / "amazon-roots.pem"
    file.touch()
    monkeypatch.setattr(clients, "AMAZON_ROOTS", file)
    return file


@pytest.mark.parametrize("make", [dynamodb_client, sqs_client, ssm_client, s3_client, events_client])
def test_aws_is_believed_by_amazons_own_authorities_only(
    make: Any, roots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CA_BUNDLE", "amazon")

    assert believes(make()) == str(roots)


@pytest.mark.parametrize(
    ("variables", "believed"),
    [
        ({}, True),
        ({"CA_BUNDLE": "full"}, True),
        ({"CA_BUNDLE": "amazon", "AWS_CA_BUNDLE": "/its/own.pem"}, "/its/own.pem"),
        ({"AWS_CA_BUNDLE": "/its/own.pem"}, "/its/own.pem"),
    ],
)
def test_else_it_is_believed_as_botocore_does_and_never_without_a_certificate(
    variables: dict[str, str], believed: object, roots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert roots.exists()
    assert believes(s3_client()) == believed


def test_a_tree_that_was_not_built_has_no_such_file_and_trusts_as_botocore_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CA_BUNDLE", "amazon")

    assert not clients.AMAZON_ROOTS.exists()
    assert believes(dynamodb_client()) is True


def believes(client: Any) -> object:
    """botocore's `verify`: a file, or True for its own bundle."""
    return client._endpoint.http_session._verify
