"""An OIDC issuer for tests: its documents, its keys, and JWTs signed by hand, so that no JWT library is its own oracle."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.builders import NOW

ISSUER, AUDIENCE = "https://issuer.example.com/pool", "app"
DISCOVERY = "/.well-known/openid-configuration"
P256_BYTES = 32
type Sign = Callable[[bytes], bytes]


def b64url(raw: bytes) -> str:
    """Base64url without padding (RFC 7515, 2)."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int, length: int | None = None) -> str:
    """A whole number as JWKs hold it (RFC 7518, 2: Base64urlUInt)."""
    return b64url(value.to_bytes(length or (value.bit_length() + 7) // 8))


@cache
def rsa_key(bits: int = 2048, _which: str = "ours") -> rsa.RSAPrivateKey:
    """A key that is made once: it takes long."""
    return rsa.generate_private_key(65537, bits)


EC_KEY, STRANGERS_KEY, ED_KEY = (
    ec.generate_private_key(ec.SECP256R1()),
    ec.generate_private_key(ec.SECP256R1()),
    ed25519.Ed25519PrivateKey.generate(),
)


def es256(content: bytes, key: ec.EllipticCurvePrivateKey = EC_KEY) -> bytes:
    """RFC 7518, 3.4: r and s, 32 bytes each."""
    r, s = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(P256_BYTES) + s.to_bytes(P256_BYTES)


def rs256(content: bytes, key: rsa.RSAPrivateKey | None = None) -> bytes:
    """RFC 7518, 3.3."""
    return (key or rsa_key()).sign(content, padding.PKCS1v15(), hashes.SHA256())


def ps256(content: bytes) -> bytes:
    """RFC 7518, 3.5: salt as long as the hash."""
    salted = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
    return rsa_key().sign(content, salted, hashes.SHA256())


def eddsa(content: bytes) -> bytes:
    """RFC 8037, 3.1."""
    return ED_KEY.sign(content)


def rsa_jwk(kid: str, key: rsa.RSAPrivateKey | None = None, **more: Any) -> dict[str, Any]:
    """A public RSA key (RFC 7518, 6.3)."""
    public = (key or rsa_key()).public_key().public_numbers()
    return {"kty": "RSA", "kid": kid, "n": number(public.n), "e": number(public.e), **more}


def ec_jwk(kid: str, key: ec.EllipticCurvePrivateKey = EC_KEY, **more: Any) -> dict[str, Any]:
    """A public P-256 key (RFC 7518, 6.2)."""
    public = key.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "kid": kid,
        "x": number(public.x, P256_BYTES),
        "y": number(public.y, P256_BYTES),
        **more,
    }


def jws(header: Any, payload: Any, sign: Sign = es256) -> str:
    """Any header and any payload (bytes go as they are), rightly signed."""
    parts = (part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, payload))
    content = ".".join(map(b64url, parts))
    return f"{content}.{b64url(sign(content.encode()))}"


def claims(**changes: Any) -> dict[str, Any]:
    """What a good JWT says, `None` leaves a claim out."""
    told = {"iss": ISSUER, "sub": "user-1", "aud": AUDIENCE, "exp": NOW // 1000 + 300, **changes}
    return {name: value for name, value in told.items() if value is not None}


def header(**changes: Any) -> dict[str, Any]:
    """A good header, `None` leaves a member out."""
    told = {"alg": "ES256", "kid": "ec-1", "typ": "JWT", **changes}
    return {name: value for name, value in told.items() if value is not None}


class SimulatedIssuer:
    """Documents by their URLs, each as JSON or as (status, body, headers); `asked` are those that were fetched."""

    def __init__(self, url: str = ISSUER) -> None:
        self.url = url
        place = url.rstrip("/")
        self.documents: dict[str, Any] = {
            f"{place}{DISCOVERY}": {"issuer": url, "jwks_uri": f"{place}/keys"},
            f"{place}/keys": {"keys": [ec_jwk("ec-1", use="sig", alg="ES256")]},
        }
        self.asked: list[str] = []
        self.down = False
        self.transport = httpx.MockTransport(self._answer)

    @property
    def keys(self) -> list[dict[str, Any]]:
        """The key set, to be changed."""
        listed: list[dict[str, Any]] = self.documents[f"{self.url.rstrip('/')}/keys"]["keys"]
        return listed

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if self.down:
            raise httpx.ConnectError("refused")
        found = self.documents.get(str(request.url))
        status, raw, headers = found if isinstance(found, tuple) else (200, json.dumps(found).encode(), {})
        if found is None:
            status, raw = 404, b""
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(raw))


@contextmanager
def serving(documents: Callable[[str], Mapping[str, Any]]) -> Iterator[str]:
    """An issuer on loopback, by the documents (path to content) of its own URL; that URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            raw = json.dumps(documents(url)[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield url
        finally:
            server.shutdown()
