"""The body of a submit: APIXO's names for what the client asked."""

import json

from reelhook.domain.model import Model, resolved
from reelhook.domain.request import Mode, VideoRequest


def body(model: Model, request: VideoRequest, callback_url: str) -> bytes:
    """Every scalar is told, since APIXO's own defaults are mostly unknown; media only in the mode that takes them."""
    settings = resolved(model, request)
    told: dict[str, object] = {
        "mode": model.mode_names[request.mode],
        "prompt": request.prompt,
        "resolution": settings.resolution,
        "duration": settings.seconds,
        "aspect_ratio": settings.aspect_ratio,
        "sound": settings.audio,
        **settings.options,
    }
    frames = [frame for frame in (request.first_frame, request.last_frame) if frame is not None]
    media = {
        "image_urls": frames if request.mode is Mode.FRAMES else list(request.reference_images),
        "video_urls": list(request.reference_videos),
        "audio_urls": list(request.reference_audios),
    }
    told |= {name: urls for name, urls in media.items() if urls}
    whole = {"request_type": "callback", "callback_url": callback_url, "input": told}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
