"""The table's stream: every change of a video's public status leaves on the bus, and what it held is settled."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.events import stream_answer
from reelhook.observability import instrumented
from reelhook.wiring.publish_events import production


@instrumented
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """One batch of records, in their order; the first that fails comes again, and what is behind it."""
    wiring = production()
    return stream_answer(wiring.publication.publish(wiring.changes(event)))
