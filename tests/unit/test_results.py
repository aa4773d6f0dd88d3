"""Result links are read as videos only, whole, and nothing else is believed: against real loopback hosts."""

import socket
from struct import pack

import pytest

from reelhook.adapters.results import HttpResults
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    LinkRefusedError,
    NotAVideoError,
    ResultTooLargeError,
    ResultUnavailableError,
)
from reelhook.domain.time import MINUTE
from reelhook.domain.video import ArtifactType
from reelhook.wire.tls import TLS
from tests.builders import NOW, a_png, an_mp4
from tests.fakes import ManualClock
from tests.hosts import Behaviour, Host, answer, chunked, head, hosting, partial

MAX = 1_000_000
MP4 = an_mp4(600_000)
LATER = NOW + MINUTE


def fetched(host: Host, amount: int = 256 * 1024, max_bytes: int = MAX) -> tuple[bytes, int | None]:
    """The whole result, and the size that was announced."""
    stream = HttpResults([host.origin], max_bytes, ManualClock(NOW), context=TLS).open(host.link(), LATER)
    try:
        data = b""
        while part := stream.read(amount):
            data += part
        return data, stream.size
    finally:
        stream.close()


@pytest.mark.parametrize(
    ("behaviour", "size"),
    [
        pytest.param(partial(MP4), len(MP4), id="206"),
        pytest.param(partial(MP4, Content_Encoding="identity"), len(MP4), id="identity"),
        pytest.param(answer(MP4), len(MP4), id="200"),
        pytest.param(chunked(MP4[:7], MP4[7:90_000], MP4[90_000:]), None, id="chunked"),
        pytest.param(answer(MP4, length=None), None, id="until the end"),
        pytest.param(
            chunked(
                MP4[:5],
                MP4[5:],
                status="206 Partial Content",
                Content_Range=f"bytes 0-{len(MP4) - 1}/{len(MP4)}",
            ),
            len(MP4),
            id="206 chunked",
        ),
    ],
)
@pytest.mark.parametrize("amount", [1_000, 256 * 1024, 8 * 1024 * 1024])
def test_a_video_is_read_whole_however_it_is_sent(
    behaviour: Behaviour, size: int | None, amount: int
) -> None:
    with hosting(behaviour) as host:
        assert fetched(host, amount) == (MP4, size)


def test_every_read_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reelhook.adapters.result_stream.PORTION", 1_000)
    with hosting(chunked(*[MP4[i : i + 700] for i in range(0, len(MP4), 700)])) as host:
        stream = HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS).open(host.link(), LATER)
        lengths = [len(stream.read(50_000)) for _ in range(14)]
        stream.close()

    assert lengths == [50_000] * 12 + [len(MP4) - 600_000, 0]


def _reset(connection: socket.socket) -> None:
    connection.sendall(head(lines={"Content-Length": str(len(MP4))}) + MP4[:1_000])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))


def _silent(_: socket.socket) -> None:
    """Hangs up without a word."""


_too_large_range = answer(MP4, "206 P", length=MAX + 1, Content_Range=f"bytes 0-{MAX}/{MAX + 1}")
CUT = ResultUnavailableError
REFUSED: list[tuple[str, Behaviour, type[ReelhookError]]] = [
    ("cut", answer(MP4[:-1], length=len(MP4)), CUT),
    ("cut 206", partial(MP4[:-1], f"bytes 0-{len(MP4) - 1}/{len(MP4)}"), CUT),
    ("cut before the first bytes", answer(MP4[:5], length=len(MP4)), CUT),
    ("cut without a length", answer(MP4[:-1], length=None), CUT),
    ("cut between two boxes", answer(MP4[:136], length=None), CUT),
    ("cut in chunks", chunked(MP4[:9_000], ended=False), CUT),
    ("cut in chunks that end well", chunked(MP4[:9_000]), CUT),
    ("chunks fewer than the range", chunked(MP4, status="206 P", Content_Range="bytes 0-799999/800000"), CUT),
    ("chunks more than the range", chunked(MP4, status="206 P", Content_Range="bytes 0-99999/100000"), CUT),
    ("trailing bytes without a length", answer(MP4 + b"\0" * 9, length=None), CUT),
    ("reset", _reset, CUT),
    ("silent", _silent, CUT),
    ("no HTTP", lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"), CUT),
    (
        "endless headers",
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500),
        CUT,
    ),
    ("part of a range", partial(MP4, f"bytes 5-{len(MP4) + 4}/{len(MP4) + 5}"), CUT),
    ("less than the range's whole", partial(MP4, f"bytes 0-{len(MP4) - 1}/{len(MP4) * 2}"), CUT),
    ("range of unknown whole", partial(MP4, f"bytes 0-{len(MP4) - 1}/*"), CUT),
    ("range against length", partial(MP4, f"bytes 0-{len(MP4)}/{len(MP4) + 1}"), CUT),
    ("range in words", partial(MP4, "bytes 0-x/y"), CUT),
    ("206 without a range", answer(MP4, "206 Partial Content"), CUT),
    ("two ranges", answer(MP4, "206 Partial Content", Content_Type="multipart/byteranges; boundary=x"), CUT),
    ("length that is no number", answer(MP4, length=None, Content_Length="many"), CUT),
    ("negative length", answer(MP4, length=-2), CUT),
    ("html", answer(b"<!doctype html><html>expired</html>" * 9), NotAVideoError),
    ("html called video", answer(b"<html>" * 9, Content_Type="video/mp4"), NotAVideoError),
    ("svg", answer(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), NotAVideoError),
    ("exe", answer(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), NotAVideoError),
    ("webm", answer(b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01"), NotAVideoError),
    ("gzip without saying so", answer(b"\x1f\x8b\x08\x00" + bytes(60)), NotAVideoError),
    ("ftyp too late", answer(b"\0\0\0\0\0" + MP4), NotAVideoError),
    ("empty", answer(b""), NotAVideoError),
    ("empty in chunks", chunked(), NotAVideoError),
    ("too short to tell", answer(MP4[:11]), NotAVideoError),
    ("gzip", answer(MP4, Content_Encoding="gzip"), NotAVideoError),
    ("brotli", partial(MP4, Content_Encoding="br"), NotAVideoError),
    ("two encodings", answer(MP4, Content_Encoding="identity, gzip"), NotAVideoError),
    ("larger than allowed, announced", answer(MP4, length=MAX + 1), ResultTooLargeError),
    ("larger than allowed, by its range", _too_large_range, ResultTooLargeError),
    ("larger than allowed, counted", answer(an_mp4(MAX), length=None), ResultTooLargeError),
    ("larger than allowed, in chunks", chunked(*[an_mp4(MAX)[:60_000]] * 20), ResultTooLargeError),
    *((f"{status}", answer(MP4, f"{status} X"), LinkRefusedError) for status in (403, 404, 410)),
    *(
        (f"{status}", answer(MP4, f"{status} X"), CUT)
        for status in (400, 401, 408, 416, 429, 451, 500, 503, 599)
    ),
    *((f"{status}", answer(MP4, f"{status} X"), NotAVideoError) for status in (201, 203, 226, 300, 304)),
]


@pytest.mark.parametrize(("behaviour", "error"), [pytest.param(b, e, id=name) for name, b, e in REFUSED])
def test_what_is_not_a_whole_video_is_named(behaviour: Behaviour, error: type[ReelhookError]) -> None:
    with hosting(behaviour) as host, pytest.raises(ReelhookError) as raised:
        fetched(host)

    assert isinstance(raised.value, error)
    assert host.connections == 1, "nothing is asked for twice"
    assert "/video.mp4" not in str(raised.value), "a link may carry a signature"


@pytest.mark.parametrize(
    "behaviour",
    [
        partial(MP4, f"bytes 0-{len(MP4) - 1}/{len(MP4) * 2}"),
        partial(MP4, f"bytes 0-{len(MP4)}/{len(MP4) + 1}"),
        chunked(MP4, status="206 P", Content_Range=f"bytes 0-{len(MP4) - 1}/{len(MP4) * 2}"),
    ],
)
def test_a_range_that_lies_is_refused_before_anything_is_copied(behaviour: Behaviour) -> None:
    with hosting(behaviour) as host, pytest.raises(ResultUnavailableError, match="not the whole"):
        HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS).open(host.link(), LATER)


def test_a_refused_link_says_with_which_status() -> None:
    with hosting(answer(b"", "410 Gone")) as host, pytest.raises(LinkRefusedError) as raised:
        fetched(host)

    assert raised.value.status == 410


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with hosting(answer(MP4)) as elsewhere:
        moved = answer(b"", f"{status} Moved", Location=elsewhere.link())
        with hosting(moved) as host, pytest.raises(NotAVideoError):
            HttpResults([host.origin, elsewhere.origin], MAX, ManualClock(NOW), context=TLS).open(
                host.link(), LATER
            )

    assert (host.connections, elsewhere.connections) == (1, 0)


def test_a_host_that_is_not_there_is_tried_again_later() -> None:
    with hosting(answer(MP4)) as host:
        host.stop()
        with pytest.raises(ResultUnavailableError):
            fetched(host)


@pytest.mark.parametrize(
    "sent", [answer(a_png()), chunked(a_png()[:9], a_png()[9:]), answer(a_png(), length=None)]
)
def test_a_last_frame_is_read_whole_and_named_by_its_first_bytes(sent: Behaviour) -> None:
    with hosting(sent) as host:
        results = HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS)
        stream = results.open(host.link("/l.bin"), LATER, ArtifactType.LAST_FRAME)
        try:
            assert (stream.format.content_type, stream.read(1_000)) == ("image/png", a_png())
        finally:
            stream.close()


def test_a_last_frame_that_ends_early_without_a_length_is_not_taken_for_whole() -> None:
    with hosting(answer(a_png()[:-3], length=None)) as host:
        results = HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS)
        stream = results.open(host.link(), LATER, ArtifactType.LAST_FRAME)
        with pytest.raises(ResultUnavailableError, match="ended before"):
            stream.read(1_000)
        stream.close()


@pytest.mark.parametrize(
    ("kind", "data"),
    [(ArtifactType.LAST_FRAME, MP4), (ArtifactType.VIDEO, a_png()), (ArtifactType.LAST_FRAME, b"<h1>")],
)
def test_each_kind_is_refused_in_place_of_the_other(kind: ArtifactType, data: bytes) -> None:
    with hosting(answer(data)) as host, pytest.raises(NotAVideoError):
        HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS).open(host.link(), LATER, kind)
