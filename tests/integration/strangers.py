"""Another owner, over HTTP: every row of the isolation table."""

import httpx

from tests.isolation import ROWS

ENDPOINT_ID = "we_" + "p4" * 13


def assert_finds_nothing(stranger: httpx.Client, video_id: str) -> None:
    """No route tells a stranger of this video; it was asked for with the key `shared`."""
    for row in ROWS:
        names = {"webhook_endpoint_id": ENDPOINT_ID, "event_id": f"evt_{video_id}_completed"}
        path, query = (text.format(video_id=video_id, **names) for text in (row.path, row.query))
        answer = stranger.request(
            row.method,
            path,
            params=dict([query.split("=")] if query else []),
            content=row.body if row.method == "POST" else None,
            headers={"Content-Type": "application/json", "Idempotency-Key": row.key},
        )
        assert (answer.status_code, video_id in answer.text) == (row.status, False), row
