"""Drops that no stack of the account has seen."""

import secrets
from typing import Any

from benchmarks.account import BenchmarkAccount, example
from tests.images import a_png

OWNER = "sandbox"  # whose key every sandbox has


def a_drop(account: BenchmarkAccount) -> dict[str, Any]:
    """Puts a picture with a prompt into the inbox; S3's event of it."""
    data, key = a_png(), f"drops/{OWNER}/{secrets.token_hex(8)}.png"
    put = account.driver.client("s3").put_object(
        Bucket=account.inbox, Key=key, Body=data, Metadata={"reelhook": '{"prompt": "A boat"}'}
    )
    event: dict[str, Any] = example("submit_drop")
    event["detail"]["bucket"]["name"] = account.inbox
    told = {"key": key, "size": len(data), "etag": put["ETag"].strip('"'), "version-id": put["VersionId"]}
    event["detail"]["object"] |= told
    return event
