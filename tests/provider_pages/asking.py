"""How a client of ours asks for what a page shows."""

from typing import Any

type Fields = dict[str, Any]

_SAME = {
    "prompt": "prompt",
    "duration": "seconds",
    "resolution": "resolution",
    "aspect_ratio": "aspect_ratio",
    "ratio": "aspect_ratio",
    "sound": "generate_audio",
    "generate_audio": "generate_audio",
    "seed": "seed",
}
_FRAMES = {"first_frame_image": "first_frame", "last_frame_image": "last_frame"}
_REFERENCES = {
    "image_urls": "image_url",
    "reference_images": "image_url",
    "video_urls": "video_url",
    "audio_urls": "audio_url",
}
_FRAME_MODES = ("first_and_last_frames", "image-to-video")


def asked(model: str, shown: Fields) -> Fields:
    """The body of `POST /v1/videos` that means the same; a provider's own fields go into `provider_options`."""
    body: Fields = {"model": model}
    frames: list[Fields] = []
    references: list[Fields] = []
    options: Fields = {}
    for name, value in shown.items():
        if name == "mode":  # which we infer from the media
            continue
        if name in _SAME:
            body[_SAME[name]] = value
        elif name in _FRAMES:
            frames.append(_frame(value, _FRAMES[name]))
        elif name == "image_urls" and shown["mode"] in _FRAME_MODES:
            frames += [_frame(url, kind) for url, kind in zip(value, _FRAMES.values(), strict=False)]
        elif name in _REFERENCES:
            references += [_link(_REFERENCES[name], url) for url in value]
        else:
            options[name] = value
    parts = {"frame_images": frames, "input_references": references, "provider_options": options}
    return body | {name: part for name, part in parts.items() if part}


def _frame(url: str, kind: str) -> Fields:
    return {**_link("image_url", url), "frame_type": kind}


def _link(kind: str, url: str) -> Fields:
    return {"type": kind, kind: {"url": url}}
