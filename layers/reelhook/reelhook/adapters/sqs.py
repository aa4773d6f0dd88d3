"""The queues before TransferVideo and DeliverWebhooks, in SQS; `client` gives theirs when there is something to send."""

from collections.abc import Callable
from json import dumps
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.errors.running import StoreError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsTransferQueue:
    """`TransferQueue`: one message names one video."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        self._client, self._queue_url = client, queue_url

    def send(self, video_id: str) -> None:
        _send(self._client(), self._queue_url, {"video_id": video_id})


class SqsWebhookQueue:
    """`WebhookQueue`: one message names one delivery."""

    def __init__(self, client: "Callable[[], SQSClient]", queue_url: str) -> None:
        self._client, self._queue_url = client, queue_url

    def send(self, endpoint_id: str, event_id: str) -> None:
        _send(self._client(), self._queue_url, {"endpoint_id": endpoint_id, "event_id": event_id})


def _send(client: "SQSClient", queue_url: str, message: dict[str, str]) -> None:
    try:
        client.send_message(QueueUrl=queue_url, MessageBody=dumps(message))
    except AWS_ERRORS as error:
        raise StoreError(f"SQS: {error_code(error) or type(error).__name__}") from error
