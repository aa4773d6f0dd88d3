"""Videos whose callbacks come at one moment, in the sandbox, and what became of each."""

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import httpx

from benchmarks.rounds import Run
from tests.integration.driving import Driver

PATIENCE_SECONDS = 150.0
LOOK_SECONDS = 0.3
SUBMITTERS = 8
LOGGED = "%Y-%m-%d %H:%M:%S,%f%z"  # Powertools' own form


def burst(driver: Driver, count: int) -> list[Run]:
    """So many videos whose callbacks come at one moment; each video is a run, in seconds from its callback."""
    with ThreadPoolExecutor(SUBMITTERS) as pool:
        ids = list(
            pool.map(
                lambda number: str(driver.submit(f"burst of {count}, video {number}")["id"]), range(count)
            )
        )
    tasks = {video_id: str(driver.item(video_id)["task_id"]) for video_id in ids}
    for task_id in tasks.values():
        driver.provider.finish(task_id)
    with (
        httpx.Client(
            base_url=driver.provider.url, trust_env=False, timeout=60, limits=httpx.Limits()
        ) as client,
        ThreadPoolExecutor(count) as pool,
    ):
        list(pool.map(lambda task: client.post(f"/_simulator/tasks/{task}/deliver", json={}), tasks.values()))
    return _told(driver, tasks, _final(driver, ids))


def _final(driver: Driver, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Every video's item, once it is stored or patience is at its end."""
    until, items = time.monotonic() + PATIENCE_SECONDS, dict[str, Mapping[str, Any]]()
    while len(items) < len(ids) and time.monotonic() < until:
        for video_id in (each for each in ids if each not in items):
            item = driver.item(video_id)
            if item["state"] == "stored":
                items[video_id] = item
        time.sleep(LOOK_SECONDS)
    return items


def _told(driver: Driver, tasks: Mapping[str, str], items: Mapping[str, Mapping[str, Any]]) -> list[Run]:
    """Joins what the items, the provider and the functions' logs say of each video."""
    sent = {each["task_id"]: each for each in driver.provider.deliveries()}
    fetched: dict[str, float] = {}
    for request in driver.provider.requests("file"):
        fetched.setdefault(request["task_id"], request["started_at"])
    recorded, by_queue = (
        _logged(driver, "ReceiveCallback", "callback"),
        _logged(driver, "TransferVideo", "stored"),
    )
    return [
        _run(
            sent[task_id],
            fetched.get(task_id),
            recorded.get(video_id),
            items.get(video_id),
            video_id in by_queue,
        )
        for video_id, task_id in tasks.items()
    ]


def _run(
    sent: Mapping[str, Any],
    fetched: float | None,
    recorded: float | None,
    item: Mapping[str, Any] | None,
    by_queue: bool,
) -> Run:
    if item is None or fetched is None or recorded is None or sent["ended_at"] is None:
        return Run(
            0,
            0,
            {},
            f"not stored within {PATIENCE_SECONDS:.0f} s; its callback was answered {sent['status']}",
        )
    moments = {
        "recorded": recorded,
        "confirmed": float(item["result_at"]) / 1000,
        "fetched": fetched,
        "stored": float(item["completed_at"]) / 1000,
        "answered": sent["ended_at"],
    }
    since = {name: moment - sent["started_at"] for name, moment in moments.items()}
    return Run(0, since["stored"], since | {"by_queue": float(by_queue)})


def _logged(driver: Driver, function: str, message: str) -> dict[str, float]:
    """When a function first said this of each video, in seconds since the epoch."""
    group, found = driver.stack.log_groups[f"{function}Log"], dict[str, float]()
    for line in driver.log_lines():
        if line.group == group and f'"message":"{message}"' in line.message:
            record = json.loads(line.message)
            moment = datetime.strptime(record["timestamp"], LOGGED).astimezone().timestamp()
            found.setdefault(record["video_id"], moment)
    return found
