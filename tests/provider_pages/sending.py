"""Sends what the pages show to a running stack, as a client, and says what reached the provider."""

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sandbox.provider.tasks import WITHHELD
from tests.integration.driving import Driver
from tests.provider_pages.asking import Fields, asked
from tests.provider_pages.documented import SECONDS
from tests.provider_pages.examples import Example

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the provider's ledger shows of one request."""

    model: str  # by the provider's own name
    body: Fields
    headers: dict[str, str]

    @property
    def fields(self) -> Fields:
        """The model's own fields."""
        fields: Fields = self.body.get("input", self.body)
        return fields


def arrived(stack: Driver, wanted: Iterable[tuple[str, Fields]]) -> list[Arrived]:
    """What became of each request, a model and its fields as its page names them; each is paid for once."""
    stack.provider.behave(
        generate_seconds=3600, callback={"when": "never"}, reference_seconds={"default": 5, **SECONDS}
    )
    bodies = [asked(model, fields) for model, fields in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        videos = list(pool.map(lambda body: _submitted(stack, body), bodies))
    ledger = stack.provider.tasks_by_video()
    found = []
    for video_id, body in zip(videos, bodies, strict=True):
        assert video_id in ledger, f"refused: {written(body):.600} {stack.get(video_id)['error']}"
        (task,) = ledger[video_id]
        found.append(Arrived(task["model"], task["body"], task["headers"]))
    return found


def outcome(example: Example, seen: Arrived) -> str:
    """What the table says of an example; everything but equality is told in full."""
    if seen.model != example.model.partition("/")[2]:
        return f"arrived as {seen.model}"
    if not same(seen.fields, example.fields):
        return f"differs: {written(seen.fields)}"
    around = {**seen.body, "input": None} if "input" in seen.body else {}
    if around and around != {"request_type": "callback", "callback_url": WITHHELD, "input": None}:
        return f"differs around its input: {written(around)}"
    if around:
        return "equal, but for `request_type` (`callback`) and `callback_url` (ours)"
    if seen.headers.get("X-Webhook-URL") != WITHHELD:
        return "no address for its callback"
    return "equal; our callback's address in the header `X-Webhook-URL`"


def rows(stack: Driver, examples: Sequence[Example]) -> list[tuple[Example, str]]:
    """Each example with its outcome."""
    seen = arrived(stack, [(example.model, example.fields) for example in examples])
    return [(example, outcome(example, one)) for example, one in zip(examples, seen, strict=True)]


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: `5` is not `5.0`, `true` not `1`; only the order of keys does not matter."""
    return written(one) == written(other)


def written(value: Any) -> str:
    """As JSON, keys in order."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _submitted(stack: Driver, body: Fields) -> str:
    answer = stack.api.post("/v1/videos", json=body)
    assert answer.status_code == 202, f"{written(body):.300} {answer.text}"
    video_id: str = answer.json()["id"]
    return video_id
