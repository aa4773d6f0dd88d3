"""What a Lambda loads that copies into S3 with boto3: a client, and nothing that uses it."""

from typing import Any

import boto3

s3 = boto3.client("s3")


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Nothing: only its start is compared."""
    return {}
