"""Keys nobody has, videos of somebody else, paths and methods that are not there, requests the provider refuses."""

import httpx
import pytest

from tests.integration.auditing import assert_refused
from tests.integration.driving import PROMPT, Driver


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer rh_",
        "Bearer sk-something-else",
        "Bearer rh_" + "A" * 43,
        "Basic dXNlcjpwYXNz",
        "rh_" + "A" * 43,
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_known_key_nothing_is_answered(stack: Driver, method: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    path = "/v1/videos" + ("" if method == "POST" else "/video_" + "a" * 26)
    body = {"prompt": PROMPT} if method == "POST" else None
    answer = httpx.request(
        method, stack.stack.api_url + path, json=body, headers=headers, trust_env=False, timeout=40
    )

    assert assert_refused(answer, 401, "invalid_api_key")["type"] == "authentication_error"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert stack.provider.requests() == []


def test_somebody_elses_video_does_not_exist(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1)
    video_id = stack.submit()["id"]
    stack.wait_for(video_id)
    stranger = stack.client_of("a-stranger")

    for path in (f"/v1/videos/{video_id}", f"/v1/videos/{video_id}/content"):
        theirs = assert_refused(stranger.get(path), 404, "not_found")
        nobodys = assert_refused(stranger.get(path.replace(video_id, f"video_{'a' * 26}")), 404, "not_found")
        assert theirs == nobodys


def test_content_before_the_end_and_content_that_is_not_there(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit()["id"]
    path = f"/v1/videos/{video_id}/content"

    assert_refused(stack.api.get(path), 409, "video_not_ready")
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    stack.provider.deliver(task_id)
    stack.wait_for(video_id)
    assert_refused(stack.api.get(path, params={"index": "1"}), 404, "variant_not_available")
    assert_refused(stack.api.get(path, params={"variant": "last_frame"}), 404, "variant_not_available")
    assert (
        assert_refused(stack.api.get(path, params={"index": "x"}), 400, "invalid_request")["param"] == "index"
    )


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/video", "/v1/videos/a/b/c", "/v2/videos", "/%00"])
def test_an_unknown_path_is_404_in_our_own_words(stack: Driver, path: str) -> None:
    assert_refused(stack.api.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/videos", "POST, GET"),
        ("POST", "/v1/videos/video_a", "GET, DELETE"),
        ("PATCH", "/v1/videos/video_a/content", "GET"),
        ("GET", "/v1/videos/video_a/cancel", "POST"),
    ],
)
def test_a_known_path_names_the_methods_it_takes(stack: Driver, method: str, path: str, allowed: str) -> None:
    answer = stack.api.request(method, path)
    assert_refused(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("status", "message", "code", "category"),
    [
        (400, "Invalid parameter value: input.duration", "invalid_request", "invalid_input"),
        (400, "ImageNotAccess", "invalid_media", "invalid_input"),
        (422, "SensitiveContent", "content_policy_violation", "input_moderation"),
        (404, "Model not found", "model_unavailable", "provider_unavailable"),
    ],
)
def test_a_request_that_the_provider_refuses_fails_plainly_and_nothing_is_paid(
    stack: Driver, status: int, message: str, code: str, category: str
) -> None:
    stack.provider.behave(submit={"refuse": {"status": status, "message": message}})
    video = stack.submit()

    assert video["status"] == "failed"
    assert (video["error"]["code"], video["error"]["category"]) == (code, category)
    assert video["error"]["billed"] == "no"
    assert message not in video["error"]["message"]
    assert video["error"]["message"].endswith(".")
    assert stack.provider.tasks() == []
    assert len(stack.provider.requests("submit")) == 1
