"""The queues. Few videos need one, so their client is made for the first message."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import sqs_client
from reelhook.adapters.sqs import SqsTransferQueue, SqsWebhookQueue
from reelhook.neighbours.base import Neighbours

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Queues(Neighbours):
    """What other functions are to do."""

    @cached_property
    def queue(self) -> SqsTransferQueue:
        """The queue before TransferVideo."""
        return SqsTransferQueue(lambda: self._sqs, self.settings.transfer_queue_url)

    @cached_property
    def webhook_queue(self) -> SqsWebhookQueue:
        """The queue before DeliverWebhooks."""
        return SqsWebhookQueue(lambda: self._sqs, self.settings.webhook_queue_url)

    @cached_property
    def _sqs(self) -> "SQSClient":
        return sqs_client()
