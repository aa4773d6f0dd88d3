"""One owner's video does not exist for another one, on any route, in any state, before and after its deletion."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import pytest

import functions.submit_video
from reelhook.api.pages import add_page_routes
from reelhook.api.resolver import Resolver, resolver
from reelhook.api.routes import ROUTES
from reelhook.api.upload_routes import add_upload_routes
from reelhook.api.video_routes import add_video_routes
from reelhook.domain.owners import Owner, OwnerLimits
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.uploads import upload_key
from reelhook.domain.video import State
from reelhook.settings import Settings
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.lists import Lists
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.usage import UsageReading
from tests.api import CATALOG, FAST, Notes, event
from tests.builders import a_request, a_video
from tests.fakes import InMemoryAccounts
from tests.images import a_png
from tests.isolation import ROWS, UPLOAD, Row
from tests.unit.test_handlers import CONTEXT
from tests.unit.world import World

KEYS = {owner: f"rh_{owner[-1] * 43}" for owner in ("owner-1", "owner-2")}
PROMPT = "A lighthouse in a storm"


class Api(World):
    """Both functions behind the API, with two owners."""

    def __init__(self) -> None:
        super().__init__()
        self.catalog = CATALOG
        hashes = {hashlib.sha256(key.encode()).hexdigest(): ApiKey(owner) for owner, key in KEYS.items()}
        accounts = InMemoryAccounts(hashes)
        owners = Owners(accounts, self.clock)
        self.authorization = Authorization(accounts, owners, None, OwnerLimits(), self.clock)
        self.reading, self.lists = (
            Reading(self.videos, self.media, self.settlement, self.clock),
            Lists(self.videos, self.journal),
        )
        self.usage = UsageReading(self.ledger)
        self.examination = Examination(self.uploads, self.probe, CATALOG)
        self.uploads.post(upload_key("owner-1", UPLOAD), a_png())
        self.settings = Settings({"DEFAULT_MODEL": FAST, "REQUIRE_IDEMPOTENCY": "false"})
        self._others: Resolver = resolver(Notes())
        add_page_routes(self._others)
        add_upload_routes(self._others, lambda: self)
        add_video_routes(self._others, lambda: self)

    def now(self) -> int:
        """What time it is."""
        return self.clock()

    def authorized(self, headers: Mapping[str, str]) -> Owner:
        """As the submit asks."""
        return self.authorization.owner_of(headers.get("authorization"))

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """As the functions ask."""
        return self.authorized(headers).name

    def ask(self, owner: str, row: Row, video_id: str, key: str | None = None) -> tuple[int, str]:
        """One request, by the owner's key unless another is given; its status, and all that its answer says."""
        path, query = (text.format(video_id=video_id) for text in (row.path, row.query))
        told = event(
            row.method,
            path,
            headers={"authorization": f"Bearer {key or KEYS[owner]}", "idempotency-key": row.key},
            queryStringParameters=dict([query.split("=")]) if query else None,
            body=row.body or json.dumps({"prompt": PROMPT, "seconds": 5, "user": "end-user"}),
        )
        app: Any = self._others
        if (row.method, row.path) == ("POST", "/v1/videos"):
            app = functions.submit_video.app
        with patch.object(functions.submit_video, "production", lambda: self):
            answered = app.resolve(told, CONTEXT)
        return answered["statusCode"], json.dumps(answered)


def test_every_route_has_its_row() -> None:
    assert {(row.method, row.path) for row in ROWS} == {
        (method, path) for path, methods in ROUTES.items() for method in methods
    }


@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.parametrize("state", [State.QUEUED, State.SUBMITTED, State.STORED, None], ids=str)
def test_another_owner_is_answered_as_if_there_were_no_such_video(row: Row, state: State | None) -> None:
    api = Api()
    _, answer = api.ask("owner-1", ROWS[0], "")
    video_id = json.loads(json.loads(answer)["body"])["id"]
    api.videos.plant(a_video(state or State.STORED, video_id, request=a_request(user="end-user")))
    if state is None:
        api.ending.delete("owner-1", video_id)
    before = dict(api.videos.items)

    status, answer = api.ask("owner-2", row, video_id)

    assert status == row.status
    assert video_id not in answer
    assert {key: item for key, item in api.videos.items.items() if key.id == video_id} == before


def test_the_same_requests_find_the_owners_own_video() -> None:
    """What the rows above are worth."""
    api = Api()
    _, answer = api.ask("owner-1", ROWS[0], "")
    video_id = json.loads(json.loads(answer)["body"])["id"]
    api.videos.plant(a_video(State.STORED, video_id, request=a_request(user="end-user")))
    last = [row for row in ROWS if row.method == "DELETE"]
    found = {row: api.ask("owner-1", row, video_id)[0] for row in ROWS if row not in last}

    assert set(found.values()) == {200, 201, 202, 302, 409}
    assert [row.path for row, status in found.items() if status == 409] == ["/v1/videos/{video_id}/cancel"]
    assert [api.ask("owner-1", row, video_id)[0] for row in last * 2] == [200, 404]
