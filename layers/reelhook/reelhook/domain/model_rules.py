"""What a request may ask of a model: only what its declaration excludes is refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from reelhook.domain.errors import Problem
from reelhook.domain.model import Model
from reelhook.domain.request import Mode, VideoRequest


def problems(model: Model, request: VideoRequest) -> tuple[Problem, ...]:
    """Everything the model's declaration excludes, and nothing else, in the client's words."""
    return tuple(_problems(model, request))


def _problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    least, most = model.seconds
    if request.seconds is not None and not least <= request.seconds <= most:
        yield _limit("seconds", f"{least} to {most}", model, request.seconds)
    if request.resolution is not None and request.resolution not in model.resolutions:
        yield _limit("resolution", ", ".join(model.resolutions), model, request.resolution)
    if request.aspect_ratio is not None and request.aspect_ratio not in model.aspect_ratios:
        yield _limit("aspect_ratio", ", ".join(model.aspect_ratios), model, request.aspect_ratio)
    if request.size is not None and request.size not in model.sizes:
        yield _limit("size", ", ".join(model.sizes), model, request.size)
    if not request.prompt.strip():
        yield Problem("prompt", f"prompt: {model.name} needs one that is not empty")
    if len(request.prompt) > model.prompt_characters:
        yield _limit("prompt", f"at most {model.prompt_characters} characters", model, len(request.prompt))
    if request.generate_audio is not None and not model.audio:
        yield Problem("generate_audio", f"generate_audio: {model.name} has no audio")
    if request.seed is not None and not model.seed:
        yield Problem("seed", f"seed: {model.name} takes no seed")
    yield from _option_problems(model, request.provider_options)
    yield from _media_problems(model, request)


def _option_problems(model: Model, options: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in options.items():
        param = f"provider_options.{name}"
        if name not in model.options:
            known = ", ".join(model.options) or "none"
            yield Problem(param, f"{param}: not a field of {model.name} (it has: {known})")
        elif type(value) is not model.options[name].kind:
            yield Problem(param, f"{param}: {model.options[name].words}, got {value!r:.60}")


def _media_problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    if request.mode not in model.modes:
        yield Problem("model", f"model: {model.name} does not offer {request.mode}")
        return
    limits = model.modes[request.mode]
    frames = sum(frame is not None for frame in (request.first_frame, request.last_frame))
    images, videos = len(request.reference_images), len(request.reference_videos)
    audios = len(request.reference_audios)
    for param, what, count, (least, most) in (
        ("frame_images", "frames", frames, limits.frames),
        ("input_references", "images", images, limits.images),
        ("input_references", "videos", videos, limits.videos),
        ("input_references", "audio files", audios, limits.audios),
    ):
        if count and not most:
            yield Problem(param, f"{param}: {model.name} takes no {what} in the mode {request.mode}")
        elif not least <= count <= most:
            yield _limit(param, f"{least} to {most} {what}", model, count)
    if request.mode is Mode.FRAMES and frames and request.first_frame is None:
        yield Problem(
            "frame_images", f"frame_images: {model.name} takes a last_frame only with a first_frame"
        )
    if audios and not (images or videos) and not limits.audio_alone:
        yield Problem(
            "input_references", f"input_references: {model.name} takes audio only with an image or a video"
        )
    if request.mode is Mode.REFERENCE and not (images or videos or audios):
        yield Problem("input_references", f"input_references: {model.name} needs at least one reference")


def _limit(param: str, expected: str, model: Model, got: object) -> Problem:
    return Problem(param, f"{param}: {expected} for {model.name}, got {got!s:.60}")
