"""Hostile bodies in both layers of JSON: never an exception, always a log line; and nothing documented is refused."""

import io
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from reelhook.domain.answers import Hint, NotAnswered, Running, Succeeded, TaskFailed, Unclear
from reelhook.domain.video import State, Video
from reelhook.observability import PowertoolsJournal, logger
from tests.documented_bodies import CALLBACKS, LINK, LOOK_UPS, TASK_ID
from tests.hostile_bodies import inner, outer
from tests.unit.apixo_world import SUCCEEDED, answer, apixo
from tests.unit.world import World

OUTER, INNER = outer(), inner()
PLAIN = SUCCEEDED.replace(b"task_12345678", b"task-1")
ENDS = {"success": Succeeded, "succeeded": Succeeded, "failed": TaskFailed}


@dataclass
class Desk:
    """The use cases with the real provider's reading and the real journal."""

    world: World
    log: io.StringIO
    says: bytes = b""

    def lines(self) -> list[dict[str, Any]]:
        """What was logged so far; every line is one JSON object in ASCII."""
        text = self.log.getvalue()
        assert text.isascii()
        return [json.loads(line) for line in text.splitlines()]

    def unanswered(self) -> Video:
        """A video whose task's id is not known."""
        self.world.provider.submit_answers = [Unclear("read timeout")]
        return self.world.submit()

    def receive(self, video: Video, body: bytes) -> int:
        """A delivery as API Gateway hands over what is no text; its answer, once its line is in the log."""
        told = len(self.lines())
        status = self.world.deliver(video, body=b64encode(body).decode(), is_base64=True)
        about = [line for line in self.lines()[told:] if line["video_id"] == video.video_id]
        assert about
        return status


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk, journal = Desk(World(), io.StringIO()), PowertoolsJournal()
    provider = apixo(lambda _: answer(200, desk.says))
    for method in ("read_callback", "look_up"):
        monkeypatch.setattr(desk.world.provider, method, getattr(provider, method))
    for method in ("note", "warn", "count"):
        monkeypatch.setattr(desk.world.journal, method, getattr(journal, method))
    monkeypatch.setattr(logger.registered_handler, "stream", desk.log)
    return desk


def read(body: bytes) -> Hint:
    return apixo(lambda _: answer(500)).read_callback({}, body)


def test_the_corpus_has_its_size_and_no_two_alike() -> None:
    assert len({*OUTER.values(), *INNER.values()}) == len(OUTER) + len(INNER) >= 80
    assert len(LOOK_UPS) + len(CALLBACKS) >= 35


@pytest.mark.parametrize("name", OUTER)
def test_a_hostile_callback_names_no_task_and_is_asked_for_again(desk: Desk, name: str) -> None:
    video = desk.unanswered()

    assert read(OUTER[name]) == Hint(None)
    assert desk.receive(video, OUTER[name]) == 503
    assert desk.world.state(video) is State.SUBMITTING


@pytest.mark.parametrize("name", OUTER)
def test_a_hostile_callback_about_a_known_task_says_that_it_is_time_to_look(desk: Desk, name: str) -> None:
    desk.says, video = PLAIN, desk.world.submit()
    desk.receive(video, OUTER[name])

    assert desk.world.see(video).results == ("https://file.apixo.ai/video.mp4",)


@pytest.mark.parametrize("name", INNER)
def test_a_hostile_result_in_a_callback_is_not_even_looked_at(desk: Desk, name: str) -> None:
    assert read(INNER[name]) == Hint("task-1", claims_success=True)
    assert desk.receive(desk.world.submit(), INNER[name]) == 200


@pytest.mark.parametrize("name", OUTER)
def test_a_hostile_look_up_is_no_answer(desk: Desk, name: str) -> None:
    desk.says, video = OUTER[name], desk.world.submit()

    assert isinstance(desk.world.provider.look_up("apixo/seedance-2-0-fast", "task-1", 3), NotAnswered)
    assert desk.receive(video, PLAIN) == 200
    assert desk.world.state(video) is State.SUBMITTED


@pytest.mark.parametrize("name", INNER)
def test_a_hostile_result_in_a_look_up_has_no_links(desk: Desk, name: str) -> None:
    desk.says, video = INNER[name], desk.world.submit()

    assert desk.world.provider.look_up("apixo/seedance-2-0-fast", "task-1", 3) == Succeeded(())
    assert desk.receive(video, PLAIN) == 200
    assert desk.world.see(video).results == ()
    assert desk.world.results.opened == []


@pytest.mark.parametrize("body", CALLBACKS.values(), ids=CALLBACKS.keys())
def test_a_documented_callback_names_its_task(desk: Desk, body: bytes) -> None:
    assert read(body).task_id == TASK_ID
    assert desk.receive(desk.unanswered(), body) == 200


@pytest.mark.parametrize("body", LOOK_UPS.values(), ids=LOOK_UPS.keys())
def test_a_documented_look_up_is_understood(desk: Desk, body: bytes) -> None:
    desk.says, data = body, json.loads(body)["data"]
    found = desk.world.provider.look_up("apixo/seedance-2-0-fast", TASK_ID, 3)

    assert isinstance(found, ENDS.get((data.get("state") or data["status"]).lower(), Running))
    if isinstance(found, Succeeded):
        assert found.results[0] == LINK


HARMLESS: list[Callable[[bytes], bytes]] = [
    lambda body: b" \r\n" + body + b"\n",
    lambda body: json.dumps(json.loads(body), indent=4).encode(),
    lambda body: json.dumps(json.loads(body), ensure_ascii=False).encode(),
    lambda body: body[:-1] + b', "more": [' + b"0," * 20_000 + b"0]}",
]


@pytest.mark.parametrize("body", CALLBACKS.values(), ids=CALLBACKS.keys())
def test_a_documented_callback_may_be_spaced_spelled_and_padded_otherwise(body: bytes) -> None:
    assert {read(change(body)) for change in HARMLESS} == {read(body)}
