"""WebhookQueue: send one signed message to one endpoint, once."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.webhook_event import read_webhook_event
from reelhook.observability import instrumented
from reelhook.wiring.deliver_webhooks import production


@instrumented
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """One message (batch size 1). What is not taken is on record, to be sent later by the schedule."""
    wiring = production()
    for endpoint_id, event_id in read_webhook_event(event):
        wiring.delivering.deliver(endpoint_id, event_id)
    return {"batchItemFailures": []}
