"""TransferQueue: copy one video from the provider to the bucket, with minutes instead of seconds."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.transfer_event import read_transfer_event
from reelhook.observability import instrumented
from reelhook.wiring.transfer_video import production


@instrumented
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """One message (batch size 1). A handled failure is recorded and consumes it; a crash brings it back."""
    wiring = production()
    for video_id in read_transfer_event(event):
        wiring.transfers.from_queue(video_id, wiring.transfer_end(context))
    return {"batchItemFailures": []}
