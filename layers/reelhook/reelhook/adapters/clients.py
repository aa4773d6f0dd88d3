"""The AWS clients, with a time-out for everything, and the errors that mean "no clear answer"."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient

# What a call to AWS raises when it failed or nobody knows; the parser's error is no BotoCoreError.
AWS_ERRORS = (BotoCoreError, ClientError, ResponseParserError)

# Amazon Trust Services' roots, which `make build` cuts from botocore's own bundle.
AMAZON_ROOTS = Path(__file__).with_name("amazon-roots.pem")
_CONFIG = Config(
    # a name of its own is sent as it is; botocore's is put together twice for every request, a tenth of a call's time
    user_agent=f"Reelhook Boto3/{boto3.__version__}",
    # what the adapters ask is held against AWS's description by their contract tests, not anew at every call
    parameter_validation=False,
    connect_timeout=3,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 3},
)


def dynamodb_client() -> "DynamoDBClient":
    """DynamoDB."""
    return boto3.client("dynamodb", config=_CONFIG, verify=_authorities())


def sqs_client() -> "SQSClient":
    """SQS."""
    return boto3.client("sqs", config=_CONFIG, verify=_authorities())


def events_client() -> "EventBridgeClient":
    """EventBridge."""
    return boto3.client("events", config=_CONFIG, verify=_authorities())


def ssm_client() -> "SSMClient":
    """SSM Parameter Store."""
    return boto3.client("ssm", config=_CONFIG, verify=_authorities())


def s3_client() -> "S3Client":
    """S3, signing links with SigV4 (boto3's own default is still SigV2) for the bucket's own region.

    Bodies are not signed: over TLS, S3 checks their CRC32, and the signature's hash would cost a third more time.
    """
    elsewhere = "AWS_ENDPOINT_URL_S3" in os.environ or "AWS_ENDPOINT_URL" in os.environ
    config = Config(
        signature_version="s3v4",
        read_timeout=20,
        # "auto" would sign links for the global host, which redirects away from buckets in other regions
        s3={"addressing_style": "path" if elsewhere else "virtual", "payload_signing_enabled": False},
    )
    return boto3.client("s3", config=_CONFIG.merge(config), verify=_authorities())


def _authorities() -> str | None:
    """The file of authorities by which AWS is believed; None leaves that to botocore, which reads AWS_CA_BUNDLE or its own.

    botocore reads the file anew at every connection: its own, with over a hundred authorities, takes as long as the rest of
    a first call.
    """
    if os.environ.get("CA_BUNDLE") != "amazon" or "AWS_CA_BUNDLE" in os.environ:
        return None
    return str(AMAZON_ROOTS) if AMAZON_ROOTS.exists() else None  # a source tree has none


def error_code(error: Exception) -> str:
    """AWS's own code of an error; empty if it answered none."""
    if not isinstance(error, ClientError):
        return ""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_busy(error: Exception) -> bool:
    """Whether it is the service itself that could not, for now."""
    if not isinstance(error, ClientError):
        return False
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)) >= 500
