"""List prices of us-east-1 in USD, without the free tiers, as of November 2026. Other regions differ by a few per cent."""

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """USD for one of something, and where AWS says so."""

    what: str
    usd: float
    said: str
    page: str


LAMBDA_REQUEST = Price(
    "Lambda request", 0.20 / MILLION, "0.20 a million", "https://aws.amazon.com/lambda/pricing/"
)
LAMBDA_GB_SECOND = Price(
    "Lambda GB-second, arm64", 0.0000133334, "0.0000133334", "https://aws.amazon.com/lambda/pricing/"
)
API_REQUEST = Price(
    "HTTP API request", 1.00 / MILLION, "1.00 a million", "https://aws.amazon.com/api-gateway/pricing/"
)
WRITE_UNIT = Price(
    "DynamoDB write unit, on demand",
    0.625 / MILLION,
    "0.625 a million",
    "https://aws.amazon.com/dynamodb/pricing/on-demand/",
)
READ_UNIT = Price(
    "DynamoDB read unit, on demand",
    0.125 / MILLION,
    "0.125 a million",
    "https://aws.amazon.com/dynamodb/pricing/on-demand/",
)
S3_WRITE = Price("S3 PUT", 0.005 / 1000, "0.005 a thousand", "https://aws.amazon.com/s3/pricing/")
S3_READ = Price("S3 GET or HEAD", 0.0004 / 1000, "0.0004 a thousand", "https://aws.amazon.com/s3/pricing/")
SQS_REQUEST = Price("SQS request", 0.40 / MILLION, "0.40 a million", "https://aws.amazon.com/sqs/pricing/")
EVENT = Price(
    "event of ours", 1.00 / MILLION, "1.00 a million", "https://aws.amazon.com/eventbridge/pricing/"
)
KMS_REQUEST = Price("KMS request", 0.03 / 10_000, "0.03 for 10,000", "https://aws.amazon.com/kms/pricing/")
ALARM = Price("alarm, a month", 0.10, "0.10", "https://aws.amazon.com/cloudwatch/pricing/")
METRIC = Price("metric of ours, a month", 0.30, "0.30", "https://aws.amazon.com/cloudwatch/pricing/")
LOG_BYTE = Price("log, a byte", 0.50 / 1e9, "0.50 a GB", "https://aws.amazon.com/cloudwatch/pricing/")

PRICES = (
    LAMBDA_REQUEST,
    LAMBDA_GB_SECOND,
    API_REQUEST,
    WRITE_UNIT,
    READ_UNIT,
    S3_WRITE,
    S3_READ,
    SQS_REQUEST,
    EVENT,
    KMS_REQUEST,
    ALARM,
    METRIC,
    LOG_BYTE,
)
