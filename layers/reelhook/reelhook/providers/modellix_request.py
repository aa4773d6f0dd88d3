"""The body of a submit: Modellix's names for what the client asked, and nothing for what it left open."""

import json

from reelhook.domain.model import Model, declared_field, resolved
from reelhook.domain.request import FRAMES, VideoRequest


def body(model: Model, request: VideoRequest) -> bytes:
    """Frames are single links, references lists of links; a callback's address travels in a header."""
    told: dict[str, object] = {} if request.prompt is None else {"prompt": request.prompt}
    for name, links in request.media().items():
        told[model.media_names[name]] = links[0] if name in FRAMES else list(links)
    told |= {declared_field(model, name).sent_as: value for name, value in resolved(model, request).items()}
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
