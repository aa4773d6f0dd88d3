"""Which media a model takes in a mode, how many, and which of them together."""

from collections.abc import Iterator

from reelhook.domain.errors.requests import Problem
from reelhook.domain.model import MediaLimits, Model
from reelhook.domain.request import Mode, VideoRequest

_WORDS = {"frames": "frames", "images": "images", "videos": "videos", "audios": "audio files"}

_ASKED_BY = {
    Mode.TEXT_TO_VIDEO: "a prompt alone",
    Mode.FRAMES: "frame_images or input_reference",
    Mode.REFERENCE: "input_references",
}


def media_problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    """Everything about the request's media that the model's declaration excludes."""
    if request.mode not in model.modes:
        offered = ", ".join(f"{mode} ({_ASKED_BY[mode]})" for mode in model.modes)
        yield _problem("model", f"{model.name} does not offer {request.mode}; it has {offered}")
        return
    limits, counts = model.modes[request.mode], counted(request)
    if request.mode is Mode.REFERENCE and counts["frames"] and not limits.frames[1]:
        yield _problem("input_references", f"not together with frames for {model.name}")
        counts["frames"] = 0
    for kind, (least, most) in _ranges(limits).items():
        param, words, count = _param(kind), _WORDS[kind], counts[kind]
        if count and not most:
            yield _problem(param, f"{model.name} takes no {words} in the mode {request.mode}")
        elif not least <= count <= most:
            yield _problem(param, f"{least} to {most} {words} for {model.name}, got {count}")
    for one, other in limits.exclusive:
        if counts[one] and counts[other]:
            yield _problem(_param(one), f"{_WORDS[one]} not together with {_WORDS[other]} for {model.name}")
    yield from _company(model, limits, request, counts)


def counted(request: VideoRequest) -> dict[str, int]:
    """How many media of each kind a request names."""
    return {
        "frames": sum(frame is not None for frame in (request.first_frame, request.last_frame)),
        "images": len(request.reference_images),
        "videos": len(request.reference_videos),
        "audios": len(request.reference_audios),
    }


def _company(
    model: Model, limits: MediaLimits, request: VideoRequest, counts: dict[str, int]
) -> Iterator[Problem]:
    """Media that are taken in company only."""
    if counts["frames"] and request.first_frame is None and not limits.last_frame_alone:
        yield _problem("frame_images", f"{model.name} takes a last_frame only with a first_frame")
    references = counts["images"] + counts["videos"]
    if counts["audios"] and not references and not limits.audio_alone:
        yield _problem("input_references", f"{model.name} takes audio only with an image or a video")
    needs_one = request.mode is Mode.REFERENCE and not any(least for least, _ in _ranges(limits).values())
    if needs_one and not references + counts["audios"]:
        yield _problem("input_references", f"{model.name} needs at least one reference")


def _ranges(limits: MediaLimits) -> dict[str, tuple[int, int]]:
    return {kind: getattr(limits, kind) for kind in _WORDS}


def _param(kind: str) -> str:
    return "frame_images" if kind == "frames" else "input_references"


def _problem(param: str, words: str) -> Problem:
    return Problem(param, f"{param}: {words}")
