"""No host, however slowly it drips or silently it hangs, keeps an attempt past its deadline."""

import ssl
import threading
import time
from contextlib import suppress

import pytest
import trustme

from reelhook.adapters.results import HttpResults
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import OutOfTimeError, ResultUnavailableError
from reelhook.domain.time import MINUTE
from reelhook.wire.tls import TLS
from tests.builders import NOW, an_mp4
from tests.fakes import ManualClock
from tests.hosts import Behaviour, answer, chunked, dripping, hanging, head, hosting

MP4 = an_mp4()
ANNOUNCED = head(lines={"Content-Length": str(len(MP4))})
DEADLINE = 200  # ms
SLACK = 0.5  # s: a busy machine's, still far below the read time-out

SLOW: dict[str, Behaviour] = {
    "hangs before it answers": hanging(),
    "hangs within its headers": hanging(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "hangs before its first byte": hanging(ANNOUNCED),
    "hangs within the first bytes": hanging(ANNOUNCED + MP4[:6]),
    "hangs within the video": hanging(ANNOUNCED + MP4[:600]),
    "hangs before its end, without a length": hanging(head() + MP4),
    "drips its status line": dripping(b"", b"HTTP/1.1 200 " + b"O" * 200),
    "drips headers": dripping(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 50),
    "drips the video": dripping(ANNOUNCED, MP4),
    "drips the end of the video": dripping(ANNOUNCED + MP4[:900], MP4[900:]),
    "drips without a length": dripping(head() + MP4[:900], MP4[900:]),
    "drips chunks": dripping(head(lines={"Transfer-Encoding": "chunked"}), b"1\r\na\r\n" * 50),
    "goes on about going on": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10),
}


def outlasted(origin: str, link: str, context: ssl.SSLContext = TLS) -> float:
    """How long a fetch with a deadline took to end for want of time."""
    results = HttpResults([origin], 10**6, ManualClock(NOW), context=context)
    began = time.monotonic()
    with pytest.raises(OutOfTimeError):
        read_out(results, link)
    return time.monotonic() - began


def read_out(results: HttpResults, link: str) -> None:
    stream = results.open(link, NOW + DEADLINE)
    try:
        while stream.read(256 * 1024):
            pass
    finally:
        stream.close()


@pytest.mark.parametrize("behaviour", [pytest.param(behaviour, id=name) for name, behaviour in SLOW.items()])
def test_the_deadline_ends_it(behaviour: Behaviour) -> None:
    with hosting(behaviour) as host:
        took = outlasted(host.origin, host.link())

    assert DEADLINE / 1000 - 0.05 <= took < DEADLINE / 1000 + SLACK


@pytest.mark.parametrize("name", ["hangs within the video", "drips the video", "drips headers"])
def test_the_deadline_ends_it_over_tls_too(name: str) -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    with hosting(SLOW[name], context=server) as host:
        took = outlasted(host.origin, host.link(), client)

    assert took < DEADLINE / 1000 + SLACK


def test_a_host_that_accepts_and_never_shakes_hands_is_left() -> None:
    client = ssl.create_default_context()
    with hosting(hanging()) as host:
        took = outlasted(
            host.origin.replace("http:", "https:"), host.link().replace("http:", "https:"), client
        )

    assert took < DEADLINE / 1000 + 2 * SLACK


def test_a_silent_host_is_left_before_the_deadline_as_well() -> None:
    with hosting(hanging(ANNOUNCED)) as host:
        results = HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS, read_seconds=0.1)
        with pytest.raises(ResultUnavailableError):
            results.open(host.link(), NOW + MINUTE)


def test_nobody_is_asked_once_the_time_is_over() -> None:
    with hosting(answer(MP4)) as host:
        with pytest.raises(OutOfTimeError):
            HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS).open(host.link(), NOW)

        assert host.connections == 0


def test_the_clock_counts_between_two_reads() -> None:
    clock = ManualClock(NOW)
    with hosting(answer(MP4)) as host:
        stream = HttpResults([host.origin], 10**6, clock, context=TLS).open(host.link(), NOW + MINUTE)
        stream.read(100)
        clock.advance(MINUTE)
        with pytest.raises(OutOfTimeError):
            stream.read(100)
        stream.close()


def test_the_deadline_holds_for_beginning_again() -> None:
    with hosting(answer(MP4), hanging()) as host:
        stream = HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS).open(
            host.link(), NOW + DEADLINE
        )
        with pytest.raises(OutOfTimeError):
            stream.restart()


@pytest.mark.parametrize(
    ("behaviour", "time_left"),
    [
        (answer(MP4), MINUTE),
        (answer(b"<html>" * 9), MINUTE),
        (chunked(MP4[:5]), MINUTE),
        (hanging(), DEADLINE),
    ],
)
def test_no_timer_outlives_its_stream(behaviour: Behaviour, time_left: int) -> None:
    before = set(threading.enumerate())
    with hosting(behaviour) as host:
        with suppress(ReelhookError):
            HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS).open(
                host.link(), NOW + time_left
            ).close()
        timers = [
            thread for thread in set(threading.enumerate()) - before if isinstance(thread, threading.Timer)
        ]
        for timer in timers:
            timer.join(1)

    assert not any(timer.is_alive() for timer in timers)
