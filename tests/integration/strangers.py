"""Another owner, over HTTP: every row of the isolation table."""

import httpx

from tests.integration.driving import PROMPT
from tests.isolation import ROWS


def assert_finds_nothing(stranger: httpx.Client, video_id: str) -> None:
    """No route tells a stranger of this video; it was asked for with the key `shared`."""
    for row in ROWS:
        answer = stranger.request(
            row.method,
            row.path.format(video_id=video_id),
            params=dict([row.query.format(video_id=video_id).split("=")] if row.query else []),
            json={"prompt": PROMPT, "user": "end-user"}
            if row.path == "/v1/videos" and row.method == "POST"
            else None,
            headers={"Idempotency-Key": "shared"},
        )
        assert (answer.status_code, video_id in answer.text) == (row.status, False), row
