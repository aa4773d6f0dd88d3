"""What is wrong with a body is told in full, field by field, in the client's words."""

from typing import Any

import pytest

from tests.api import CATALOG, FAST, IMAGE, asking, frame, problems, reference

LONG = "x" * 600


@pytest.mark.parametrize(
    ("body", "param", "words"),
    [
        ({}, "prompt", f"required by {FAST}"),
        ({"prompt": None}, "prompt", f"required by {FAST}"),
        ({"prompt": ["a"]}, "prompt", "a string, got a list"),
        ({"prompt": " \n "}, "prompt", "must not be blank"),
        ({"prompt": "x" * 10_001}, "prompt", f"at most 10000 characters for {FAST}, got 10001"),
        (asking(duration=5), "duration", "unknown field"),
        (asking(n=1), "n", "unknown field"),
        (asking(model=5), "model", "a string, got a number"),
        (asking(model="sora-2"), "model", f"one of {', '.join(CATALOG.names)}, got sora-2"),
        (asking(model=""), "model", f"one of {', '.join(CATALOG.names)}, got "),
        (asking(seconds=True), "seconds", 'a whole number, as 5 or "5"'),
        (asking(seconds=5.0), "seconds", 'a whole number, as 5 or "5"'),
        (asking(seconds="5s"), "seconds", 'a whole number, as 5 or "5"'),
        (asking(seconds="\u0665"), "seconds", 'a whole number, as 5 or "5"'),
        (asking(seconds="-5"), "seconds", 'a whole number, as 5 or "5"'),
        (asking(seconds=99), "seconds", f"4 to 15 for {FAST}, got 99"),
        (asking(size=720), "size", "a string, got a number"),
        (asking(resolution="9k"), "resolution", f"480p, 720p for {FAST}, got 9k"),
        (asking(aspect_ratio="1:9"), "aspect_ratio", "auto, 16:9, 4:3, 1:1, 3:4, 9:16, 21:9 for "),
        (asking(size="1280x720", resolution="720p"), "size", "give either size, or resolution and"),
        (asking(size="1280x720", aspect_ratio="16:9"), "size", "give either size, or resolution and"),
        (asking(generate_audio="true"), "generate_audio", "true or false, got a string"),
        (asking(generate_audio=1), "generate_audio", "true or false, got a number"),
        (asking(seed="7"), "seed", "a whole number, got a string"),
        (asking(seed=True), "seed", "a whole number, got true or false"),
        (asking(seed=2**63), "seed", "a whole number of at most 64 bits"),
        (asking(seed=7), "seed", f"{FAST} takes no seed"),
        (asking(user=""), "user", "at least 1 character"),
        (asking(user="u" * 129), "user", "at most 128 characters"),
        (asking(metadata=[]), "metadata", "an object, got a list"),
        (asking(metadata={str(index): "" for index in range(17)}), "metadata", "at most 16 entries"),
        (asking(metadata={"": "v"}), "metadata", "a name has 1 to 64 characters"),
        (asking(metadata={"k" * 65: "v"}), "metadata", "a name has 1 to 64 characters"),
        (asking(metadata={"k": LONG}), "metadata.k", "at most 512 characters"),
        (asking(metadata={"k": 1}), "metadata.k", "a string, got a number"),
        (asking(provider_options={"turbo": True}), "provider_options.turbo", f"not a field of {FAST}"),
        (asking(provider_options={"web_search": 1}), "provider_options.web_search", "true or false"),
        (asking(provider_options={"a": []}), "provider_options.a", "true, false, a whole number or"),
        (asking(provider_options={"a": "x" * 513}), "provider_options.a", "at most 512 characters"),
        (asking(provider_options={"a": 1.5}), "provider_options.a", "true, false, a whole number or"),
        (asking(input_reference=IMAGE), "input_reference", "an object, got a string"),
        (asking(input_reference={}), "input_reference.image_url", "required"),
        (asking(input_reference={"image_url": 5}), "input_reference.image_url", "an object, got a number"),
        (asking(input_reference={"image_url": {}}), "input_reference.image_url.url", "required"),
        (asking(input_reference={"image_url": "x"}), "input_reference.image_url", "an https URL"),
        (asking(frame_images={}), "frame_images", "a list, got an object"),
        (asking(frame_images=[IMAGE]), "frame_images[0]", "an object, got a string"),
        (asking(frame_images=[frame(), frame()]), "frame_images[1].frame_type", "there is a first_frame"),
        (asking(frame_images=[frame()] * 3), "frame_images", "at most 2 entries"),
        (asking(frame_images=[frame("ftp://a.example/x")]), "frame_images[0].image_url.url", "an https URL"),
        (
            asking(frame_images=[frame(frame_type="mid")]),
            "frame_images[0].frame_type",
            "must be first_frame or",
        ),
        (asking(frame_images=[frame(frame_type="last_frame")]), "frame_images", "takes a last_frame only"),
        (asking(frame_images=[frame() | {"id": 1}]), "frame_images[0].id", "unknown field"),
        (asking(input_references=[{}]), "input_references[0].type", "required"),
        (
            asking(input_references=[{"type": "gif"}]),
            "input_references[0].type",
            "must be one of image_url, ",
        ),
        (asking(input_references=[5]), "input_references[0]", "an object, got a number"),
        (asking(input_references=[reference("video", "x")]), "input_references[0].video_url.url", "an https"),
        (asking(input_references=[reference()] * 10), "input_references", "0 to 9 images"),
        (asking(input_references=[reference()] * 33), "input_references", "at most 32 entries"),
        (asking(input_references=[reference("audio")]), "input_references", "takes audio only with"),
    ],
)
def test_one_fault_is_one_problem_naming_its_field(body: dict[str, Any], param: str, words: str) -> None:
    found = problems(body)

    assert list(found) == [param]
    assert found[param].startswith(f"{param}: ")
    assert words in found[param]
