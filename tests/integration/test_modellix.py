"""Modellix in the real stack: from a prompt to its MP4, with callbacks or without any, last frame and price included."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import PROMPT, Driver
from tests.integration.test_missing_configuration import without
from tests.integration.variants import variants

T2V, I2V = "modellix/seedance-1.0-pro-fast-t2v", "modellix/seedance-2.0-fast-i2v"
ASKED: dict[str, dict[str, Any]] = {
    T2V: {"seconds": 5, "resolution": "480p"},
    I2V: {"resolution": "720p"},
    "modellix/seedance-1.5-pro-i2v": {"input_reference": {"image_url": "https://example.com/image.jpg"}},
    "modellix/seedance-2.0-v2v": {
        "input_references": [{"type": "video_url", "video_url": {"url": "https://example.com/v.mp4"}}]
    },
}
LAST_FRAME: dict[str, Any] = {"provider_options": {"return_last_frame": True}}


@pytest.mark.parametrize("model", ASKED)
def test_a_prompt_becomes_one_paid_task_and_one_object(stack: Driver, model: str) -> None:
    stack.provider.behave(generate_seconds=0.1)
    video = stack.wait_for(stack.submit(model=model, **ASKED[model])["id"])

    assert_one_right_object(stack, video["id"])
    (task,) = stack.provider.tasks()
    assert (video["model"], video["error"]) == (model, None)
    assert [delivery["status"] for delivery in stack.provider.deliveries()] == [200]
    assert len(stack.provider.requests("look_up", task["task_id"])) == 1


def test_what_the_provider_billed_is_what_the_client_sees(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1, outcome={"billed": "0.2400"})
    video = stack.wait_for(stack.submit(model=T2V)["id"])

    assert video["usage"] == {
        "cost": "0.2400",
        "currency": "USD",
        "rule": "as billed by the provider",
        "estimated": False,
    }


def test_several_videos_and_the_last_frame_are_files_of_their_own(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1, result={"count": 2, "last_frame_first": True})
    video = stack.wait_for(stack.submit(model=I2V, **LAST_FRAME)["id"])

    assert [(one["type"], one["index"], one["content_type"]) for one in video["artifacts"]] == [
        ("video", 0, "video/mp4"),
        ("video", 1, "video/mp4"),
        ("last_frame", 0, "image/png"),
    ]
    task_id = stack.provider.task_id(video["id"])
    link = stack.api.get(
        f"/v1/videos/{video['id']}/content", params={"variant": "last_frame", "redirect": "false"}
    ).json()
    frame = httpx.get(link["url"], trust_env=False)
    stack.secrets[link["url"]] = "a presigned link"
    assert (link["content_type"], frame.headers["content-type"]) == ("image/png", "image/png")
    assert frame.content.startswith(b"\x89PNG")
    assert hashlib.sha256(frame.content).hexdigest() == stack.provider.last_frame(task_id)["sha256"]
    names = sorted(version["Key"].rpartition("/")[2] for version in stack.versions(video["id"]))
    assert names == ["0.mp4", "1.mp4", "last_frame.png"]


@pytest.mark.parametrize(
    "shape", variants({"resources": "strings"}, {"resources_at": "data"}, {"last_frame_role": ""})
)
def test_every_shape_of_a_result_ends_in_the_same_files(stack: Driver, shape: dict[str, Any]) -> None:
    stack.provider.behave(generate_seconds=0.1, result=shape)
    video = stack.wait_for(stack.submit(model=T2V, **LAST_FRAME)["id"])

    assert [one["type"] for one in video["artifacts"]] == ["video", "last_frame"]


def test_a_failure_is_told_in_our_words_with_what_it_cost(stack: Driver) -> None:
    outcome = {
        "fail_code": "OutputVideoSensitiveContentDetected",
        "fail_msg": "request id 0217 was flagged",
        "billed": "0.0100",
    }
    stack.provider.behave(generate_seconds=0.1, outcome=outcome)
    video = stack.wait_for(stack.submit(model=T2V)["id"], "failed")

    assert (video["error"]["code"], video["error"]["category"]) == (
        "content_policy_violation",
        "output_moderation",
    )
    assert (video["error"]["retryable"], video["error"]["billed"]) == (False, "yes")
    assert video["usage"]["cost"] == "0.0100"
    assert "0217" not in str(video)
    assert_nothing_stored(stack, video["id"])


def test_no_funds_fails_a_clients_own_request_without_a_word_of_the_vendors(stack: Driver) -> None:
    stack.provider.behave(submit={"refuse": 402})
    answer = stack.submit(model=T2V)

    assert (answer["status"], answer["error"]["category"]) == ("failed", "account")
    assert "balance" not in str(answer["error"]).lower()
    assert stack.provider.tasks() == []


@pytest.mark.parametrize("model", variants(T2V, "apixo/seedance-2-0-fast"))
def test_a_callback_that_says_nothing_readable_costs_one_look_up_too(stack: Driver, model: str) -> None:
    stack.provider.behave(generate_seconds=0.1, callback={"body": "empty", "headers": False})
    video = stack.wait_for(stack.submit(model=model)["id"])

    assert_one_right_object(stack, video["id"])
    (task,) = stack.provider.tasks()
    assert task["look_ups"] == 1


def test_a_lost_answer_is_settled_by_the_callback_and_never_sent_again(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1, submit={"after_accepting": "reset", "times": 1})
    video = stack.wait_for(stack.submit(model=T2V)["id"])

    assert_one_right_object(stack, video["id"])
    assert len(stack.provider.tasks()) == 1


def test_a_429_waits_and_is_sent_by_the_dispatcher(stack: Driver) -> None:
    stack.provider.behave(
        generate_seconds=0.1, submit={"refuse": {"status": 429, "retry_after": 0}, "times": 1}
    )
    video = stack.submit(model=T2V)

    assert video["status"] == "queued"
    stack.wait_for(video["id"])
    assert len(stack.provider.tasks()) == 1


@pytest.mark.prove("a stack of its own")
def test_a_stack_without_a_modellix_key_says_so_plainly_and_goes_on_with_apixo(stack_with: StackWith) -> None:
    stack = stack_with("one key of two")
    stack.provider.behave(generate_seconds=0.1)
    with without(stack, "modellix-api-key"):
        answer = stack.api.post("/v1/videos", json={"prompt": PROMPT, "model": T2V})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "provider_unavailable")
        assert "modellix" not in answer.text.lower()
        stack.wait_for(stack.submit()["id"])
    assert stack.counted("AccountProblem") >= 1
    assert [task["model"] for task in stack.provider.tasks()] == ["seedance-2-0-fast"]
