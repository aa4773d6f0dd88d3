"""What the routes of webhook endpoints are given, field by field; `null` means not set."""

from typing import Annotated, Any, Literal

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from reelhook.api.incoming import json_body
from reelhook.api.json_object import read_object
from reelhook.api.media import Strict
from reelhook.api.wording import problems_of
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.webhooks.endpoint import DEFAULT_EVENT_TYPES, EndpointStatus
from reelhook.domain.webhooks.targets import MAX_URL, target_fault

MAX_NAME = 256

type EventName = Literal["video.queued", "video.completed", "video.failed", "video.expired", "video.canceled"]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "must not be blank")
    return text


type Name = Annotated[
    str,
    AfterValidator(_not_blank),
    Field(min_length=1, max_length=MAX_NAME, json_schema_extra={"pattern": r"\S"}),
]
type Url = Annotated[str, Field(max_length=MAX_URL, json_schema_extra={"format": "uri"})]
type EventTypes = Annotated[list[EventName], Field(min_length=1, max_length=16)]


class EndpointBody(Strict):
    """A new endpoint; without `event_types` it is told of every end."""

    name: Name
    url: Url
    event_types: EventTypes | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The event types, each once."""
        return tuple(dict.fromkeys(self.event_types or DEFAULT_EVENT_TYPES))


class EndpointChanges(Strict):
    """What is to be different with an endpoint."""

    name: Name | None = None
    url: Url | None = None
    event_types: EventTypes | None = None
    status: Literal["enabled", "disabled"] | None = None

    @property
    def wanted(self) -> tuple[str, ...] | None:
        """The event types, each once."""
        return None if self.event_types is None else tuple(dict.fromkeys(self.event_types))

    @property
    def standing(self) -> EndpointStatus | None:
        """The status in the domain's word."""
        return None if self.status is None else EndpointStatus(self.status)


class RotationBody(Strict):
    """How a secret is to be replaced."""

    keep_old_secret_active_for_24_hours: bool | None = None


class TrialBody(Strict):
    """Which event a test message plays."""

    event_type: EventName


def read_body[Body: Strict](
    shape: type[Body], event: APIGatewayProxyEventV2, origins: tuple[str, ...] = ()
) -> Body:
    """The body of a request, which may be missing where nothing is required; raises `InvalidRequestError`."""
    raw = json_body(event)
    given: dict[str, Any] = read_object(raw) if raw.strip() else {}
    problems: list[Problem] = []
    try:
        body = shape.model_validate(given)
    except ValidationError as error:
        body, problems = None, list(problems_of(error))
    url = given.get("url")
    if isinstance(url, str) and not any(problem.param == "url" for problem in problems):
        fault = target_fault(url, origins)
        problems += [Problem("url", f"url: {fault}")] if fault else []
    if body is None or problems:
        raise InvalidRequestError(*problems)
    return body
