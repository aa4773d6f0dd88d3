"""A simulated provider fetches what lies on this machine, as a provider would, and works with nothing it could not get."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sandbox.provider.fetching import fetched

FILE = b"a picture"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        there = self.path.startswith("/here")
        self.send_response(200 if there else 403)
        self.end_headers()
        self.wfile.write(FILE if there else b"")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    """A server that has one file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_each_link_to_this_machine_is_fetched_and_told_by_what_was_there(host: str) -> None:
    links = [f"{host}/here?versionId=1", f"{host}/gone"]

    found = fetched({"image_urls": links, "prompt": "A boat", "duration": 5, "first_frame_image": links[0]})

    assert [(each.field, each.status, each.size) for each in found] == [
        ("image_urls", 200, len(FILE)),
        ("image_urls", 403, 0),
        ("first_frame_image", 200, len(FILE)),
    ]
    assert found[0].sha256 == hashlib.sha256(FILE).hexdigest()


def test_nothing_beyond_this_machine_is_asked_for() -> None:
    elsewhere = [
        "https://media.example.com/a.png",
        "http://10.0.0.1/a.png",
        "data:image/png;base64,AAAA",
        "http://[",
    ]

    assert fetched({"image_urls": elsewhere}) == []


def test_a_host_that_does_not_answer_is_told_so() -> None:
    (found,) = fetched({"image_urls": ["http://127.0.0.1:1/a.png"]})

    assert found.status is None
