"""Whoever guesses at callback addresses learns nothing and changes nothing."""

import http.client
import json
import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from reelhook.domain.token import Bearing, SigningKey, mint
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver

NOT_FOUND = (404, b'{"status":"not found"}')
NO_ROUTE = (404, b'{"message":"Not Found"}')  # what the gateway says by itself
DAY = 86_400_000


@dataclass(frozen=True)
class Target:
    """A video that awaits its callback, another one, and what an attacker would need."""

    stack: Driver
    video_id: str
    task_id: str
    token: str
    other_id: str
    other_token: str
    key: SigningKey

    def minted(self, *, stage: str = "", provider: str = "apixo", days: int = 1, key: str = "") -> str:
        """A token made with the stack's own secret, for what is asked."""
        bearing = Bearing(stage or self.stack.stack.stack_name, provider, self.video_id)
        signing = SigningKey(key or self.key.id, self.key.secret)
        return mint(signing, bearing, time.time_ns() // 10**6 + days * DAY)


@pytest.fixture(scope="module")
def target(stacks: StackWith) -> Target:
    """Two videos whose callbacks have not come."""
    stack = stacks()
    stack.provider.reset()
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    ids = [stack.submit()["id"] for _ in range(2)]
    tasks = [stack.provider.task_id(video_id) for video_id in ids]
    tokens = [stack.provider.callback_url(task_id).rpartition("/")[2] for task_id in tasks]
    name = f"{stack.stack.parameter_path}/callback-keys"
    told = stack.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    key = json.loads(told)["current"]
    signing = SigningKey(key["id"], b64decode(key["secret"]))
    return Target(stack, ids[0], tasks[0], tokens[0], ids[1], tokens[1], signing)


def post(stack: Driver, path: str, method: str = "POST") -> tuple[int, bytes]:
    """Send this very path: nothing between here and the wire tidies it up."""
    connection = http.client.HTTPConnection(stack.stack.callback_url.partition("://")[2], timeout=40)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", "2")
        connection.endheaders(b"{}")
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def parts(target: Target) -> tuple[str, int, str]:
    key_id, expires, mac = target.token.split(".")
    return key_id, int(expires), mac


def at(target: Target, token: str, *, provider: str = "apixo", video_id: str = "") -> str:
    return f"/v1/callbacks/{provider}/{video_id or target.video_id}/{token}"


HOSTILE: dict[str, Callable[[Target], str]] = {
    "a guess": lambda t: at(t, "let-me-in"),
    "null": lambda t: at(t, "null"),
    "another signature": lambda t: at(t, t.token[:-1] + ("A" if t.token[-1] != "A" else "B")),
    "half a signature": lambda t: at(t, t.token[:-20]),
    "more than a signature": lambda t: at(t, t.token + "A"),
    "a later end": lambda t: at(t, f"{parts(t)[0]}.{parts(t)[1] + 1}.{parts(t)[2]}"),
    "an end in the far future": lambda t: at(t, f"{parts(t)[0]}.{'9' * 4000}.{parts(t)[2]}"),
    "no end": lambda t: at(t, f"{parts(t)[0]}..{parts(t)[2]}"),
    "an unknown key": lambda t: at(t, t.minted(key="k9")),
    "the key in capitals": lambda t: at(t, t.token.replace("k", "K", 1)),
    "another video's token": lambda t: at(t, t.other_token),
    "its token at another video": lambda t: at(t, t.token, video_id=t.other_id),
    "a video that does not exist": lambda t: at(t, t.token, video_id="video_" + "a" * 26),
    "no video id": lambda t: at(t, t.token, video_id="%20"),
    "an expired one": lambda t: at(t, t.minted(days=-1)),
    "another stage's": lambda t: at(t, t.minted(stage="reelhook-test")),
    "another provider's": lambda t: at(t, t.minted(provider="modellix")),
    "an unknown provider": lambda t: at(t, t.minted(provider="nobody"), provider="nobody"),
    "a provider in capitals": lambda t: at(t, t.token, provider="APIXO"),
    "a line break": lambda t: at(t, t.token + "%0A"),
    "a zero byte": lambda t: at(t, t.token + "%00"),
    "a blank": lambda t: at(t, "%20" + t.token),
    "foreign digits": lambda t: at(t, t.token.replace("1", "%D9%A1")),
    "no UTF-8": lambda t: at(t, "%FF%FE"),
    "a path in it": lambda t: at(t, "..%5C..%5C" + t.token),
    "braces": lambda t: at(t, "{token}"),
}
NOWHERE: dict[str, Callable[[Target], str]] = {
    "no token": lambda t: at(t, ""),
    "one part more": lambda t: at(t, t.token + "/x"),
    "one part less": lambda t: f"/v1/callbacks/apixo/{t.token}",
    "an empty part": lambda t: at(t, t.token).replace("/apixo/", "//"),
    "another place": lambda t: at(t, t.token).replace("/v1/callbacks/", "/v1/callbacks/../callbacks/"),
}


@pytest.mark.parametrize("url", HOSTILE)
def test_a_bad_token_is_answered_like_any_other(target: Target, url: str) -> None:
    assert post(target.stack, HOSTILE[url](target)) == NOT_FOUND


@pytest.mark.parametrize("url", NOWHERE)
def test_what_is_no_callback_address_never_reaches_the_function(target: Target, url: str) -> None:
    assert post(target.stack, NOWHERE[url](target)) == NO_ROUTE


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_right_token_is_good_for_nothing_but_a_post(target: Target, method: str) -> None:
    assert post(target.stack, at(target, target.token), method) == NO_ROUTE


def test_all_that_changes_nothing_and_the_right_token_still_works(target: Target) -> None:
    stack, ids = target.stack, (target.video_id, target.other_id)
    before = [stack.item(video_id) for video_id in ids]

    def requests() -> list[dict[str, Any]]:
        tasks = [stack.provider.task_id(video_id) for video_id in ids]
        return [request for task_id in tasks for request in stack.provider.requests(task_id=task_id)]

    asked = requests()
    refused = stack.counted("CallbackRefused")
    for url in HOSTILE.values():
        post(stack, url(target))

    assert [stack.item(video_id) for video_id in ids] == before
    assert requests() == asked
    assert stack.counted("CallbackRefused") == refused + len(HOSTILE)
    assert all("asked" not in item for item in before)
    assert post(stack, at(target, target.token))[0] == 200
