"""The simulated APIXO judges requests the way the seedance-2-0-fast page says."""

import json
from typing import Any

import pytest

from sandbox.provider.contract import CONTRACTS, PROVIDERS
from tests.unit.simulated_provider.client import CLIP, FRAMES, HOOK, OMNI, PICTURE, SOUND, TEXT, Client, omni

MISSING, TYPE, VALUE = "Missing required parameter", "Invalid parameter type", "Invalid parameter value"
LENGTH, MEDIA = "Param length exceeded", "ImageNotAccess"


@pytest.mark.parametrize("fields", [TEXT, FRAMES, OMNI], ids=["text", "frames", "omni"])
@pytest.mark.parametrize("hook", [None, HOOK, "http://127.0.0.1:9/x"], ids=["async", "callback", "loopback"])
def test_the_three_requests_of_the_page_are_accepted(
    client: Client, fields: dict[str, Any], hook: str | None
) -> None:
    answer = client.submit(fields, hook)
    assert answer.status == 200
    assert answer.json["code"] == 200
    assert answer.json["message"] == "success"
    assert len(answer.json["data"]["taskId"]) == 32


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({key: value for key, value in TEXT.items() if key != "mode"}, MISSING),
        ({key: value for key, value in TEXT.items() if key != "prompt"}, MISSING),
        (TEXT | {"mode": "text_to_video"}, VALUE),
        (TEXT | {"mode": None}, TYPE),
        (TEXT | {"prompt": ""}, VALUE),
        (TEXT | {"prompt": "  "}, VALUE),
        (TEXT | {"prompt": ["a"]}, TYPE),
        (TEXT | {"resolution": "1080p"}, VALUE),
        (TEXT | {"resolution": 720}, TYPE),
        (TEXT | {"duration": 3}, VALUE),
        (TEXT | {"duration": 16}, VALUE),
        (TEXT | {"duration": "5"}, TYPE),
        (TEXT | {"duration": 5.0}, TYPE),
        (TEXT | {"duration": True}, TYPE),
        (TEXT | {"aspect_ratio": "2:1"}, VALUE),
        (TEXT | {"sound": "true"}, TYPE),
        (TEXT | {"sound": 1}, TYPE),
        (TEXT | {"web_search": 0}, TYPE),
        (TEXT | {"seed": 1}, VALUE),
        (TEXT | {"image_urls": [PICTURE]}, VALUE),
        (TEXT | {"video_urls": []}, VALUE),
        (TEXT | {"mode": "first_and_last_frames"}, MISSING),
        (FRAMES | {"image_urls": []}, MISSING),
        (FRAMES | {"image_urls": [PICTURE] * 3}, LENGTH),
        (FRAMES | {"image_urls": PICTURE}, TYPE),
        (FRAMES | {"image_urls": [1]}, TYPE),
        (FRAMES | {"image_urls": ["data:image/png;base64,AAAA"]}, MEDIA),
        (FRAMES | {"image_urls": ["frame.png"]}, MEDIA),
        (FRAMES | {"video_urls": [CLIP]}, VALUE),
        (FRAMES | {"audio_urls": [SOUND]}, VALUE),
        (omni(), MISSING),
        (omni(audio_urls=[SOUND]), MISSING),
        (omni(image_urls=[PICTURE] * 10), LENGTH),
        (omni(video_urls=[CLIP] * 4), LENGTH),
        (omni(image_urls=[PICTURE], audio_urls=[SOUND] * 4), LENGTH),
        (omni(video_urls=["https://example.com/1s"]), VALUE),
        (omni(video_urls=["https://example.com/16s"]), VALUE),
        (omni(video_urls=["https://example.com/8s"] * 2), VALUE),
        (omni(image_urls=[PICTURE], audio_urls=["https://example.com/8s"] * 2), VALUE),
        (omni(image_urls=["https://example.com/gone.png"]), MEDIA),
        ([], TYPE),
        ("text", TYPE),
    ],
)
def test_what_the_page_forbids_is_refused_and_not_charged(client: Client, fields: Any, error: str) -> None:
    lengths = {f"https://example.com/{seconds}s": seconds for seconds in (1, 8, 16)}
    gone = ["https://example.com/gone.png"]
    client.control("behaviour", {"reference_seconds": lengths, "unreachable_media": gone})
    answer = client.submit(fields)
    assert answer.status == 400
    assert answer.json["code"] == 400
    assert answer.json["data"]["error"].startswith(f"{error}: ")
    assert client.control("ledger") == {"tasks": [], "total": "0"}


@pytest.mark.parametrize(
    "body",
    [
        {"input": TEXT},
        {"request_type": "async"},
        {"request_type": "webhook", "input": TEXT},
        {"request_type": "callback", "input": TEXT},
        {"request_type": "callback", "input": TEXT, "callBackUrl": HOOK},
        {"request_type": "callback", "input": TEXT, "callback_url": "http://example.com/x"},
        {"request_type": "callback", "input": TEXT, "callback_url": "https://10.0.0.1/x"},
        {"request_type": "callback", "input": TEXT, "callback_url": "https://intranet/x"},
        {"request_type": "callback", "input": TEXT, "callback_url": 1},
        {"request_type": "async", "input": TEXT, "provider": "auto"},
        [],
        None,
        b"{",
        b'{"request_type": "async", "input": NaN}',
    ],
)
def test_a_wrong_body_around_the_input_is_refused(client: Client, body: Any) -> None:
    assert client.post_task(b"null" if body is None else body).status == 400
    assert client.control("ledger")["tasks"] == []


@pytest.mark.parametrize("bounds", [4, 15])
def test_the_bounds_of_the_duration_are_inside(client: Client, bounds: int) -> None:
    assert client.submit(TEXT | {"duration": bounds}).status == 200


def test_full_references_are_accepted(client: Client) -> None:
    assert (
        client.submit(omni(image_urls=[PICTURE] * 9, video_urls=[CLIP] * 3, audio_urls=[SOUND] * 3)).status
        == 200
    )


def unsourced(rule: Any, name: str = "") -> list[str]:
    """The places where a rule (an object with plain values) does not say where it was read."""
    if isinstance(rule, list):
        return [place for number, each in enumerate(rule) for place in unsourced(each, f"{name}/{number}")]
    if not isinstance(rule, dict) or "source" in rule:
        return []
    inner = [place for key, value in rule.items() for place in unsourced(value, f"{name}/{key}")]
    leaf = {key for key, value in rule.items() if not isinstance(value, dict) and not _holds_rules(value)}
    return inner + [f"{name}/{key}" for key in leaf if not name.startswith("/pages") and name]


def _holds_rules(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_rule_names_its_source(provider: str) -> None:
    assert unsourced(json.loads((CONTRACTS / f"{provider}.json").read_text())) == []


def test_the_judge_is_independent() -> None:
    modules = list((CONTRACTS.parent / "provider").glob("*.py"))
    assert len(modules) > 10
    assert not [module.name for module in modules if "reelhook" in module.read_text()]
