"""CallbackApi POST /v1/callbacks/{provider}/{video_id}/{token}: verify, record, confirm, transfer, answer 200."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.callback_event import callback_answer, read_callback_event
from reelhook.observability import instrumented
from reelhook.wiring.receive_callback import production


@instrumented
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """The webhook Lambda: one delivery of a provider's callback."""
    wiring = production()
    callback = read_callback_event(event)
    return callback_answer(wiring.callbacks.receive(callback, wiring.function_end(context)))
