"""Api /v1/videos/..., all but the submit: the models, a video as it stands, and the link to its content."""

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import found, linked, models_listed, redirected
from reelhook.api.incoming import content_query
from reelhook.api.resolver import resolver
from reelhook.observability import PowertoolsJournal, instrumented
from reelhook.wiring import production

app = resolver(PowertoolsJournal())


@app.get("/v1/videos/models")
def list_models() -> Response[str]:
    """What each model takes and costs, the same for every owner."""
    production().owner_of(app.current_event.headers)
    return models_listed(production().catalog)


@app.get("/v1/videos/<video_id>")
def get_video(video_id: str) -> Response[str]:
    """The video as it stands."""
    return found(production().reading.video(production().owner_of(app.current_event.headers), video_id))


@app.get("/v1/videos/<video_id>/content")
def get_content(video_id: str) -> Response[str]:
    """The way to a file: a redirect, or the link itself."""
    owner, query = production().owner_of(app.current_event.headers), content_query(app.current_event)
    held = production().reading.content(owner, video_id, query.variant, query.index)
    return redirected(held.url) if query.redirect else linked(held.url, held.expires_at, held.artifact)


handler = instrumented(app.resolve)
