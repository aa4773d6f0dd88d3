"""Images dropped at once, with LONG=1 two hundred of them, at a provider that runs 3 tasks and takes 10 requests a minute."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext

import pytest

from tests.images import a_png
from tests.integration.conftest import StackWith
from tests.integration.driving import PROMPT, Driver
from tests.integration.dropping import OWN, drop, outcomes
from tests.integration.waiting import until

pytestmark = pytest.mark.prove("takes long")
LONG = pytest.mark.long("as the other form")

DROPS = 200 if "LONG" in os.environ else 40
MINUTE_SECONDS = 2  # the provider's minute: time runs 30 times as fast
GENERATE_SECONDS = 1  # half a minute
LIMITS = {"concurrent": 3, "per_minute": 10, "minute_seconds": MINUTE_SECONDS, "retry_after": 1}


@contextmanager
def a_tenth_twice(stack: Driver) -> Iterator[None]:
    """A second rule hands every tenth event to SubmitDrop once more, at the same time."""
    events, function = stack.client("events"), stack.stack.functions["SubmitDrop"]
    about = stack.client("lambda").get_function_configuration(FunctionName=function)
    pattern = {"source": ["aws.s3"], "detail": {"object": {"key": [{"suffix": "0.png"}]}}}
    events.put_rule(Name="twice", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="twice", Targets=[{"Id": "again", "Arn": about["FunctionArn"]}])
    yield
    events.remove_targets(Rule="twice", Ids=["again"])
    events.delete_rule(Name="twice")


@pytest.mark.parametrize(
    "twice",
    [
        pytest.param(False, id="each event once", marks=LONG),
        pytest.param(True, id="a tenth of the events twice"),
    ],
)
def test_a_burst_of_drops_is_made_in_its_order_each_once(
    stack_with: StackWith, record_property: Callable[[str, object], None], twice: bool
) -> None:
    stack = stack_with(f"burst {twice}")
    stack.provider.behave(
        submit={"refuse": {"status": 429, "retry_after": 1}}
    )  # until all of them are queued
    keys = [f"{OWN}burst/{number:03d}.png" for number in range(DROPS)]
    with a_tenth_twice(stack) if twice else nullcontext(), ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: drop(stack, key, a_png(int(key[-7:-4])), {"prompt": PROMPT}), keys))
        ids = until(lambda: told_ids(stack, keys), lambda found: len(found) == DROPS, 240, 1)
    items = {video_id: stack.item(video_id) for video_id in ids.values()}
    assert {item["state"] for item in items.values()} <= {"queued", "submitting"}
    refused_before = answers(stack)[429]

    stack.provider.behave(submit=None, limits=LIMITS, generate_seconds=GENERATE_SECONDS)
    with stack.ticking("DispatchVideos"):
        until(lambda: completed(stack, keys), lambda done: done == DROPS, 420, 2)

    tasks = stack.provider.tasks_by_video()
    assert Counter(map(len, tasks.values())) == {1: DROPS}, "each is paid, and none twice"
    assert set(tasks) == set(ids.values())
    assert list(tasks) == sorted(tasks, key=lambda video_id: items[video_id]["queued_order"])
    refused = answers(stack)[429] - refused_before
    record_property("refused", refused)
    assert refused <= 2 * DROPS
    assert {len(outcomes(stack, key)) for key in keys} == {1}
    assert {len(stack.versions(video_id)) for video_id in tasks} == {1}


def told_ids(stack: Driver, keys: list[str]) -> dict[str, str]:
    """The ids of the drops that are told of so far, by key."""
    listed = every_outcome(stack)
    return {key: found[0] for key in keys if (found := listed.get(key))}


def every_outcome(stack: Driver) -> dict[str, list[str]]:
    """The ids under each drop's key."""
    found: dict[str, list[str]] = {}
    paginator = stack.client("s3").get_paginator("list_objects_v2")
    for page in paginator.paginate(Bucket=stack.stack.inbox_bucket, Prefix=f"outcomes/{OWN}burst/"):
        for each in page.get("Contents", []):
            key, _, name = each["Key"].removeprefix("outcomes/").rpartition("/")
            found.setdefault(key, []).append(name.removesuffix(".json"))
    return found


def completed(stack: Driver, keys: list[str]) -> int:
    """How many of the drops are told to be completed."""
    return sum(outcome["status"] == "completed" for key in keys for outcome in outcomes(stack, key))


def answers(stack: Driver) -> Counter[int]:
    """What submits were answered so far."""
    return Counter(request["status"] for request in stack.provider.requests("submit"))
