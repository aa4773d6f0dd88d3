"""Every failure that a provider documents, over the wire, ends in its category; codes nobody knows are kept and judged."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.integration.documented_failures import (
    ACCOUNT,
    APIXO,
    APIXO_CODES,
    FAILED,
    MAKERS_CODES,
    MODELLIX,
    MODELLIX_REASONS,
    REFUSALS,
    REQUEST_ID,
    UNCLEAR,
    UNKNOWN_CODES,
    Verdict,
)
from tests.integration.driving import Driver
from tests.integration.scenes import due_now, sent_hours_ago

AT_ONCE = 3  # each is a callback, and each callback at a time a process of its own
# What a client is told of an account in trouble: nothing of it.
TOLD_OF_ACCOUNTS = (
    "This stack cannot use the provider just now. Its operator has been told; the request is fine."
)
type Failure = tuple[str, dict[str, Any], Verdict]  # model, outcome of its task, verdict


@pytest.fixture
def stack(stack: Driver) -> Iterator[Driver]:
    """The stack, with gates that are open before and afterwards."""
    for provider in ("apixo", "modellix"):
        stack.open_gate(provider)
    yield stack
    for provider in ("apixo", "modellix"):
        stack.open_gate(provider)


def test_a_refused_submit_ends_in_its_category_and_costs_nothing(stack: Driver) -> None:
    found, before = dict[str, Verdict](), stack.counted("AccountProblem")
    for model, answer, verdict in REFUSALS:
        stack.provider.behave(next={"submit": {"refuse": answer}})
        video = stack.submit(model=model)
        found[f"{model} {answer}"] = judged(video, verdict)
        assert video["error"]["billed"] == "no"

    assert found == {f"{model} {answer}": verdict for model, answer, verdict in REFUSALS}
    assert stack.provider.tasks() == []
    problems = sum(verdict is ACCOUNT for _, _, verdict in REFUSALS)
    stack.wait_for_count("AccountProblem", before + problems)


def test_a_submit_without_a_clear_answer_is_never_repeated_and_ends_unknown(stack: Driver) -> None:
    videos = list[str]()
    for model, status in UNCLEAR:
        stack.provider.behave(next={"submit": {"refuse": status}})
        video = stack.submit(model=model)
        assert (video["status"], video["error"]) == ("in_progress", None)
        videos.append(video["id"])
    for video_id in videos:
        sent_hours_ago(stack, video_id, 5)
    stack.run("ReconcileVideos")

    for video_id in videos:
        error = stack.wait_for(video_id, "expired")["error"]
        assert (error["code"], error["category"]) == ("submission_unknown", "submission_unknown")
        assert error["billed"] == "unknown"
    assert len(stack.provider.requests("submit")) == len(UNCLEAR)


@pytest.mark.parametrize("model", [APIXO, MODELLIX])
def test_a_provider_that_never_has_room_ends_as_busy(stack: Driver, model: str) -> None:
    stack.provider.behave(next={"submit": {"refuse": {"status": 429, "retry_after": 3600}}})
    video = stack.submit(model=model)
    assert (video["status"], video["error"]) == ("queued", None)
    due_now(stack, video["id"])
    stack.run("ReconcileVideos")

    error = stack.wait_for(video["id"], "failed")["error"]
    assert (error["code"], error["category"], error["retryable"]) == ("provider_busy", "provider_busy", True)
    assert error["billed"] == "no"
    assert stack.provider.tasks() == []


def apixo(code: str, verdict: Verdict) -> Failure:
    return APIXO, {"fail_code": code, "fail_msg": f"see {REQUEST_ID}"}, verdict


def modellix(place: str, message: str, verdict: Verdict, code: str) -> Failure:
    told = {"fail_code": code, "fail_msg": f"{message} ({REQUEST_ID})", "reason_at": place}
    return MODELLIX, told, verdict


TASKS: list[Failure] = [
    *(apixo(code, verdict) for code, verdict in {**APIXO_CODES, **MAKERS_CODES}.items()),
    # where there is a code, it is the HTTP status, as in its errors: the message is judged
    *(modellix(place, message, verdict, "400") for place, message, verdict in MODELLIX_REASONS),
    *(modellix("error_object", f"see {REQUEST_ID}", verdict, code) for code, verdict in MAKERS_CODES.items()),
    *((model, {"canceled": True}, FAILED) for model in (APIXO, MODELLIX)),
]
UNKNOWN_TASKS = [
    case
    for code, verdict in UNKNOWN_CODES.items()
    for case in (apixo(code, verdict), modellix("error_object", "see the manual", verdict, code))
]


@pytest.mark.prove("a video for each documented failure")
def test_a_failed_task_ends_in_its_category(stack: Driver) -> None:
    found = all_failed(stack, TASKS, judged)

    assert found == [verdict for _, _, verdict in TASKS]
    assert len(stack.provider.tasks()) == len(TASKS)


@pytest.mark.prove("a video for each unknown code")
def test_a_code_that_nobody_knows_is_judged_by_its_parts_and_kept_for_the_operator(stack: Driver) -> None:
    ids = list[str]()

    def remembered(video: dict[str, Any], verdict: Verdict) -> Verdict:
        ids.append(video["id"])
        return judged(video, verdict)

    assert all_failed(stack, UNKNOWN_TASKS, remembered) == [verdict for _, _, verdict in UNKNOWN_TASKS]
    for (_, outcome, _), video_id in zip(UNKNOWN_TASKS, ids, strict=True):
        noted = stack.logged("ReceiveCallback", video_id, "task failed")
        assert [outcome["fail_code"] in record["detail"] for record in noted] == [True], noted


def all_failed(
    stack: Driver, failures: list[Failure], look: Callable[[dict[str, Any], Verdict], Verdict]
) -> list[Verdict]:
    """What each failure is to its client, in order; a few of them run at once."""
    stack.provider.behave(generate_seconds=3600)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = list(pool.map(lambda failure: failed(stack, failure), failures))
    return [look(video, verdict) for video, (_, _, verdict) in zip(ended, failures, strict=True)]


def failed(stack: Driver, failure: Failure) -> dict[str, Any]:
    """A video whose task ended so."""
    model, outcome, _ = failure
    video_id: str = stack.submit(model=model)["id"]
    task_id = stack.item(video_id)["task_id"]
    stack.provider.behave_for(task_id, outcome=outcome)
    stack.provider.finish(task_id)
    return stack.wait_for(video_id, "failed")


def judged(video: dict[str, Any], verdict: Verdict) -> Verdict:
    """Code and category, after a look at what no client may read."""
    assert video["status"] == "failed", video
    error, told = video["error"], str(video["error"]).lower()
    assert REQUEST_ID not in str(video)
    assert "modellix" not in told
    assert "apixo" not in told
    if verdict is ACCOUNT:
        assert error["message"] == TOLD_OF_ACCOUNTS
        assert error["retryable"] is False
    return error["code"], error["category"]
