"""Uploads when S3 fails, and what a form lets in: exactly one key, one type, and so many bytes."""

import json
from base64 import b64decode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from reelhook.adapters.clients import s3_client
from reelhook.adapters.references import S3References
from reelhook.adapters.uploads import S3Uploads
from reelhook.domain.errors.running import StoreError
from reelhook.domain.uploads import UploadRequest
from tests.buckets import serving
from tests.images import a_png

KEY = "references/owner-1/uploads/file_" + "a2" * 13


def store(client: object) -> S3Uploads:
    return S3Uploads(lambda: client, "media")  # type: ignore[arg-type, return-value]


@pytest.fixture
def _signing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials of a role's session, which sign and are never used."""
    for name, value in {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "ASIA",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_SESSION_TOKEN": "session",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_signing")
def test_a_form_lets_in_one_key_one_type_and_so_many_bytes_for_a_quarter_of_an_hour() -> None:
    """The policy as S3 reads it (its page "POST policy"): each field of a form has to be in it."""
    asked = UploadRequest("video/mp4")

    form = S3Uploads(s3_client, "media").form(KEY, asked.content_type, asked.least, asked.most, 900)
    policy = json.loads(b64decode(form.fields["policy"]))

    named = {
        name: value for each in policy["conditions"] if isinstance(each, dict) for name, value in each.items()
    }
    assert (named["bucket"], named["key"], named["Content-Type"]) == ("media", KEY, "video/mp4")
    assert [each for each in policy["conditions"] if isinstance(each, list)] == [
        ["content-length-range", 1, 52_428_800]
    ]
    assert form.url == "https://media.s3.eu-west-1.amazonaws.com/"
    assert set(form.fields) - {"policy", "x-amz-signature"} <= set(named)
    assert form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


@pytest.mark.usefixtures("_signing")
def test_a_link_to_a_version_signs_the_version() -> None:
    link = S3References(s3_client, "media").link(KEY, 43_200, "version-1")

    query = parse_qs(urlsplit(link).query)
    assert (query["versionId"], query["X-Amz-Expires"]) == (["version-1"], ["43200"])
    assert urlsplit(link).netloc == "media.s3.eu-west-1.amazonaws.com"


def test_what_is_not_there_is_none_and_nothing_is_read(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        assert store(client).find(KEY) is None

    assert bucket.asked == ["head_object"]


@pytest.mark.parametrize("answer", [(403, "AccessDenied"), (500, "InternalError"), (503, "SlowDown")])
@pytest.mark.parametrize("operation", ["head_object", "get_object"])
def test_what_s3_refuses_or_does_not_answer_is_unclear_and_never_not_found(
    tmp_path: Path, operation: str, answer: tuple[int, str]
) -> None:
    with serving(tmp_path) as (client, bucket):
        bucket.objects[KEY], bucket.headers[KEY] = a_png(), {}
        bucket.failures[operation] = [answer]

        with pytest.raises(StoreError, match="S3: "):
            store(client).find(KEY)
