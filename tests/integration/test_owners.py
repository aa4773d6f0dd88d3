"""Owners on the real template: JWTs of an issuer on this machine, keys that end, owners that are shut out."""

import re
import time

import httpx
import pytest
from openai import OpenAI

from reelhook.domain.owners import jwt_owner
from tests.integration.auditing import assert_refused
from tests.integration.commands import make
from tests.integration.conftest import ALIASED
from tests.integration.driving import PROMPT, Driver
from tests.integration.strangers import assert_finds_nothing
from tests.integration.waiting import until
from tests.isolation import ROWS
from tests.issuer import claims, header, jws


@pytest.fixture
def stack(adapted: Driver) -> Driver:
    """A stack that takes an issuer's JWTs, and another name for a model."""
    return adapted


def bearing(stack: Driver, issuer: str, **changes: object) -> dict[str, str]:
    """The header with a JWT, which no log may hold."""
    told = claims(iss=issuer, **{"exp": int(time.time()) + 60, **changes})
    jwt = jws(header(), told)
    stack.secrets[jwt] = "a JWT"
    return {"Authorization": f"Bearer {jwt}"}


def ask(stack: Driver, headers: dict[str, str], path: str = "/v1/videos/video_none") -> httpx.Response:
    return httpx.get(f"{stack.stack.api_url}{path}", headers=headers, trust_env=False, timeout=40)


def test_a_jwts_subject_has_its_videos_to_itself(stack: Driver, issuer: str) -> None:
    mine = bearing(stack, issuer)
    created = httpx.post(
        f"{stack.stack.api_url}/v1/videos", json={"prompt": PROMPT}, headers=mine, trust_env=False, timeout=40
    )
    assert created.status_code == 202, created.text
    path = f"/v1/videos/{created.json()['id']}"

    assert stack.item(created.json()["id"])["owner"] == jwt_owner(issuer, "user-1")
    assert ask(stack, mine, path).status_code == 200
    assert_refused(ask(stack, bearing(stack, issuer, sub="user-2"), path), 404, "not_found")
    assert stack.api.get(path).status_code == 404
    for refused in (bearing(stack, issuer, exp=1), bearing(stack, issuer, aud="a-third")):
        answer = ask(stack, refused, path)
        assert_refused(answer, 401, "invalid_token")
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_the_official_sdk_asks_with_a_jwt_and_by_its_own_name_of_a_model(stack: Driver, issuer: str) -> None:
    jwt = bearing(stack, issuer)["Authorization"].removeprefix("Bearer ")
    client = OpenAI(base_url=f"{stack.stack.api_url}/v1", api_key=jwt, max_retries=0)
    video = client.videos.create(prompt=PROMPT, model="sora-2", seconds="4")

    assert video.model == client.videos.retrieve(video.id).model == ALIASED
    [task] = until(lambda: stack.provider.tasks(video.id), bool, 15)
    assert task["model"] == ALIASED.removeprefix("apixo/")
    listed = stack.api.get("/v1/videos/models").json()["data"]
    assert ALIASED in {model["id"] for model in listed}
    assert "sora-2" not in {model["id"] for model in listed}


def test_no_route_tells_one_kind_of_owner_of_the_others_video(stack: Driver, issuer: str) -> None:
    key, jwt = stack.client_of("isolated"), stack.client_bearing(bearing(stack, issuer, sub="isolated"))
    video_ids = [
        client.post(
            "/v1/videos",
            content=ROWS[0].body,
            headers={"Content-Type": "application/json", "Idempotency-Key": "shared"},
        ).json()["id"]
        for client in (key, jwt)
    ]

    for client, video_id in zip((jwt, key), video_ids, strict=True):
        assert_finds_nothing(client, video_id)
    assert [
        client.get(f"/v1/videos/{video_id}").status_code
        for client, video_id in zip((key, jwt), video_ids, strict=True)
    ] == [200, 200]


def test_keys_are_listed_and_revoked_and_a_disabled_owner_is_shut_out(stack: Driver) -> None:
    said = make(stack, "owner", "OWNER=films", "VIDEOS_PER_DAY=20", "USD_PER_DAY=12.50", "USER_IN_FLIGHT=1")
    assert "films may ask for videos.\n  limits: 20 videos a day, 12.5 USD a day\n" in said
    assert "of each of its users: 1 videos in flight\nNext: make key OWNER=films" in said
    key = re.findall(r"rh_[A-Za-z0-9_-]{43}", make(stack, "key", "OWNER=films", "DAYS=1"))[0]
    stack.secrets[key] = "an API key"

    listed = make(stack, "keys", "OWNER=films")
    assert key not in listed
    assert re.search(rf"^rh_\.\.\.{re.escape(key[-4:])}  films  20.* 20", listed, re.MULTILINE)

    films = {"Authorization": f"Bearer {key}"}
    stack.provider.behave(submit={"refuse": {"status": 429, "retry_after": 3600}})
    queued = httpx.post(
        f"{stack.stack.api_url}/v1/videos",
        json={"prompt": PROMPT},
        headers=films,
        trust_env=False,
        timeout=40,
    ).json()
    said = make(stack, "owner", "OWNER=films", "DISABLED=1")
    assert "limits: 20 videos a day, 12.5 USD a day" in said
    assert "what it has queued is not sent any more" in said
    stack.provider.behave(submit=None)
    stack.open_gate()  # until now nobody has asked who its owner is
    stack.run("DispatchVideos")
    ended = stack.wait_for_item(queued["id"], lambda item: item["state"] == "failed")
    assert ended["error"]["code"] == "owner_disabled"
    assert len(stack.provider.tasks()) == 0
    other_function = ask(stack, films)  # Videos has never heard of this owner, so it remembers nothing
    assert_refused(other_function, 403, "owner_disabled")

    hint = f"KEY=rh_...{key[-4:]}"
    assert f"the key rh_...{key[-4:]} of films is gone" in make(stack, "revoke-key", hint, "OWNER=films")
    assert "No such key" in make(stack, "revoke-key", f"KEY={key}")
