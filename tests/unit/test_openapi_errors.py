"""Every error that the document names for a route is really answered there: each has a way to come about."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NoReturn
from unittest.mock import patch

import pytest

from reelhook.api import pages
from reelhook.domain.errors.running import StoreError
from reelhook.domain.owners import Limits, Owner, OwnerLimits
from reelhook.domain.time import MINUTE
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import Answer
from reelhook.domain.webhooks.endpoint import (
    MAX_ENDPOINTS,
    EndpointBook,
    EndpointStatus,
    random_endpoint_id,
)
from reelhook.use_cases.uploading import Uploading
from reelhook.wiring.videos import Videos
from tests.builders import NOW, a_video_id
from tests.isolation import ANOTHER_ENDPOINT, Row
from tests.issuer import claims, header, jws
from tests.openapi import DOCUMENT, undocumented
from tests.unit.test_owner_isolation import ENDPOINT, ENDPOINT_ID, JWTS, KEYS, Api

ME, JWT = next(iter(KEYS)), next(iter(JWTS))
CREATE = ("POST", "/v1/videos")
ONE = "/v1/videos/{video_id}"
HOOKS = "/v1/webhook_endpoints"
HOOK = f"{HOOKS}/{{webhook_endpoint_id}}"


@dataclass(frozen=True)
class Asked:
    """A request that is about to go wrong."""

    video_id: str = a_video_id(1)
    key: str = KEYS[ME]
    parts: dict[str, Any] = field(default_factory=dict)


type Situation = Callable[[Api], Asked]


def raising(error: Exception) -> Callable[..., NoReturn]:
    """Whatever is asked, this comes of it."""

    def fail(*_: object) -> NoReturn:
        raise error

    return fail


def accounts_fail(error: Exception) -> Situation:
    """Nobody can tell whose key this is."""

    def situation(api: Api) -> Asked:
        api.accounts.find_key = raising(error)  # type: ignore[method-assign]
        return Asked()

    return situation


def disabled(api: Api) -> Asked:
    api.accounts.owners[ME] = Owner(ME, disabled=True)
    return Asked()


def unconfigured(api: Api) -> Asked:
    api.authorized = Videos({}).authorized  # type: ignore[method-assign]
    return Asked()


def issuer_down(api: Api) -> Asked:
    api.issuer.down = True
    return Asked(key=JWTS[JWT])


def asking(**parts: Any) -> Situation:
    """The same request but for these parts of it."""
    return lambda _: Asked(parts=parts)


def standing(state: State, **parts: Any) -> Situation:
    """There is such a video, in this state."""
    return lambda api: Asked(api.planted(ME, state), parts=parts)


def limited(limits: Limits, body: Mapping[str, Any]) -> Situation:
    """The operator allows this owner no more."""

    def situation(api: Api) -> Asked:
        api.accounts.owners[ME] = Owner(ME, limits=OwnerLimits(limits))
        return Asked(parts={"body": json.dumps(body)})

    return situation


def deleted(api: Api) -> Asked:
    api.planted(ME, None)
    return Asked()


def used(api: Api) -> Asked:
    api.planted(ME, State.STORED)
    return Asked(parts={"body": json.dumps({"prompt": "Another one"})})


def keyless(api: Api) -> Asked:
    api.provider.configured = False
    return Asked()


def no_more_uploads(api: Api) -> Asked:
    api.uploading = Uploading(api.uploads, api.transactions, api.clock, api.randomness, 0)
    return Asked(parts={"body": json.dumps({"content_type": "image/png"})})


def with_endpoint(**changes: Any) -> Situation:
    """There is a webhook endpoint, and a delivery to it; the parts of the request follow."""

    def situation(api: Api) -> Asked:
        video_id = api.planted(ME, State.STORED)
        return Asked(video_id, parts=changes)

    return situation


def crowded(api: Api) -> Asked:
    api.planted(ME, State.STORED)
    others = (replace(ENDPOINT, id=random_endpoint_id(bytes([n] * 17))) for n in range(MAX_ENDPOINTS))
    api.hooks.endpoints.plant(EndpointBook(ME, 2, tuple(others)))
    return Asked(parts={"body": ANOTHER_ENDPOINT})


def unreachable(api: Api) -> Asked:
    api.hooks.target.answers = [Answer(problem="no_connection")]
    return with_endpoint(body=TRIAL)(api)


def shut(api: Api) -> Asked:
    asked = with_endpoint(body="")(api)
    api.hooks.endpoints.plant(EndpointBook(ME, 2, (replace(ENDPOINT, status=EndpointStatus.DISABLED),)))
    return asked


def outdated(api: Api) -> Asked:
    """It was delivered, and its video is not there any more."""
    asked = with_endpoint(body="")(api)
    api.hooks.delivering.deliver(ENDPOINT_ID, f"evt_{asked.video_id}_completed")
    return asked


EVERYWHERE: dict[str, Situation] = {
    "invalid_api_key": lambda _: Asked(key="rh_unknown"),
    "invalid_token": lambda _: Asked(key=jws(header(), claims(exp=NOW // 1000 - 1))),
    "owner_disabled": disabled,
    "issuer_unavailable": issuer_down,
    "store_unavailable": accounts_fail(StoreError("DynamoDB: down")),
    "not_configured": unconfigured,
    "internal_error": accounts_fail(KeyError("nobody expected this")),
}
TRIAL = json.dumps({"event_type": "video.completed"})
NAMED: dict[str, Situation] = {**EVERYWHERE, "not_found": asking(body="")}
BAD_BODIES: dict[str, Situation] = {
    "invalid_request": with_endpoint(body=json.dumps({"colour": "red"})),
    "request_too_large": with_endpoint(body=json.dumps({"name": "x" * 600_000})),
    "unsupported_content_type": with_endpoint(body="{}", headers={"content-type": "text/plain"}),
}
PRICELESS = {"prompt": "A boat", "model": "apixo/seedance-2-0", "resolution": "720p"}
SITUATIONS: dict[tuple[str, str], dict[str, Situation]] = {
    CREATE: EVERYWHERE
    | {
        "invalid_request": asking(body=json.dumps({"prompt": "A boat", "seconds": 99})),
        "gone": deleted,
        "request_too_large": asking(body=json.dumps({"prompt": "x" * 600_000})),
        "unsupported_content_type": asking(headers={"content-type": "text/plain"}),
        "idempotency_key_reuse": used,
        "price_unknown": limited(Limits(None, None, Decimal(9)), PRICELESS),
        "quota_exceeded": limited(Limits(0, None, None), {"prompt": "A boat"}),
        "provider_unavailable": keyless,
        "file_not_found": asking(
            body=json.dumps({"prompt": "A boat", "input_reference": {"file_id": "file_" + "a" * 26}})
        ),
    },
    ("POST", "/v1/uploads"): EVERYWHERE
    | {
        "invalid_request": asking(body=json.dumps({"content_type": "text/plain"})),
        "request_too_large": asking(body=json.dumps({"content_type": "x" * 600_000})),
        "unsupported_content_type": asking(headers={"content-type": "text/plain"}),
        "quota_exceeded": no_more_uploads,
    },
    ("GET", "/v1/videos"): EVERYWHERE | {"invalid_request": asking(queryStringParameters={"limit": "0"})},
    ("GET", "/v1/usage"): EVERYWHERE | {"invalid_request": asking(queryStringParameters={"to": "today"})},
    ("GET", "/v1/videos/models"): EVERYWHERE,
    ("GET", ONE): NAMED,
    ("DELETE", ONE): NAMED | {"video_not_final": standing(State.SUBMITTED)},
    ("POST", f"{ONE}/cancel"): NAMED | {"video_not_cancelable": standing(State.SUBMITTED)},
    ("GET", f"{ONE}/content"): NAMED
    | {
        "invalid_request": asking(queryStringParameters={"index": "8"}),
        "variant_not_available": standing(State.STORED, queryStringParameters={"variant": "last_frame"}),
        "video_not_ready": standing(State.SUBMITTED),
    },
    ("GET", "/v1/webhook_event_types"): EVERYWHERE,
    ("POST", HOOKS): EVERYWHERE | BAD_BODIES | {"too_many_endpoints": crowded},
    ("GET", HOOKS): EVERYWHERE | {"invalid_request": asking(queryStringParameters={"limit": "0"})},
    ("GET", HOOK): NAMED,
    ("POST", HOOK): NAMED | BAD_BODIES,
    ("DELETE", HOOK): NAMED,
    ("POST", f"{HOOK}/rotate_secret"): NAMED | BAD_BODIES,
    ("POST", f"{HOOK}/test"): NAMED
    | BAD_BODIES
    | {"not_found": asking(body=TRIAL), "endpoint_unreachable": unreachable},
    ("GET", f"{HOOK}/deliveries"): NAMED
    | {"invalid_request": with_endpoint(queryStringParameters={"limit": "0"})},
    ("POST", f"{HOOK}/deliveries/{{event_id}}/redeliver"): NAMED
    | {"endpoint_disabled": shut, "event_outdated": outdated},
    ("GET", "/openapi.json"): {"internal_error": asking()},
    ("GET", "/docs"): {"internal_error": asking()},
}


def documented() -> dict[tuple[str, str], set[str]]:
    """The codes of every route's errors, as a reader of the document finds them."""
    found = dict[tuple[str, str], set[str]]()
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            contents = [one.get("content", {}) for one in operation["responses"].values()]
            examples = [one.get("application/json", {}).get("examples", {}) for one in contents]
            found[method.upper(), path] = {code for named in examples for code in named}
    return found


def test_every_documented_error_has_a_way_to_come_about_and_no_other_has() -> None:
    assert {route: set(situations) for route, situations in SITUATIONS.items()} == documented()


@pytest.mark.parametrize(("method", "path"), SITUATIONS)
def test_each_is_answered_there_as_documented(method: str, path: str) -> None:
    broken = raising(OSError("gone")) if path in ("/docs", "/openapi.json") else pages._read
    for code, situation in SITUATIONS[method, path].items():
        api = Api()
        asked = situation(api)
        api.clock.advance(MINUTE + 1)  # what was believed of keys and owners is asked anew
        with patch.object(pages, "_read", broken):
            answered = json.loads(api.ask(ME, Row(method, path), asked.video_id, asked.key, **asked.parts)[1])

        assert json.loads(answered["body"])["error"]["code"] == code
        assert undocumented(method, path, answered) == [], code
