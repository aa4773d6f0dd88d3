"""Api POST /v1/videos, the submit Lambda: accept a request, claim it, hand it to the provider, answer 202."""

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import accepted
from reelhook.api.incoming import attempt, idempotency_key, video_fields
from reelhook.api.requests import read_video_request
from reelhook.api.resolver import resolver
from reelhook.observability import PowertoolsJournal, instrumented
from reelhook.wiring.submit_video import production

app = resolver(PowertoolsJournal())


@app.post("/v1/videos")
def submit_video() -> Response[str]:
    """One request, one video, at most one paid task."""
    wiring, event = production(), app.current_event
    owner = wiring.authorized(event.headers)
    key = idempotency_key(event, required=wiring.settings.require_idempotency_key)
    told = wiring.settings
    asked = read_video_request(video_fields(event), told.default_model, wiring.catalog, told.model_aliases)
    found = wiring.examination.of(owner.name, asked)
    submitted = wiring.submission.submit(
        owner.name, found.request, key, attempt(event), found.held, found.uploads, limits=owner.limits
    )
    return accepted(submitted.video, submitted.replayed)


handler = instrumented(app.resolve)
