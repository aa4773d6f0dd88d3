"""What an owner's URL can reach: https on port 443 of a public address, the very one that was judged, and nothing else."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
import trustme

from reelhook.adapters import webhook_target
from reelhook.adapters.webhook_target import HttpWebhookTarget
from reelhook.domain.webhooks.delivery import Answer
from reelhook.domain.webhooks.targets import is_public, target_fault

HOST, PUBLIC = "hooks.example.com", "93.184.216.34"
BODY = b"{}"
NOT_PUBLIC = [
    "169.254.169.254",
    "127.0.0.1",
    "10.0.0.8",
    "172.16.3.4",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address nobody may be told at
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.7",
    "::1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2606:2800:220:1:248:1893:25c8:1946",
    "no address",
]


@dataclass
class Net:
    """Names as the resolver tells them, one after another; the connections that were asked for, and one TLS server."""

    context: ssl.SSLContext
    server: socket.socket
    certificate: ssl.SSLContext
    answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    told: list[Sequence[str]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    def resolve(self, host: str) -> Sequence[str]:
        """Never the same answer twice, unless there is only one."""
        self.resolved.append(host)
        return self.told.pop(0) if len(self.told) > 1 else self.told[0]

    def connect(self, real: Callable[..., socket.socket]) -> Callable[..., socket.socket]:
        """Every connection ends at the one server, and is counted by where it wanted to go."""

        def create(address: tuple[str, int], *args: object, **named: object) -> socket.socket:
            self.connected.append(address)
            return real(self.server.getsockname(), *args, **named)

        return create

    def serve(self) -> None:
        """One exchange after another."""
        self.certificate.sni_callback = lambda _socket, name, _context: self.names.append(name)
        while True:
            try:
                plain, _ = self.server.accept()
            except OSError:
                return
            try:
                with self.certificate.wrap_socket(plain, server_side=True) as stream:
                    self.requests.append(_whole(stream))
                    stream.sendall(self.answer)
            except OSError:
                continue

    def target(self, origins: tuple[str, ...] = ()) -> HttpWebhookTarget:
        """The adapter on this network."""
        return HttpWebhookTarget(origins, self.resolve, self.context)


def _whole(stream: ssl.SSLSocket) -> bytes:
    """The request to the end of its body: a socket that is closed with bytes unread resets the connection."""
    request = b""
    while not request.endswith(BODY) and (more := stream.recv(65_536)):
        request += more
    return request


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    authority = trustme.CA()
    trusted, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(trusted)
    authority.issue_cert(HOST).configure_cert(server)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Net(trusted, listener, server, told=[[PUBLIC]])
        threading.Thread(target=made.serve, daemon=True).start()
        monkeypatch.setattr(socket, "create_connection", made.connect(socket.create_connection))
        yield made


def post(net: Net, url: str = f"https://{HOST}/in?key=1", origins: tuple[str, ...] = ()) -> Answer:
    return net.target(origins).post(url, {"webhook-id": "evt_1"}, BODY)


def test_the_judged_address_is_connected_to_under_the_urls_name(net: Net) -> None:
    assert post(net) == Answer(200)
    assert (net.connected, net.names) == ([(PUBLIC, 443)], [HOST])
    head = net.requests[0].decode()
    assert head.startswith("POST /in?key=1 HTTP/1.1\r\n")
    assert f"Host: {HOST}\r\n" in head
    assert "webhook-id: evt_1\r\n" in head
    assert "Content-Type: application/json\r\n" in head


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_gets_nothing(net: Net, address: str) -> None:
    net.told = [[address]]

    assert not is_public(address)
    assert post(net) == Answer(problem="refused_address")
    assert net.connected == []


@pytest.mark.parametrize("addresses", [[PUBLIC, "10.0.0.8"], ["127.0.0.1", PUBLIC]])
def test_one_such_address_among_others_is_enough(net: Net, addresses: list[str]) -> None:
    net.told = [addresses]

    assert post(net) == Answer(problem="refused_address")
    assert net.connected == []


def test_a_name_that_leads_elsewhere_a_moment_later_is_asked_once_and_gains_nothing(net: Net) -> None:
    net.told = [[PUBLIC], ["169.254.169.254"]]

    assert post(net) == Answer(200)
    assert (net.resolved, net.connected) == ([HOST], [(PUBLIC, 443)])
    assert post(net) == Answer(problem="refused_address")
    assert len(net.connected) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/in",
        "https://127.0.0.1/in",
        "https://2130706433/in",
        "https://0x7f.1/in",
        "https://169.254.169.254/latest/meta-data",
        "https://[64:ff9b::a9fe:a9fe]/in",
        "https://[::1]/in",
        "https://93.184.216.34/in",
        "https://metadata.google.internal/in",
        "https://a.localhost/in",
        "http://hooks.example.com/in",
        "https://hooks.example.com:8443/in",
        "https://hooks.example.com:/in",
        "https://user:secret@hooks.example.com/in",
        "https://hooks.example.com@127.0.0.1/in",
        "https://hooks.example.com\\@127.0.0.1/in",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/#part",
        "https://hooks.exämple.com/in",
        "ftp://hooks.example.com/in",
        "//hooks.example.com/in",
        "https:///in",
        "https://" + "a" * 2_100 + ".example.com/",
    ],
)
def test_a_url_that_leads_nowhere_public_is_refused_and_nothing_is_resolved(net: Net, url: str) -> None:
    assert target_fault(url, ()) is not None
    assert post(net, url) == Answer(problem="refused_url")
    assert (net.resolved, net.connected) == ([], [])


def test_a_redirect_is_an_answer_and_is_not_followed(net: Net) -> None:
    net.answer = b"HTTP/1.1 307 Moved\r\nLocation: https://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"

    assert post(net) == Answer(307)
    assert not Answer(307).taken
    assert net.connected == [(PUBLIC, 443)]


def test_a_certificate_of_another_name_gets_nothing(net: Net) -> None:
    assert post(net, "https://other.example.com/in") == Answer(problem="no_connection")
    assert net.requests == []


def test_a_proxy_of_the_environment_is_not_asked(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert post(net) == Answer(200)
    assert net.connected == [(PUBLIC, 443)]


def test_an_unknown_name_is_told(net: Net) -> None:
    net.told = [[]]

    assert post(net) == Answer(problem="unknown_host")
    assert net.connected == []


@pytest.mark.parametrize(
    "answer", [b"", b"no http\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"]
)
def test_an_answer_that_is_none_is_no_success(net: Net, answer: bytes) -> None:
    net.answer = answer

    assert post(net) == Answer(problem="unreadable_answer")


def test_an_answer_is_read_to_64_kib_and_no_further(net: Net) -> None:
    net.answer = b"HTTP/1.1 204 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 100_000

    assert post(net) == Answer(204)


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"]
)
def test_an_answer_that_drips_is_cut_off_by_the_attempts_end(
    net: Net, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(webhook_target, "ATTEMPT_SECONDS", 0.2)
    still_open = threading.Event()
    real = net.certificate.wrap_socket

    def held(plain: socket.socket, *, server_side: bool) -> ssl.SSLSocket:
        stream = real(plain, server_side=server_side)
        stream.recv(65_536)
        stream.sendall(answer)
        still_open.wait(5)
        return stream

    monkeypatch.setattr(net.certificate, "wrap_socket", held)

    assert post(net) == Answer(problem="timeout")
    still_open.set()


def test_the_operators_origins_are_exempt_letter_by_letter(net: Net) -> None:
    host, port = net.server.getsockname()
    listed = (f"http://{host}:{port}",)

    assert target_fault(f"http://{host}:{port}/in", listed) is None
    for near in (f"http://{host}:{port + 1}/in", f"https://{host}:{port}/in", f"http://{host}/in"):
        assert target_fault(near, listed) is not None
        assert post(net, near, listed) == Answer(problem="refused_url")
    assert net.connected == []
    assert post(net, f"http://{host}:{port}/in", listed).problem == "unreadable_answer"  # it speaks TLS
    assert net.connected == [(host, port)]


def test_a_resolver_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()
    monkeypatch.setattr(webhook_target, "CONNECT_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: waits.wait(5))

    assert HttpWebhookTarget(()).post(f"https://{HOST}/", {}, b"{}") == Answer(problem="unknown_host")
    waits.set()
