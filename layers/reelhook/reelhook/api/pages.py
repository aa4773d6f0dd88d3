"""The two public pages, written by `make openapi` and read when they are asked for: the contract, and its listing."""

from pathlib import Path

from aws_lambda_powertools.event_handler import Response

from reelhook.api.resolver import Resolver

_FOLDER = Path(__file__).parent
_SHARED = {"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}
_NOTHING_LOADED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


def add_page_routes(app: Resolver) -> None:
    """What a reader may see without a key."""

    @app.get("/openapi.json")
    def get_openapi() -> Response[str]:
        """The API as OpenAPI 3.1."""
        return Response(200, "application/json", _read("openapi.json"), _SHARED)

    @app.get("/docs")
    def get_docs() -> Response[str]:
        """The same for people, without scripts and without anything from elsewhere."""
        return Response(200, "text/html; charset=utf-8", _read("docs.html"), {**_SHARED, **_NOTHING_LOADED})


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
