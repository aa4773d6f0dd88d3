"""The shapes of the API: requests from the pydantic models that read them, answers as `api.responses` writes them."""

from dataclasses import fields
from typing import Any

from reelhook.api.body import MAX_METADATA, MAX_METADATA_VALUE, MAX_NAME, VideoBody
from reelhook.api.uploads import UploadBody
from reelhook.api.webhook_bodies import EndpointBody, EndpointChanges, RotationBody, TrialBody
from reelhook.domain.events import EventType
from reelhook.domain.failure import Billed, Category
from reelhook.domain.price import Usage
from reelhook.domain.request import Mode
from reelhook.domain.video import ArtifactType, Status
from reelhook.domain.webhooks.delivery import DeliveryState
from reelhook.domain.webhooks.endpoint import EndpointStatus

type Schema = dict[str, Any]

_PLACE = "#/components/schemas/{model}"
_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TIME: Schema = {"type": "integer", "minimum": 0, "description": "Unix time in seconds."}
_MAYBE_TIME: Schema = {**_TIME, "type": ["integer", "null"]}
_DIGITS: Schema = {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$"}


def ref(name: str) -> Schema:
    """A reference to one of the shapes."""
    return {"$ref": _PLACE.format(model=name)}


def schemas() -> Schema:
    """Every shape by its name."""
    body = VideoBody.model_json_schema(ref_template=_PLACE)
    return {
        **body.pop("$defs"),
        "VideoBody": body,
        "UploadBody": UploadBody.model_json_schema(ref_template=_PLACE),
        **_answers(),
        **_webhook_bodies(),
        **webhook_schemas(),
        **_errors(),
    }


def _webhook_bodies() -> Schema:
    shapes: Schema = {}
    for model in (EndpointBody, EndpointChanges, RotationBody, TrialBody):
        shape = model.model_json_schema(ref_template=_PLACE)
        shapes |= {**shape.pop("$defs", {}), model.__name__: shape}
    return shapes


def webhook_schemas() -> Schema:
    """Endpoints, what they are told, and what they were sent."""
    types: Schema = {"type": "string", "enum": [kind.value for kind in EventType]}
    endpoint: Schema = {
        "id": _TEXT,
        "object": {"const": "webhook_endpoint"},
        "name": _TEXT,
        "url": {"type": "string", "format": "uri"},
        "event_types": {"type": "array", "items": types, "minItems": 1},
        "status": {"type": "string", "enum": [status.value for status in EndpointStatus]},
        "signing_secret_hint": _TEXT,
        "created_at": _TIME,
        "updated_at": _TIME,
    }
    return {
        "WebhookEndpoint": _closed("Where you are told of your videos.", **endpoint),
        "WebhookEndpointWithSecret": _closed(
            "The same with its signing secret, which is told only where it is new.",
            **endpoint,
            signing_secret={"type": "string", "pattern": "^whsec_[A-Za-z0-9+/]+=*$"},
        ),
        "WebhookEndpointList": _listed("WebhookEndpoint"),
        "DeletedWebhookEndpoint": _closed(
            "There is no such endpoint any more.",
            id=_TEXT,
            object={"const": "webhook_endpoint.deleted"},
            deleted={"const": True},
        ),
        "WebhookEndpointTest": _closed(
            "What an endpoint answered to a sample.",
            object={"const": "webhook_endpoint.test"},
            webhook_endpoint_id=_TEXT,
            event_type=types,
            status_code={"type": "integer"},
            success={"const": True},
        ),
        "WebhookEventTypes": _closed(
            "Every type of event.", object={"const": "list"}, data={"type": "array", "items": types}
        ),
        "WebhookDelivery": _closed(
            "What became of one event at one endpoint; `id` is the event's, and the `webhook-id` of each attempt.",
            id=_TEXT,
            object={"const": "webhook_delivery"},
            webhook_endpoint_id=_TEXT,
            event_type=types,
            video_id=_TEXT,
            status={"type": "string", "enum": [state.value for state in DeliveryState]},
            attempts=_COUNT,
            last_attempt_at=_MAYBE_TIME,
            last_status_code={"type": ["integer", "null"]},
            last_problem=_MAYBE_TEXT,
            next_attempt_at=_MAYBE_TIME,
            created_at=_TIME,
            ended_at=_MAYBE_TIME,
        ),
        "WebhookDeliveryList": _listed("WebhookDelivery"),
        "WebhookEvent": _closed(
            "The body of a webhook: what happened, and the video as it was then.",
            id=_TEXT,
            object={"const": "event"},
            type=types,
            created_at=_TIME,
            data=ref("Video"),
        ),
    }


def _closed(description: str, **properties: Schema) -> Schema:
    """An object with exactly these members, all of them always there."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _words(words: type[Category] | type[Billed] | type[Mode] | type[Status] | type[ArtifactType]) -> Schema:
    return {"type": "string", "enum": [word.value for word in words]}


def _maybe(name: str) -> Schema:
    return {"anyOf": [ref(name), {"type": "null"}]}


def _listed(name: str) -> Schema:
    return _closed(
        f"A page of the list: `{name}` objects.",
        object={"const": "list"},
        data={"type": "array", "items": ref(name)},
        first_id=_MAYBE_TEXT,
        last_id=_MAYBE_TEXT,
        has_more={"type": "boolean"},
    )


def _answers() -> Schema:
    usage: dict[str, Schema] = {field.name: _TEXT for field in fields(Usage)}
    metadata = {
        "type": "object",
        "maxProperties": MAX_METADATA,
        "propertyNames": {"minLength": 1, "maxLength": MAX_NAME},
        "additionalProperties": {"type": "string", "maxLength": MAX_METADATA_VALUE},
    }
    return {
        "Video": _closed(
            "A video, from its request to its result. `completed` means that the MP4 is in the bucket.",
            id=_TEXT,
            object={"const": "video"},
            model=_TEXT,
            mode=_words(Mode),
            status=_words(Status),
            progress={"enum": [0, 50, 90, 100], "description": "The last stage it reached."},
            created_at=_TIME,
            completed_at=_MAYBE_TIME,
            expires_at=_MAYBE_TIME,
            prompt=_MAYBE_TEXT,
            seconds=_MAYBE_TEXT,
            size=_MAYBE_TEXT,
            resolution=_MAYBE_TEXT,
            aspect_ratio=_MAYBE_TEXT,
            metadata=metadata,
            user=_MAYBE_TEXT,
            artifacts={"type": "array", "items": ref("Artifact")},
            error=_maybe("VideoError"),
            usage=_maybe("Usage"),
            remixed_from_video_id={"type": "null"},
        ),
        "Artifact": _closed(
            "One stored file of a video.",
            index=_COUNT,
            type=_words(ArtifactType),
            size=_COUNT,
            content_type=_TEXT,
        ),
        "VideoError": _closed(
            "Why a video failed.",
            code=_TEXT,
            message=_TEXT,
            category=_words(Category),
            param=_MAYBE_TEXT,
            retryable={"type": "boolean"},
            billed=_words(Billed),
        ),
        "Usage": _closed(
            "What a video cost; `estimated` unless the provider named the amount.",
            **(usage | {"cost": _DIGITS, "estimated": {"type": "boolean"}}),
        ),
        "VideoList": _listed("Video"),
        "DeletedVideo": _closed(
            "There is no such video any more.",
            id=_TEXT,
            object={"const": "video.deleted"},
            deleted={"const": True},
        ),
        "ContentLink": _closed(
            "A presigned link, to be fetched without the Authorization header.",
            url={"type": "string", "format": "uri"},
            expires_at=_TIME,
            size=_COUNT,
            content_type=_TEXT,
        ),
        "Upload": _closed(
            "A form for one file. Post `fields` and then the file, as `file`, to `url` (multipart/form-data); then `id` is "
            "the `file_id`.",
            id={"type": "string", "pattern": "^file_[a-z2-7]{26}$"},
            object={"const": "upload"},
            url={"type": "string", "format": "uri"},
            fields={"type": "object", "additionalProperties": _TEXT},
            expires_at=_TIME,
            max_bytes=_COUNT,
        ),
        "Model": _closed(
            "A model; `fields` is a JSON schema of what `POST /v1/videos` takes for it.",
            id=_TEXT,
            object={"const": "model"},
            modes={"type": "array", "items": _words(Mode), "minItems": 1},
            fields={"type": "object"},
            price=_maybe("Price"),
            expected_seconds={"type": ["integer", "null"]},
        ),
        "Price": _price(),
        "ModelList": _listed("Model"),
        "UsageDay": _closed(
            "One day's videos and dollars.",
            day={"type": "string", "format": "date"},
            videos=_COUNT,
            usd=_DIGITS,
            reserved_usd=_DIGITS,
            unconfirmed_usd=_DIGITS,
        ),
        "DailyUsage": _closed(
            "The days asked for.", object={"const": "usage"}, data={"type": "array", "items": ref("UsageDay")}
        ),
    }


def _price() -> Schema:
    rates: Schema = {"type": "object", "additionalProperties": _DIGITS}
    price = _closed(
        "What a second costs, by resolution.", currency=_TEXT, unit={"const": "second"}, rates=rates
    )
    price["properties"]["rates_with_reference_video"] = rates
    return price


def _errors() -> Schema:
    problem = _closed("One thing wrong with a request.", param=_MAYBE_TEXT, message=_TEXT)
    told = _closed(
        "What went wrong; `problems` lists all of it, `param` names the first.",
        message=_TEXT,
        type={
            "enum": [
                "invalid_request_error",
                "authentication_error",
                "permission_error",
                "rate_limit_error",
                "server_error",
            ]
        },
        param=_MAYBE_TEXT,
        code=_TEXT,
        problems={"type": "array", "items": ref("Problem")},
    )
    return {
        "Problem": problem,
        "ErrorDetail": told,
        "Error": _closed("Every error of Reelhook's own.", error=ref("ErrorDetail")),
        "GatewayError": {
            "type": "object",
            "description": "What the gateway answers by itself, before Reelhook is asked.",
            "properties": {"message": _MAYBE_TEXT},
            "required": ["message"],
            "not": {"required": ["error"]},
        },
    }
