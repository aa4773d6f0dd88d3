"""Api /v1/videos/..., everything but the submit: a video as it stands, and the link to its content."""

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import found, linked, redirected
from reelhook.api.incoming import content_query
from reelhook.api.resolver import resolver
from reelhook.observability import PowertoolsJournal, instrumented
from reelhook.wiring import production

app = resolver(PowertoolsJournal())


@app.get("/v1/videos/<video_id>")
def get_video(video_id: str) -> Response[str]:
    """The video as it stands."""
    return found(production().reading.video(_owner(), video_id))


@app.get("/v1/videos/<video_id>/content")
def get_content(video_id: str) -> Response[str]:
    """The way to a file: a redirect, or the link itself."""
    owner, query = _owner(), content_query(app.current_event)
    content = production().reading.content(owner, video_id, query.variant, query.index)
    if query.redirect:
        return redirected(content.url)
    return linked(content.url, content.expires_at, content.artifact.size, content.artifact.content_type)


def _owner() -> str:
    return production().authorization.owner_of(app.current_event.headers.get("authorization"))


handler = instrumented(app.resolve)
