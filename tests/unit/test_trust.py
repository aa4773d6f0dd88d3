"""Whose certificates an endpoint shows, seen over real handshakes on this machine."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
import trustme

from operations import trust
from operations.errors import OperationError

AUTHORITY, STRANGER = trustme.CA(), trustme.CA()


@pytest.fixture
def endpoint() -> Iterator[trust.Address]:
    """One that shows a certificate of `AUTHORITY`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listener, listener.accept()[0] as plain:
            plain.settimeout(5)
            with suppress(OSError):  # whoever does not believe it hangs up
                context.wrap_socket(plain, server_side=True).close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield "localhost", listener.getsockname()[1]
    thread.join(5)


def pem(authority: trustme.CA) -> str:
    return authority.cert_pem.bytes().decode()


def test_an_endpoint_of_a_believed_authority_is_taken(
    endpoint: trust.Address, capsys: pytest.CaptureFixture[str]
) -> None:
    trust.check([endpoint], pem(AUTHORITY))

    assert capsys.readouterr().out == ""


def test_one_of_another_authority_ends_the_deployment_and_says_what_to_do(endpoint: trust.Address) -> None:
    with pytest.raises(OperationError, match=r"localhost shows.*--parameter AwsCaBundle=full"):
        trust.check([endpoint], pem(STRANGER))


def test_one_that_cannot_be_reached_from_here_is_not_judged(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = ("localhost", closed.getsockname()[1])

    trust.check([address], pem(AUTHORITY))

    assert "could not be seen from here" in capsys.readouterr().out


def test_every_service_is_looked_at_where_the_functions_believe_amazon_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[trust.Address] = []
    monkeypatch.setattr(trust, "check", lambda addresses, _roots: seen.extend(addresses))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    trust.check_region("cn-north-1")
    assert seen == []
    trust.check_region("eu-west-1")
    assert seen == [
        (f"{service}.eu-west-1.amazonaws.com", 443) for service in ("dynamodb", "events", "s3", "sqs", "ssm")
    ]
