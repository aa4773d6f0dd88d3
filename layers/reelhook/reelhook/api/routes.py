"""Every path of the public API and its methods, whichever function answers them."""

import re

from reelhook.api.errors import MethodNotAllowedError, NoSuchRouteError
from reelhook.domain.errors.requests import RequestError

ROUTES = {
    "/v1/videos": ("POST", "GET"),
    "/v1/uploads": ("POST",),
    "/v1/usage": ("GET",),
    "/v1/videos/models": ("GET",),
    "/v1/videos/{video_id}": ("GET", "DELETE"),
    "/v1/videos/{video_id}/content": ("GET",),
    "/v1/videos/{video_id}/cancel": ("POST",),
    "/v1/webhook_event_types": ("GET",),
    "/v1/webhook_endpoints": ("POST", "GET"),
    "/v1/webhook_endpoints/{webhook_endpoint_id}": ("GET", "POST", "DELETE"),
    "/v1/webhook_endpoints/{webhook_endpoint_id}/rotate_secret": ("POST",),
    "/v1/webhook_endpoints/{webhook_endpoint_id}/test": ("POST",),
    "/v1/webhook_endpoints/{webhook_endpoint_id}/deliveries": ("GET",),
    "/v1/webhook_endpoints/{webhook_endpoint_id}/deliveries/{event_id}/redeliver": ("POST",),
    "/openapi.json": ("GET",),
    "/docs": ("GET",),
}
PUBLIC = frozenset({"/openapi.json", "/docs"})  # answered without a key
_PATTERNS = {
    re.compile(re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(path))): methods
    for path, methods in ROUTES.items()
}


def unrouted(method: str, path: str) -> RequestError:
    """Why a request met no route: another method, or nothing at this path."""
    for pattern, methods in _PATTERNS.items():
        if pattern.fullmatch(path) and method not in methods:
            return MethodNotAllowedError(methods)
    return NoSuchRouteError()
