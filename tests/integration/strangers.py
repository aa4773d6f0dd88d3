"""Another owner, over HTTP: every row of the isolation table."""

import json

import httpx

from tests.integration.driving import PROMPT
from tests.isolation import ROWS

CREATE = ("POST", "/v1/videos")


def assert_finds_nothing(stranger: httpx.Client, video_id: str) -> None:
    """No route tells a stranger of this video; it was asked for with the key `shared`."""
    for row in ROWS:
        path, query = (text.replace("{video_id}", video_id) for text in (row.path, row.query))
        asked = {"prompt": PROMPT, "user": "end-user"} if (row.method, row.path) == CREATE else {}
        answer = stranger.request(
            row.method,
            path,
            params=dict([query.split("=")] if query else []),
            content=row.body or json.dumps(asked) if row.method == "POST" else None,
            headers={"Content-Type": "application/json", "Idempotency-Key": row.key},
        )
        assert (answer.status_code, video_id in answer.text) == (row.status, False), row
