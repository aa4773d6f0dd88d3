"""The inbox's "Object Created": a dropped image becomes a queued video, or an outcome that says why not."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.drop_event import read_drop_event
from reelhook.observability import instrumented
from reelhook.wiring.submit_drop import production


@instrumented
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    """One event. What raises is invoked again by Lambda, twice, then it goes to the failed events."""
    wiring = production()
    wiring.drops.receive(read_drop_event(event, wiring.settings.inbox_bucket))
