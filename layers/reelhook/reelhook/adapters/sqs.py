"""The queue before TransferVideo, in SQS."""

from json import dumps
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.errors.running import StoreError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsTransferQueue:
    """`TransferQueue`: one message names one video."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client, self._queue_url = client, queue_url

    def send(self, video_id: str) -> None:
        try:
            self._client.send_message(QueueUrl=self._queue_url, MessageBody=dumps({"video_id": video_id}))
        except AWS_ERRORS as error:
            raise StoreError(f"SQS: {error_code(error) or type(error).__name__}") from error
