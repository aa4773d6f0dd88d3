"""The body of a submit: APIXO's names for what the client asked."""

import json

from reelhook.domain.model import Model, declared_field, resolved
from reelhook.domain.request import VideoRequest


def body(model: Model, request: VideoRequest, callback_url: str) -> bytes:
    """Every scalar is told, since APIXO's own defaults are mostly unknown; media as lists of links."""
    told: dict[str, object] = {"mode": model.mode_names[request.mode], "prompt": request.prompt}
    told |= {declared_field(model, name).sent_as: value for name, value in resolved(model, request).items()}
    lists: dict[str, list[str]] = {}
    for name, links in request.media().items():
        lists.setdefault(model.media_names[name], []).extend(links)
    whole = {"request_type": "callback", "callback_url": callback_url, "input": told | lists}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
