"""What `GET /tasks/{task_id}` says of a task: its end, its files, what it cost, and why it failed."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, UnknownTask
from reelhook.domain.failure import Billed, Category
from tests.unit.modellix_world import (
    FAILED,
    FRAME,
    KEY,
    LINK,
    PENDING,
    SUCCEEDED,
    TASK,
    error,
    looked_up,
    modellix,
    task,
)


def test_it_is_one_authenticated_get_of_the_task_alone() -> None:
    seen: list[httpx.Request] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one)
        return httpx.Response(200, stream=httpx.ByteStream(PENDING))

    modellix(side).look_up("modellix/whatever", "a/b?c=d", 3)

    (get,) = seen
    assert (get.method, get.url.raw_path) == ("GET", b"/api/v1/tasks/a%2Fb%3Fc%3Dd")
    assert get.headers["authorization"] == f"Bearer {KEY}"
    assert "x-webhook-url" not in get.headers


@pytest.mark.parametrize("step", [".", ".."])
def test_a_step_in_a_path_is_no_task_and_nobody_is_asked(step: str) -> None:
    assert looked_up(200, SUCCEEDED, task_id=step) == UnknownTask()


def test_the_documented_success_tells_its_video_its_end_and_its_price() -> None:
    assert looked_up(200, SUCCEEDED) == Succeeded((LINK,), 1786418800891, None, Decimal("0.2400"))


@pytest.mark.parametrize("state", ["pending", "processing", "queued", "running", "PROCESSING", "paused"])
def test_every_word_that_is_no_end_is_running(state: str) -> None:
    assert looked_up(200, task(status=state)) == Running(state.lower())


def test_the_pages_pending_is_running() -> None:
    assert looked_up(200, PENDING) == Running("pending")


@pytest.mark.parametrize("state", ["success", "succeeded", "completed", " Success "])
def test_every_word_for_success_is_one(state: str) -> None:
    assert looked_up(200, task(status=state, resources=[LINK])) == Succeeded((LINK,))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("failed", "generation_failed"),
        ("error", "generation_failed"),
        ("canceled", "generation_failed"),
        ("cancelled", "generation_failed"),
        ("expired", "provider_timeout"),
        ("timeout", "provider_timeout"),
    ],
)
def test_every_word_for_failure_is_one(state: str, code: str) -> None:
    found = looked_up(200, task(status=state))
    assert isinstance(found, TaskFailed)
    assert (found.error.code, found.error.billed, found.charged) == (code, Billed.UNKNOWN, None)


def test_a_success_whose_files_are_not_there_yet_is_one_without_links() -> None:
    assert looked_up(200, task(status="success")) == Succeeded(())
    assert looked_up(200, task(status="success", result={"resources": []})) == Succeeded(())


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        (1786418800891, 1786418800891),
        (1786418800, None),  # seconds
        (0, None),
        (-1, None),
        (10**15, None),
        ("1786418800891", None),
        (True, None),
        (1.5, None),
        (None, None),
    ],
)
def test_only_plausible_milliseconds_are_the_links_end(told: Any, understood: int | None) -> None:
    found = looked_up(200, task(status="success", resources=[LINK], result_expires_at=told))
    assert isinstance(found, Succeeded)
    assert found.expires_at == understood


@pytest.mark.parametrize(
    ("amount", "understood"),
    [
        ("0.2400", Decimal("0.2400")),
        ("0", Decimal(0)),
        (" 1.5 ", Decimal("1.5")),
        (0.24, Decimal("0.24")),
        (2, Decimal(2)),
        ("-0.24", None),
        ("1e3", None),
        ("NaN", None),
        ("0,24", None),
        ("0.24 USD", None),
        ("", None),
        ("٣", None),
        ("1" * 40, None),
        (True, None),
        (None, None),
        ({"usd": 1}, None),
    ],
)
def test_only_a_plain_amount_counts_as_charged(amount: Any, understood: Decimal | None) -> None:
    for state, kind in (("success", Succeeded), ("failed", TaskFailed)):
        found = looked_up(200, task(status=state, billing={"status": "succeeded", "amount": amount}))
        assert isinstance(found, kind)
        assert found.charged == understood


def test_a_failure_with_an_amount_says_whether_it_was_billed() -> None:
    dear = looked_up(200, task(status="failed", billing={"amount": "0.0100"}))
    free = looked_up(200, task(status="failed", billing={"amount": "0.0000"}))
    assert isinstance(dear, TaskFailed)
    assert isinstance(free, TaskFailed)
    assert (dear.error.billed, free.error.billed) == (Billed.YES, Billed.NO)


REASON = "InputImageSensitiveContentDetected.PrivacyInformation: may contain a real person"


@pytest.mark.parametrize(
    "data",
    [
        {"error": REASON},
        {"error": {"code": "InputImageSensitiveContentDetected.PrivacyInformation", "message": "a person"}},
        {"error": {"message": REASON}},
        {"error_message": REASON},
        {"message": REASON},
        {"fail_reason": REASON},
        {"reason": REASON},
        {"result": {"error": REASON}},
        {"result": {"error": {"message": REASON}}},
        {"error": None, "error_message": " ", "reason": REASON},
    ],
)
def test_the_reason_is_found_wherever_it_may_stand(data: dict[str, Any]) -> None:
    found = looked_up(200, task(status="failed", **data))
    assert isinstance(found, TaskFailed)
    assert (found.error.code, found.error.category) == ("content_policy_violation", Category.INPUT_MODERATION)
    assert found.detail.startswith("InputImageSensitiveContentDetected.PrivacyInformation: ")


def test_the_envelopes_message_is_a_reason_only_if_it_does_not_say_success() -> None:
    told = {**task(status="failed"), "message": "Output video was flagged as sensitive"}
    found = looked_up(200, told)
    assert isinstance(found, TaskFailed)
    assert found.error.category is Category.OUTPUT_MODERATION
    assert looked_up(200, FAILED) == looked_up(200, task(status="failed"))


@pytest.mark.parametrize("odd", [7, ["x"], {"a": 1}, True, {"code": ["x"], "message": {}}])
def test_an_odd_reason_does_not_hide_a_failure(odd: Any) -> None:
    found = looked_up(200, task(status="failed", error=odd, message=odd, result=odd))
    assert isinstance(found, TaskFailed)
    assert found.error.code == "generation_failed"


@pytest.mark.parametrize("status", [200, 404])
def test_an_unknown_or_expired_task_is_told_by_http_or_by_the_code(status: int) -> None:
    assert looked_up(status, error(404, "Resource not found: task")) == UnknownTask()


@pytest.mark.parametrize("status", [401, 402, 403])
def test_a_refused_key_is_the_operators(status: int) -> None:
    found = looked_up(status, error(status, "Authentication failed: key expired"))
    assert isinstance(found, NotAnswered)
    assert found.account


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((status, error(status, "odd")) for status in (408, 429, 500, 502, 503, 504, 301)),
        (404, b"<html>"),
        (404, {"code": 0}),
        (500, SUCCEEDED),
        (200, b""),
        (200, SUCCEEDED[:-2]),
        (200, b" " * 70_000 + SUCCEEDED),
        (200, {"code": 200, "data": {"task_id": TASK, "status": "success"}}),
        (200, {"code": "0", "data": {"task_id": TASK, "status": "success"}}),
        (200, {"code": 0, "data": None}),
        (200, {"code": 0, "data": {"task_id": TASK}}),
        (200, {"code": 0, "data": {"task_id": TASK, "status": 3}}),
        (200, task(status="success", task_id="task-other")),
        (200, task(status="failed", task_id=7)),
    ],
)
def test_everything_else_is_no_answer(status: int, body: bytes | dict[str, Any]) -> None:
    found = looked_up(status, body)
    assert isinstance(found, NotAnswered)
    assert not found.account


def video(link: str = LINK, **more: Any) -> dict[str, Any]:
    return {"url": link, "type": "video", **more}


B = LINK.replace("video", "b")
FILES: dict[str, tuple[list[Any], tuple[str, ...], str | None]] = {
    "an image before the video": ([{"url": FRAME, "type": "image"}, video()], (LINK,), FRAME),
    "several videos": ([video(), video(B, role="alternative")], (LINK, B), None),
    "a video twice": ([video(), video()], (LINK,), None),
    "no types, a role": ([{"url": B}, {"url": LINK, "role": "primary"}], (LINK,), None),
    "no types, a format": ([{"url": "https://h/x"}, {"url": "https://h/y", "format": "MP4"}], ("https://h/y",), None),
    "plain links": ([FRAME, LINK + "?sig=a.png"], (LINK + "?sig=a.png",), FRAME),
    "one bare link": (["https://h/x"], ("https://h/x",), None),
    "a primary image": ([{"url": FRAME, "type": "image", "role": "primary"}], (), FRAME),
    "sound": ([{"url": "https://h/x.mp3", "type": "audio"}, video()], (LINK,), None),
    "a cover and the last frame": (
        [{"url": "https://h/c.jpg", "type": "image", "role": "cover"}, {"url": FRAME, "type": "image"}, video()],
        (LINK,),
        FRAME,
    ),
    "a cover alone": ([{"url": "https://h/c.jpg", "type": "image", "role": "cover"}, video()], (LINK,), "https://h/c.jpg"),
    "called by its role": (
        [{"url": B.replace("mp4", "png"), "type": "image"}, {"url": FRAME, "type": "image", "role": "last_frame"}, video()],
        (LINK,),
        FRAME,
    ),
    "nulls and numbers": ([None, 7, {}, {"url": None}, {"url": "ftp://h/x.mp4"}, video(role=None, width=7)], (LINK,), None),
    "a broken bracket": (["http://[::1", video()], (LINK,), None),
    "nine": ([video(f"https://h/{n}.mp4") for n in range(9)], tuple(f"https://h/{n}.mp4" for n in range(8)), None),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("at_top", [True, False])
def test_videos_and_last_frame_are_told_apart(name: str, at_top: bool) -> None:
    listed, links, frame = FILES[name]
    data = {"resources": listed} if at_top else {"result": {"resources": listed}}
    assert looked_up(200, task(status="success", **data)) == Succeeded(links, None, frame)
