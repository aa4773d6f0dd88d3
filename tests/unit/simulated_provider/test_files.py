"""Serving result files: whole, in ranges, and every way a file host lets a reader down."""

import gzip
import hashlib
import http.client
import time

import pytest

from sandbox.provider.pieces import requested
from tests.unit.simulated_provider.client import Client

SIZE = 200_000


@pytest.fixture
def link(client: Client) -> str:
    client.control("behaviour", {"result": {"bytes": SIZE}})
    return f"/files/{client.finished()}/0.mp4"


def whole(client: Client) -> bytes:
    task_id = client.control("ledger")["tasks"][0]["task_id"]
    return b"".join(client.simulator.file(task_id).read())


def test_a_file_is_served_whole(client: Client, link: str) -> None:
    answer, head = client.call("GET", link), client.call("HEAD", link)
    assert (answer.status, answer.body) == (200, whole(client))
    assert answer.headers["Content-Type"] == "video/mp4"
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(SIZE))
    told = client.control(f"tasks/{link.split('/')[2]}/files/0")
    assert (told["bytes"], told["sha256"]) == (SIZE, hashlib.sha256(answer.body).hexdigest())
    assert client.call("GET", told["url"]).body == answer.body
    assert client.control("requests")[1]["bytes"] == SIZE


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-30", (70, 100)),
        ("bytes=-300", (0, 100)),
        ("bytes=100-", (100, 100)),
        ("bytes=-0", (100, 100)),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        (None, None),
    ],
)
def test_range_headers_are_read_as_the_standard_says(
    header: str | None, expected: tuple[int, int] | None
) -> None:
    assert requested(header, 100) == expected


def test_a_range_is_served_as_206_unless_the_file_changed(client: Client, link: str) -> None:
    part = client.call("GET", link, headers={"Range": "bytes=100-65999"})
    assert (part.status, part.body) == (206, whole(client)[100:66_000])
    assert part.headers["Content-Range"] == f"bytes 100-65999/{SIZE}"
    for tag, status in [(part.headers["ETag"], 206), ('"another"', 200)]:
        headers = {"Range": "bytes=100-", "If-Range": tag}
        assert client.call("GET", link, headers=headers).status == status
    beyond = client.call("GET", link, headers={"Range": f"bytes={SIZE}-"})
    assert (beyond.status, beyond.headers["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert [entry["range"] for entry in client.control("requests") if entry["status"] == 206] == [
        "bytes=100-65999",
        "bytes=100-",
    ]


def test_a_host_without_ranges_or_lengths_or_with_gzip_still_sends_the_file(
    client: Client, link: str
) -> None:
    headers = {"Range": "bytes=5-"}
    client.control("behaviour", {"result": {"range": False}})
    assert client.call("GET", link, headers=headers).status == 200
    client.control("behaviour", {"result": {"length": False, "range": True}})
    part = client.call("GET", link, headers=headers)
    assert (part.status, part.body, part.headers["Transfer-Encoding"]) == (206, whole(client)[5:], "chunked")
    client.control("behaviour", {"result": {"gzip": True}})
    packed = client.call("GET", link, headers=headers)
    assert (packed.status, packed.headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(packed.body) == whole(client)


@pytest.mark.parametrize("status", [403, 404, 410, 500])
def test_a_dead_link_comes_back_after_as_many_refusals_as_told(
    client: Client, link: str, status: int
) -> None:
    client.control("behaviour", {"result": {"refuse": status, "refuse_times": 2}})
    assert [client.call("GET", link).status for _ in range(3)] == [status, status, 200]


def test_a_web_page_and_a_redirect_can_stand_in_for_the_file(client: Client, link: str) -> None:
    client.control("behaviour", {"result": {"html": 1, "redirect": 1}})
    moved, page, file = (client.call("GET", link) for _ in range(3))
    assert (moved.status, moved.headers["Location"]) == (302, f"{link}?moved=1")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html")
    assert file.body == whole(client)


def test_a_cut_transfer_ends_where_it_was_told_to(client: Client, link: str) -> None:
    client.control("behaviour", {"result": {"cut_after": 123_456, "cut_times": 1}})
    with pytest.raises(http.client.IncompleteRead) as cut:
        client.call("GET", link)
    assert cut.value.partial == whole(client)[:123_456]
    assert client.call("GET", link).body == whole(client)
    entries = [entry for entry in client.control("requests") if entry["kind"] == "file"]
    assert [(entry["bytes"], entry["error"]) for entry in entries] == [(123_456, "cut by us"), (SIZE, None)]


def test_a_paused_transfer_shows_how_far_it_came(client: Client, link: str) -> None:
    client.control("behaviour", {"result": {"pause_after": 50_000, "pause_seconds": 60}})
    connection = http.client.HTTPConnection(client.simulator.url.removeprefix("http://"), timeout=5)
    connection.request("GET", link)
    assert len(connection.getresponse().read(50_000)) == 50_000
    entry = client.control("requests")[-1]
    assert (entry["bytes"], entry["ended_at"]) == (50_000, None)
    connection.close()


def test_a_dripping_transfer_takes_its_time(client: Client, link: str) -> None:
    client.control("behaviour", {"result": {"bytes_per_second": 1_000_000}})
    began = time.monotonic()
    assert client.call("GET", link).body == whole(client)
    assert time.monotonic() - began >= 0.19


def test_only_finished_tasks_have_files_and_as_many_as_told(client: Client) -> None:
    running = client.submit().json["data"]["taskId"]
    assert client.call("GET", f"/files/{running}/0.mp4").status == 404
    client.control("behaviour", {"result": {"count": 2}})
    done = client.finished()
    assert [client.call("GET", f"/files/{done}/{n}.mp4").status for n in range(3)] == [200, 200, 404]
    assert client.call("GET", "/files/x").status == 404
