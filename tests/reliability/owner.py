"""A client that ends and lists its videos, through the handler that it would meet."""

import json
from typing import Any

from reelhook.domain.time import SECOND
from tests.api import event
from tests.reliability.lambdas import API_KEY
from tests.reliability.world import World

PATIENCE = 3  # times that it asks again after no answer, or a server's error


def cancel(world: World, after: int) -> None:
    """Asks to cancel the first video."""
    _later(world, after, "POST", "/cancel", PATIENCE)


def delete(world: World, after: int) -> None:
    """Asks to delete the first video."""
    _later(world, after, "DELETE", "", PATIENCE)


def look(world: World, after: int) -> None:
    """Walks through its list, two at a time: what is answered has to be what there is."""

    def walk() -> None:
        seen, query = list[str](), {"limit": "2"}
        while True:
            answer = _ask(world, "GET", "/v1/videos", query)
            if answer is None or answer["statusCode"] != 200:
                return
            page = json.loads(answer["body"])
            seen += [video["id"] for video in page["data"]]
            if not page["has_more"]:
                break
            query = {"limit": "2", "after": page["last_id"]}
        items = [
            (-item["created_at"], key.id) for key, item in world.watch.videos.items.items() if "state" in item
        ]
        if seen != [video_id for _, video_id in sorted(items)]:
            world.watch.violations.append(f"the list holds {seen}, not {items}")

    world.later(after, walk)


def look_at_usage(world: World, after: int) -> None:
    """Asks for its ledger: what is answered has to be what stands there."""

    def ask() -> None:
        answer = _ask(world, "GET", "/v1/usage", {"from": "2027-01-01", "to": "2027-01-31"})
        if answer is None or answer["statusCode"] != 200:
            return
        told = sum(day["videos"] for day in json.loads(answer["body"])["data"])
        counted = sum(item["videos"] for key, item in world.watch.books.items.items() if key.kind == "day")
        if told != counted:
            world.watch.violations.append(f"the ledger shows {told} videos, not {counted}")

    world.later(after, ask)


def _later(world: World, after: int, method: str, below: str, left: int) -> None:
    def ask() -> None:
        for video_id in [key.id for key in world.watch.videos.items][:1]:
            answer = _ask(world, method, f"/v1/videos/{video_id}{below}")
            if (answer is None or answer["statusCode"] >= 500) and left:
                _later(world, 5 * SECOND, method, below, left - 1)

    world.later(after, ask)


def _ask(world: World, method: str, path: str, query: dict[str, str] | None = None) -> Any:
    headers = {"authorization": f"Bearer {API_KEY}"}
    return world.invoke("Videos", event(method, path, headers=headers, queryStringParameters=query))
