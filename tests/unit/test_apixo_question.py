"""What a look-up asks: this task, of the model it was sent to, with the operator's key."""

import httpx
import pytest

from reelhook.domain.answers import NotAnswered
from reelhook.domain.errors.running import NotConfiguredError, StoreError
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from tests.unit.apixo_world import BASE, KEY, MODEL, TASK, answer, apixo


@pytest.mark.parametrize(
    ("model", "task_id", "path"),
    [
        (MODEL, TASK, b"/api/v1/statusTask/seedance-2-0-fast?taskId=task_12345678"),
        (MODEL, "a b&c=d?e#f/g%2F+é", b"/api/v1/statusTask/seedance-2-0-fast?taskId=a%20b%26c%3Dd%3Fe%23f%2Fg%252F%2B%C3%A9"),
        (MODEL, "../../x", b"/api/v1/statusTask/seedance-2-0-fast?taskId=..%2F..%2Fx"),
        ("apixo/gone-model", TASK, b"/api/v1/statusTask/gone-model?taskId=task_12345678"),
    ],
)  # fmt: skip
def test_the_look_up_asks_for_this_task_of_the_model_it_was_sent_to(
    model: str, task_id: str, path: bytes
) -> None:
    seen: list[httpx.Request] = []

    def side(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(404)

    apixo(side).look_up(model, task_id, 3)
    (one,) = seen
    assert (one.method, one.url.raw_path) == ("GET", path)
    assert one.headers["authorization"] == f"Bearer {KEY}"


def test_a_missing_key_is_no_answer_and_the_operators() -> None:
    def missing() -> str:
        raise NotConfiguredError("apixo-api-key", "is missing")

    provider = Apixo(BASE, missing, catalog(None, None))
    assert provider.look_up(MODEL, TASK, 3) == NotAnswered("no API key", account=True)


def test_a_key_that_cannot_be_read_just_now_is_no_answer() -> None:
    def silent() -> str:
        raise StoreError

    assert Apixo(BASE, silent, catalog(None, None)).look_up(MODEL, TASK, 3) == NotAnswered("no API key")
