"""From the fields of a body that is sound to what was asked for: each of its media gets its place and its number."""

from typing import Any

from reelhook.api.body import VideoBody
from reelhook.api.media import Source
from reelhook.domain.references import Asked, HeldMedia, reference
from reelhook.domain.request import FRAMES, Mode, VideoRequest
from reelhook.domain.uploads import NamedUpload, upload


def asked_for(body: VideoBody, model: str, given: dict[str, Any]) -> Asked:
    """The media are numbered in the order of their fields, whatever order the client gave them in."""
    media = _Media()
    frames = {
        frame.frame_type: (frame.image_url.url, f"frame_images[{index}].image_url")
        for index, frame in enumerate(body.frame_images or ())
    }
    if body.input_reference is not None:
        place = _place_of(given.get("input_reference"))
        frames["first_frame"] = (body.input_reference.image_url.url, place)
    named = {name: media.text(*frames[name]) for name in FRAMES if name in frames}
    references = [
        (each.type, getattr(each, each.type).url, f"input_references[{index}].{each.type}")
        for index, each in enumerate(body.input_references or ())
    ]
    listed = {
        kind: tuple(media.text(source, place) for each, source, place in references if each == kind)
        for kind in ("image_url", "video_url", "audio_url")
    }
    request = VideoRequest(
        model=model,
        mode=Mode.REFERENCE if references else Mode.FRAMES if frames else Mode.TEXT_TO_VIDEO,
        prompt=body.prompt,
        seconds=body.seconds,
        size=body.size,
        resolution=body.resolution,
        aspect_ratio=body.aspect_ratio,
        first_frame=named.get("first_frame"),
        last_frame=named.get("last_frame"),
        reference_images=listed["image_url"],
        reference_videos=listed["video_url"],
        reference_audios=listed["audio_url"],
        generate_audio=body.generate_audio,
        seed=body.seed,
        metadata=body.metadata or {},
        user=body.user,
        provider_options=body.provider_options or {},
    )
    return Asked(request, tuple(media.held), tuple(media.uploads), media.params)


class _Media:
    """The media of a request that are no links, as they are met: each gets its number."""

    def __init__(self) -> None:
        self.held, self.uploads = list[HeldMedia](), list[NamedUpload]()
        self.params = dict[str, str]()

    def text(self, source: Source, place: str) -> str:
        """What stands for it in the request; `place` is its part, in the client's words."""
        if isinstance(source, str):
            return source
        if isinstance(source, NamedUpload):
            self.uploads.append(source)
            text, member = upload(len(self.uploads) - 1, "named"), ".file_id"
        else:
            self.held.append(source)
            text, member = reference(len(self.held) - 1, source), ".url"
        self.params[text] = place.removesuffix("!") + ("" if place.endswith("!") else member)
        return text


def _place_of(given: Any) -> str:
    """How the client wrote `input_reference`: a form's file and a plain link are no parts with members (`!`)."""
    match given:
        case {"image_url": str()}:
            return "input_reference.image_url!"
        case {"image_url": _}:
            return "input_reference.image_url"
        case dict():
            return "input_reference"
    return "input_reference!"
