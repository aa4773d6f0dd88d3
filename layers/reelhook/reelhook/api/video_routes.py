"""The routes of /v1/videos but the submit: each asks who it is, calls one use case, and answers."""

from collections.abc import Callable, Mapping
from typing import Protocol

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import answer, deleted, found, linked, listed, models_listed, redirected
from reelhook.api.errors import MethodNotAllowedError
from reelhook.api.incoming import content_query
from reelhook.api.list_query import list_query
from reelhook.api.resolver import Resolver
from reelhook.api.routes import ROUTES
from reelhook.api.usage_query import usage_object, usage_query
from reelhook.domain.catalog import Catalog
from reelhook.domain.time import Instant
from reelhook.use_cases.ending import Ending
from reelhook.use_cases.lists import Lists
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.usage import UsageReading


class Uses(Protocol):
    """The use cases behind these routes, each made at its first use."""

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """Whose request this is; raises `UnauthorizedError`."""

    def now(self) -> Instant:
        """What time it is."""

    @property
    def usage(self) -> UsageReading:
        """The ledger."""

    @property
    def catalog(self) -> Catalog:
        """The models."""

    @property
    def reading(self) -> Reading:
        """One video."""

    @property
    def lists(self) -> Lists:
        """Many videos."""

    @property
    def ending(self) -> Ending:
        """Canceling and deleting."""


def add_video_routes(app: Resolver, uses: Callable[[], Uses]) -> None:
    """Every route of /v1/videos that sends nothing to a provider."""

    def owner() -> str:
        return uses().owner_of(app.current_event.headers)

    @app.get("/v1/videos")
    def list_videos() -> Response[str]:
        """A page of the owner's videos."""
        asking = owner()
        return listed(uses().lists.page(asking, list_query(app.current_event)))

    @app.get("/v1/usage")
    def get_usage() -> Response[str]:
        """What the owner, or an end user of its own, asked for and spent."""
        asking = owner()
        asked = usage_query(app.current_event, uses().now())
        return answer(200, usage_object(uses().usage.days(asking, asked)))

    @app.get("/v1/videos/models")
    def list_models() -> Response[str]:
        """What each model takes and costs, the same for every owner."""
        owner()
        return models_listed(uses().catalog)

    @app.delete("/v1/videos/models")
    def delete_models() -> Response[str]:
        """No video is called so, and no model can be deleted."""
        raise MethodNotAllowedError(ROUTES["/v1/videos/models"])

    @app.get("/v1/videos/<video_id>")
    def get_video(video_id: str) -> Response[str]:
        """The video as it stands, unless the client has just that."""
        video = uses().reading.video(owner(), video_id)
        return found(video, app.current_event.headers.get("if-none-match"))

    @app.delete("/v1/videos/<video_id>")
    def delete_video(video_id: str) -> Response[str]:
        """The video is gone, and its files soon after."""
        uses().ending.delete(owner(), video_id)
        return deleted(video_id)

    @app.get("/v1/videos/<video_id>/content")
    def get_content(video_id: str) -> Response[str]:
        """The way to a file: a redirect, or the link itself."""
        asking, query = owner(), content_query(app.current_event)
        content = uses().reading.content(asking, video_id, query.variant, query.index)
        if query.redirect:
            return redirected(content.url)
        return linked(content.url, content.expires_at, content.artifact)

    @app.post("/v1/videos/<video_id>/cancel")
    def cancel_video(video_id: str) -> Response[str]:
        """A queued video is never sent."""
        return found(uses().ending.cancel(owner(), video_id))
