"""What a request would be on the wire by the providers' pages alone; nothing here is read from the catalog."""

from typing import Any

from reelhook.domain.request import Mode, VideoRequest

_APIXO = {
    "seconds": "duration",
    "resolution": "resolution",
    "aspect_ratio": "aspect_ratio",
    "generate_audio": "sound",
    "seed": "seed",
}
_MODELLIX = {
    "seconds": "duration",
    "resolution": "resolution",
    "aspect_ratio": "ratio",
    "generate_audio": "generate_audio",
    "seed": "seed",
}
_MODELLIX_MEDIA = {
    "reference_images": "reference_images",
    "reference_videos": "video_urls",
    "reference_audios": "audio_urls",
}
_OWN_SHAPE = {"apixo": "auto", "modellix": "adaptive"}


def on_the_wire(request: VideoRequest) -> dict[str, Any]:
    """The body that asks for exactly this, sound or not."""
    provider, _, slug = request.model.partition("/")
    return _apixo(request, slug) if provider == "apixo" else _modellix(request)


def _apixo(request: VideoRequest, slug: str) -> dict[str, Any]:
    frames = "image-to-video" if slug == "seedance-1-5-pro" else "first_and_last_frames"
    modes = {
        Mode.TEXT_TO_VIDEO: "text-to-video",
        Mode.FRAMES: frames,
        Mode.REFERENCE: "omni_reference",
    }
    images = [link for link in (request.first_frame, request.last_frame) if link] + [
        *request.reference_images
    ]
    lists = {
        "image_urls": images,
        "video_urls": [*request.reference_videos],
        "audio_urls": [*request.reference_audios],
    }
    told = {"mode": modes[request.mode], "sound": True, **_scalars(request, _APIXO)}
    media = {name: links for name, links in lists.items() if links}
    return {
        "request_type": "callback",
        "callback_url": "https://callbacks.example.com/1",
        "input": told | media,
    }


def _modellix(request: VideoRequest) -> dict[str, Any]:
    told = _scalars(request, _MODELLIX)
    if request.first_frame:
        told["first_frame_image"] = request.first_frame
    if request.last_frame:
        told["last_frame_image"] = request.last_frame
    lists = {sent: [*getattr(request, name)] for name, sent in _MODELLIX_MEDIA.items()}
    return told | {name: links for name, links in lists.items() if links}


def _scalars(request: VideoRequest, names: dict[str, str]) -> dict[str, Any]:
    told = {sent: getattr(request, name) for name, sent in names.items()}
    ratio = names["aspect_ratio"]
    if told[ratio] in ("auto", "adaptive"):
        told[ratio] = _OWN_SHAPE[request.model.partition("/")[0]]
    told |= {"prompt": request.prompt, **request.provider_options}
    return {name: value for name, value in told.items() if value is not None}
