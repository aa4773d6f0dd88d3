"""One owner's video does not exist for another one, on any route, in any state, before and after its deletion.

Owners ask by API key or by JWT; each kind is tried against each.
"""

import hashlib
import importlib
import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

import functions.submit_video
from reelhook.adapters.oidc import OidcIssuer
from reelhook.api.pages import add_page_routes
from reelhook.api.resolver import Resolver, resolver
from reelhook.api.routes import ROUTES
from reelhook.api.upload_routes import add_upload_routes
from reelhook.api.video_routes import add_video_routes
from reelhook.api.webhook_routes import add_webhook_routes
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.owners import Owner, OwnerLimits, jwt_owner
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.uploads import upload_key
from reelhook.domain.video import State
from reelhook.domain.webhooks.endpoint import Endpoint, EndpointBook
from reelhook.settings import Settings
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.lists import Lists
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.usage import UsageReading
from tests.api import CATALOG, FAST, Notes, event
from tests.builders import NOW, a_request, a_video
from tests.fakes import InMemoryAccounts
from tests.images import a_png
from tests.isolation import ROWS, UPLOAD, Row
from tests.issuer import AUDIENCE, ISSUER, SimulatedIssuer, claims, header, jws
from tests.template import source
from tests.unit.deployed import CONTEXT
from tests.unit.webhook_world import HOOK, WebhookWorld
from tests.unit.world import World

KEYS = {owner: f"rh_{owner[-1] * 43}" for owner in ("owner-1", "owner-2")}
JWTS = {jwt_owner(ISSUER, subject): jws(header(), claims(sub=subject)) for subject in ("user-1", "user-2")}
BEARERS = KEYS | JWTS
# whose the video is, and who else asks: by a key or a JWT each
PAIRS = list(itertools.product(*zip(KEYS, JWTS, strict=True)))
KINDS = {**dict.fromkeys(KEYS, "key"), **dict.fromkeys(JWTS, "JWT")}
ENDPOINT_ID = "we_" + "p4" * 13
ENDPOINT = Endpoint(ENDPOINT_ID, "mine", HOOK, ("video.completed",), NOW, NOW)


class Api(World):
    """Both functions behind the API, with two owners of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.catalog = CATALOG
        hashes = {hashlib.sha256(key.encode()).hexdigest(): ApiKey(owner) for owner, key in KEYS.items()}
        self.accounts, self.issuer = InMemoryAccounts(hashes), SimulatedIssuer()
        owners = Owners(self.accounts, self.clock)
        issuer = OidcIssuer(ISSUER, (AUDIENCE,), self.clock, self.issuer.transport)
        self.authorization = Authorization(self.accounts, owners, issuer, OwnerLimits(), self.clock)
        self.reading, self.lists = (
            Reading(self.videos, self.media, self.settlement, self.clock),
            Lists(self.videos, self.journal),
        )
        self.usage = UsageReading(self.ledger)
        self.settings = Settings({"DEFAULT_MODEL": FAST, "MODEL_ALIASES": "", "REQUIRE_IDEMPOTENCY": "false"})
        self.examination = Examination(self.uploads, self.probe, CATALOG)
        for mine, _ in PAIRS:
            self.uploads.post(upload_key(mine, UPLOAD), a_png())
        self.hooks = WebhookWorld()
        self.webhook_origins = ()
        self.webhook_endpoints, self.delivery_log = self.hooks.webhook_endpoints, self.hooks.delivery_log
        self._others: Resolver = resolver(Notes())
        add_page_routes(self._others)
        add_upload_routes(self._others, lambda: self)
        add_video_routes(self._others, lambda: self)
        add_webhook_routes(self._others, lambda: self)

    def now(self) -> int:
        """What time it is."""
        return self.clock()

    def random_video_id(self) -> str:
        """An id that no video has."""
        return self.hooks.random_video_id()

    def authorized(self, headers: Mapping[str, str]) -> Owner:
        """As the submit asks."""
        return self.authorization.owner_of(headers.get("authorization"))

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """As the functions ask."""
        return self.authorized(headers).name

    def ask(
        self, owner: str, row: Row, video_id: str, key: str | None = None, **parts: Any
    ) -> tuple[int, str]:
        """One request, as the owner unless a key is given; its status, and all that its answer says.

        `parts` of the event stand in place of the row's; headers join its own.
        """
        own = {"authorization": f"Bearer {key or BEARERS[owner]}", "idempotency-key": row.key}
        headers = {name: value for name, value in {**own, **parts.pop("headers", {})}.items() if value}
        names = {"webhook_endpoint_id": ENDPOINT_ID, "event_id": f"evt_{video_id}_completed"}
        path, query = (text.format(video_id=video_id, **names) for text in (row.path, row.query))
        asked = {
            "headers": headers,
            "queryStringParameters": dict([query.split("=")]) if query else None,
            "body": row.body,
        }
        told = event(row.method, path, **{**asked, **parts})
        app: Any = self._others
        if (row.method, row.path) == ("POST", "/v1/videos"):
            app = functions.submit_video.app
        with patch.object(functions.submit_video, "production", lambda: self):
            answered = app.resolve(told, CONTEXT)
        return answered["statusCode"], json.dumps(answered)

    def planted(self, owner: str, state: State | None) -> str:
        """The id of a video that this owner asked for and that stands so; without a state it is deleted."""
        status, answer = self.ask(owner, ROWS[0], "")
        assert status == 202
        video_id: str = json.loads(json.loads(answer)["body"])["id"]
        video = a_video(state or State.STORED, video_id, request=a_request(user="end-user"))
        self.videos.plant(replace(video, owner=owner))
        self.hooks.endpoints.plant(EndpointBook(owner, 1, (ENDPOINT,)))
        told = replace(video, owner=owner, state=State.STORED)
        self.hooks.follower.follow(PublicChange(told, EventType.COMPLETED, self.clock()))
        if state is None:
            self.ending.delete(owner, video_id)
        return video_id

    def hooks_of(self, owner: str) -> list[object]:
        """An owner's endpoints, and all that is on its way to them."""
        return [self.hooks.endpoints.read(owner), dict(self.hooks.deliveries.items)]


@cache
def asked_of_nobody(owner: str, row: Row, video_id: str) -> tuple[int, str]:
    """What the same request is answered where nobody ever asked for a video."""
    status, answer = Api().ask(owner, row, video_id)
    return status, plain(answer)


def plain(answer: str) -> str:
    """An answer without the id that was drawn for a new upload."""
    return re.sub(r"file_[a-z2-7]{26}", "file_...", answer)


def test_every_route_has_its_row() -> None:
    assert {(row.method, row.path) for row in ROWS} == {
        (method, path) for path, methods in ROUTES.items() for method in methods
    }


def test_the_routes_are_those_that_the_functions_answer() -> None:
    """Read from the functions behind the API themselves, so that none is forgotten."""
    answered = set[tuple[str, str]]()
    for about in (resource["Properties"] for resource in source()["Resources"].values()):
        if {"Ref": "Api"} in [one["Properties"].get("ApiId") for one in about.get("Events", {}).values()]:
            module = importlib.import_module(f"functions.{about['Handler'].removesuffix('.handler')}")
            routes = [*module.app._static_routes, *module.app._dynamic_routes]
            assert routes
            answered |= {(route.method, route.openapi_path) for route in routes}

    named = {(row.method, row.path) for row in ROWS}
    assert answered - named == {("DELETE", "/v1/videos/models")}  # answers 405 to all
    assert named <= answered


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"the {KINDS[pair[0]]}'s by {KINDS[pair[1]]}")
@pytest.mark.parametrize("state", [State.QUEUED, State.SUBMITTED, State.STORED, None], ids=str)
def test_another_owner_is_answered_as_if_there_were_no_such_video(
    pair: tuple[str, str], state: State | None
) -> None:
    mine, other = pair
    for row in ROWS:
        api = Api()
        video_id = api.planted(mine, state)
        before, hooks = dict(api.videos.items), api.hooks_of(mine)

        status, answer = api.ask(other, row, video_id)

        assert status == row.status, row
        assert video_id not in answer, row
        assert ENDPOINT_ID not in answer, row
        assert (api.hooks_of(mine), api.hooks.target.posts) == (hooks, []), row
        assert {key: item for key, item in api.videos.items.items() if key.id == video_id} == before, row
        assert (status, plain(answer)) == asked_of_nobody(other, row, video_id), row


@pytest.mark.parametrize("mine", PAIRS[0][:1] + PAIRS[-1][:1], ids=KINDS.__getitem__)
def test_the_same_requests_find_the_owners_own_video(mine: str) -> None:
    """What the rows above are worth."""
    api = Api()
    video_id = api.planted(mine, State.STORED)
    last = [row for row in ROWS if row.method == "DELETE"]
    found = {row: api.ask(mine, row, video_id)[0] for row in ROWS if row not in last}

    assert set(found.values()) == {200, 201, 202, 302, 409}
    assert [row.path for row, status in found.items() if status == 409] == ["/v1/videos/{video_id}/cancel"]
    assert [api.ask(mine, row, video_id)[0] for row in last * 2] == [200, 200, 404, 404]
