"""The resolver of a function behind the public API: it routes, and answers every error in one envelope."""

import traceback
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.failures import INTERNAL, failed, failure_of
from reelhook.api.routes import unrouted
from reelhook.domain.ports.journal import Journal


class Resolver(APIGatewayHttpResolver):
    """Names the request on every answer, as the access log does."""

    def resolve(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answers one event."""
        answered = super().resolve(event, context)
        answered["headers"]["x-request-id"] = event["requestContext"]["requestId"]
        return answered


def resolver(journal: Journal) -> Resolver:
    """A resolver without routes yet; what goes wrong on our side is noted in the journal."""
    # Powertools' own validation would import pydantic's schema machinery, and its debug mode prints whole events.
    app = Resolver(enable_validation=False, debug=False)

    def answer_error(error: Exception) -> Response[str]:
        failure = failure_of(error)
        if failure.status >= 500:
            journal.warn("a request failed", code=failure.code, **_trace(error, failure is INTERNAL))
        request = app.current_event
        # Unless it is recognised, a repeated POST is a second paid video.
        known = {"idempotency-key", "x-stainless-retry-count"} & request.headers.keys()
        repeatable = request.http_method != "POST" or bool(known)
        return failed(error, failure, repeatable)

    def answer_unrouted(_: Exception) -> Response[str]:
        return answer_error(unrouted(app.current_event.http_method, app.current_event.path))

    app.not_found(answer_unrouted)
    app.exception_handler(Exception)(answer_error)
    return app


def _trace(error: Exception, unexpected: bool) -> dict[str, object]:
    """An error by its class and its way, never by its words: those may hold a prompt, a link or a key."""
    trace: dict[str, object] = {"error": type(error).__name__}
    if error.__cause__ is not None:
        trace["cause"] = type(error.__cause__).__name__
    if unexpected:
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        trace["way"] = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames]
    return trace
