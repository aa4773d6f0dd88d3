"""The minute's tick, and every video's end: send queued videos, oldest first, until the provider says 429."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.dispatch_event import woken_by_an_end
from reelhook.observability import instrumented
from reelhook.wiring.dispatch_videos import production


@instrumented
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """One round per provider."""
    wiring = production()
    wiring.dispatch.run(wiring.function_end(context), woken=woken_by_an_end(event))
