"""The minute's tick: send queued videos, oldest first, until the provider says 429."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.observability import instrumented
from reelhook.wiring import production


@instrumented
def handler(_event: dict[str, Any], context: LambdaContext) -> None:
    """One round per provider."""
    wiring = production()
    wiring.dispatch.run(wiring.function_end(context))
