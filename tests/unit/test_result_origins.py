"""Only links that plainly begin with a listed origin are fetched; all others are refused before any connection."""

import ssl

import pytest
import trustme

from reelhook.adapters.origins import Origins
from reelhook.adapters.results import HttpResults
from reelhook.domain.errors.results import ResultUnavailableError, UnknownOriginError
from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.time import MINUTE
from reelhook.wire.tls import TLS
from tests.builders import NOW, an_mp4
from tests.fakes import ManualClock
from tests.hostile_links import HOSTILE
from tests.hosts import answer, hosting

MP4 = an_mp4()
LATER = NOW + MINUTE


def test_the_corpus_has_its_size_and_no_two_alike() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("link", HOSTILE)
def test_a_hostile_link_is_refused_before_any_connection(link: str) -> None:
    with hosting(answer(MP4)) as host:
        results = HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS)
        with pytest.raises(UnknownOriginError) as raised:
            results.open(link.replace("{port}", str(host.port)), LATER)

        assert host.connections == 0
    named = raised.value.origin
    assert named.isascii()
    assert named.isprintable()
    assert len(named) <= 200
    assert "password" not in named


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("https://evil.test/a.mp4?Signature=secret", "https://evil.test"),
        ("https://user:password@evil.test:8443/", "https://evil.test:8443"),
        ("https://file.apixo.ai.evil.test/a", "https://file.apixo.ai.evil.test"),
        ("https://file.apixo.ai:8443/a", "https://file.apixo.ai:8443"),
        ("no link at all", "an unreadable link"),
        ("evil.test/a", "no-scheme://evil.test"),
        ("https://[/", "an unreadable link"),
    ],
)
def test_the_alarm_names_the_origin_and_nothing_secret(link: str, named: str) -> None:
    with pytest.raises(UnknownOriginError) as raised:
        Origins(["https://file.apixo.ai"]).place(link)

    assert raised.value.origin == named


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a.mp4", "/a.mp4"),
        ("/a.mp4?X-Sig=a%2fb%2Fc+d==&e=f~g:h@i!$'()*,;", "/a.mp4?X-Sig=a%2fb%2Fc+d==&e=f~g:h@i!$'()*,;"),
        ("/a.mp4?b=c#t=5", "/a.mp4?b=c"),
        ("//evil.test/a", "//evil.test/a"),
        ("/../a/./b", "/../a/./b"),
        ("/a b/ü.mp4", "/a%20b/%C3%BC.mp4"),
        ("/@evil.test/", "/@evil.test/"),
    ],
)
def test_path_and_query_are_asked_for_as_they_came(path: str, target: str) -> None:
    with hosting(answer(MP4)) as host:
        HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS).open(
            host.origin + path, LATER
        ).close()

    first, *headers = host.requests[0].decode().split("\r\n")
    assert first.split(" ")[1] == target
    assert sorted(header for header in headers if header) == [
        "Accept-Encoding: identity",
        f"Host: 127.0.0.1:{host.port}",
        "Range: bytes=0-",
        "User-Agent: reelhook",
    ]


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    with hosting(answer(MP4)) as proxy, hosting(answer(MP4)) as host:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS).open(host.link(), LATER).close()

    assert (host.connections, proxy.connections) == (1, 0)


@pytest.mark.parametrize(
    "listed",
    [
        *(
            "http://file.apixo.ai",
            "http://10.0.0.1",
            "http://localhost.evil.test",
            "http://127.0.0.1.evil.test",
        ),
        *(
            "https://*.apixo.ai",
            "https://file.apixo.ai/",
            "https://file.apixo.ai/path",
            "https://File.apixo.ai",
        ),
        *("https://user@file.apixo.ai", "file.apixo.ai", "https://file.apixo.ai.", "https://file.apixo.ai:0"),
        *(
            "https://-a.ai",
            "https://a_b.ai",
            "https://ä.ai",
            "https://",
            "ftp://a.ai",
            f"https://{'a' * 64}.ai",
        ),
    ],
)
def test_a_list_that_says_nothing_plain_is_refused_by_name(listed: str) -> None:
    with pytest.raises(NotConfiguredError, match="ResultOrigins"):
        Origins(["https://file.apixo.ai", listed])


def test_an_origin_with_a_port_is_another_one() -> None:
    origins = Origins([" https://a.test ", "", "https://b.test:8443", "http://localhost:8080"])

    assert origins.place("https://b.test:8443/x").origin.port == 8443
    assert origins.place("https://a.test/x").origin.port == 443
    for link in ("https://a.test:443/x", "https://b.test/x", "http://a.test/x", "http://localhost/x"):
        with pytest.raises(UnknownOriginError):
            origins.place(link)


@pytest.mark.parametrize(
    ("name", "trusted", "read"),
    [("127.0.0.1", True, True), ("evil.test", True, False), ("127.0.0.1", False, False)],
)
def test_a_certificate_must_be_good_and_the_hosts_own(name: str, trusted: bool, read: bool) -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(name).configure_cert(server)
    (authority if trusted else trustme.CA()).configure_trust(client)
    with hosting(answer(MP4), context=server) as host:
        results = HttpResults([host.origin], 10**6, ManualClock(NOW), context=client)
        if read:
            stream = results.open(host.link(), LATER)
            assert stream.read(10**6) == MP4
            stream.close()
        else:
            with pytest.raises(ResultUnavailableError):
                results.open(host.link(), LATER)

    assert bool(host.requests) is read


def test_the_system_decides_whom_to_trust_by_default() -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(server)
    with hosting(answer(MP4), context=server) as host:
        results = HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS)
        with pytest.raises(ResultUnavailableError):
            results.open(host.link(), LATER)


def test_a_malformed_answer_does_not_put_the_link_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    malformed = b"HTTP/1.1 200 OK\r\nno header at all\r\nContent-Length: 9\r\n\r\n" + MP4[:9]
    with hosting(lambda connection: connection.sendall(malformed)) as host:
        results = HttpResults([host.origin], 10**6, ManualClock(NOW), context=TLS)
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it comes to
            results.open(host.link("/a.mp4?Signature=secret"), LATER)

    assert "secret" not in caplog.text
