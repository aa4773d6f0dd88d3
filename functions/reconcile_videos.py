"""The minute's tick: finish whatever is due and nobody finished."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.observability import instrumented
from reelhook.wiring.reconcile_videos import production


@instrumented
def handler(_event: dict[str, Any], context: LambdaContext) -> None:
    """One tick over every due video."""
    wiring = production()
    wiring.due_webhooks.send()
    wiring.reconciliation.tick(wiring.function_end(context))
