"""The route of /v1/uploads."""

from collections.abc import Callable, Mapping
from typing import Protocol

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import uploadable
from reelhook.api.incoming import json_body
from reelhook.api.json_object import read_object
from reelhook.api.resolver import Resolver
from reelhook.api.uploads import read_upload_request
from reelhook.use_cases.uploading import Uploading


class Uses(Protocol):
    """The use cases behind this route, made at their first use."""

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """Whose request this is; raises `UnauthorizedError`."""

    @property
    def uploading(self) -> Uploading:
        """Granting uploads."""


def add_upload_routes(app: Resolver, uses: Callable[[], Uses]) -> None:
    """What a client needs to put media into the bucket by itself."""

    @app.post("/v1/uploads")
    def create_upload() -> Response[str]:
        """A form for one file, and the name it will have."""
        owner = uses().owner_of(app.current_event.headers)
        asked = read_upload_request(read_object(json_body(app.current_event)))
        return uploadable(uses().uploading.grant(owner, asked))
