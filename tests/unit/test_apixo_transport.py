"""What the network does to a submit and a look-up, over real sockets: not sent, unclear, or an answer."""

import socket
import ssl
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

import pytest
import trustme

from reelhook.domain.answers import Accepted, NotAnswered, NotSent, SubmitAnswer, Succeeded, Unclear
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from tests.unit.apixo_server import answering, free_address, serving, silent
from tests.unit.apixo_world import ACCEPTED, CALLBACK_URL, KEY, MODEL, SUCCEEDED, TASK, request

pytestmark = pytest.mark.enable_socket


def at(address: str, scheme: str = "http", seconds: float = 5) -> Apixo:
    return Apixo(f"{scheme}://{address}/api/v1", lambda: KEY, catalog(None, None), submit_seconds=seconds)


def submit(address: str, scheme: str = "http", seconds: float = 5) -> SubmitAnswer:
    return at(address, scheme, seconds).prepare(request(), CALLBACK_URL).send()


def test_an_answer_is_an_answer() -> None:
    with serving(answering(ACCEPTED)) as server:
        assert submit(server.address) == Accepted(TASK)
    with serving(answering(SUCCEEDED)) as server:
        assert at(server.address).look_up(MODEL, TASK, 3) == Succeeded(("https://file.apixo.ai/video.mp4",))


def test_nobody_listens_so_nothing_was_sent() -> None:
    address = free_address()
    assert submit(address) == NotSent("ConnectError")
    assert at(address).look_up(MODEL, TASK, 3) == NotAnswered("ConnectError")


def test_a_name_that_does_not_resolve_means_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert submit("no-such-host.invalid") == NotSent("ConnectError")


def test_a_handshake_that_fails_means_nothing_was_sent() -> None:
    with serving(answering(b"this is not TLS"), listens=False) as server:
        assert submit(server.address, "https") == NotSent("ConnectError")


def test_a_certificate_nobody_vouches_for_means_nothing_was_sent() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    sent: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        connection, _ = server.accept()
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            sent.append(secured.recv(65_536))

    thread = Thread(target=accept, daemon=True)
    thread.start()
    with server:
        answer = submit(f"127.0.0.1:{server.getsockname()[1]}", "https")
        thread.join(5)
    assert answer == NotSent("ConnectError")
    assert sent in ([], [b""])


def test_a_handshake_that_hangs_means_nothing_was_sent() -> None:
    with serving(silent, listens=False) as server:
        assert submit(server.address, "https", seconds=0.3) == NotSent("ConnectTimeout")


def test_a_connection_closed_after_the_request_is_unclear() -> None:
    with serving(lambda connection, _: connection.close()) as server:
        assert isinstance(submit(server.address), Unclear)
    assert len(server.seen) == 1
    assert b"generateTask" in server.seen[0]


def test_an_answer_cut_short_is_unclear() -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + ACCEPTED
    with serving(lambda connection, _: connection.sendall(cut)) as server:
        assert submit(server.address) == Unclear("RemoteProtocolError")


def test_an_answer_that_is_no_http_is_unclear() -> None:
    with serving(lambda connection, _: connection.sendall(b"220 mail.example ESMTP\r\n")) as server:
        assert submit(server.address) == Unclear("RemoteProtocolError")


def test_silence_after_the_request_is_unclear() -> None:
    with serving(silent) as server:
        assert submit(server.address, seconds=0.3) == Unclear("ReadTimeout")
        assert len(server.seen) == 1


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"])
def test_an_answer_that_drips_is_given_up_when_the_time_is_over(head: bytes) -> None:
    def drip(connection: socket.socket, over: Event) -> None:
        connection.sendall(head)
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200:
            connection.sendall(bytes([byte]))
            if over.wait(0.05):
                return

    with serving(drip) as server:
        began = monotonic()
        assert at(server.address).look_up(MODEL, TASK, 0.3) == NotAnswered("ReadTimeout")
        assert submit(server.address, seconds=0.3) == Unclear("ReadTimeout")
        assert monotonic() - began < 3


def test_no_time_at_all_is_no_answer() -> None:
    assert at(free_address()).look_up(MODEL, TASK, 0) == NotAnswered("ConnectTimeout")


def test_a_redirect_is_not_followed() -> None:
    with serving(answering(ACCEPTED)) as elsewhere:
        head = f"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{elsewhere.address}/".encode()
        with serving(answering(b"", head)) as server:
            assert submit(server.address) == Unclear("HTTP 307, unreadable")
            assert at(server.address).look_up(MODEL, TASK, 3) == NotAnswered("HTTP 307, unreadable")
    assert elsewhere.seen == []


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://{free_address()}")
    with serving(answering(ACCEPTED)) as server:
        assert submit(server.address) == Accepted(TASK)


def test_credentials_of_a_netrc_are_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / ".netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(answering(ACCEPTED)) as server:
        submit(server.address)
    assert f"Authorization: Bearer {KEY}".encode() in server.seen[0]


def test_every_submit_has_a_connection_of_its_own_and_is_sent_once() -> None:
    with serving(answering(ACCEPTED)) as server:
        provider = at(server.address)
        for _ in range(3):
            provider.prepare(request(), CALLBACK_URL).send()
    assert [sent.count(b"POST ") for sent in server.seen] == [1, 1, 1]


def test_a_body_without_end_is_not_read_to_its_end() -> None:
    def endless(connection: socket.socket, over: Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"{}," * 5_000)

    with serving(endless) as server:
        assert submit(server.address) == Unclear("HTTP 200, unreadable")
