"""Authorization headers that must never be let in, each by its name, and good ones that must."""

import hashlib
import hmac
import json
from base64 import standard_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests import issuer
from tests.builders import NOW
from tests.issuer import b64url, claims, header, jws, rsa_jwk, rsa_key

_SECONDS = NOW // 1000
_GOOD = jws(header(), claims())
_HEADER, _PAYLOAD, _SIGNATURE = _GOOD.split(".")
RSA = {"alg": "RS256", "kid": "rsa-1"}
_ED = {
    "kty": "OKP",
    "crv": "Ed25519",
    "kid": "ed-1",
    "x": b64url(issuer.ED_KEY.public_key().public_bytes_raw()),
}
SHARED = b"a secret that two sides share, and 32 bytes of it"
# Good keys, and what a careless issuer might list beside them.
KEYS: list[Any] = [
    issuer.ec_jwk("ec-1", use="sig", alg="ES256"),
    rsa_jwk("rsa-1", alg="RS256"),
    rsa_jwk("rsa-2"),
    rsa_jwk("ps-1", alg="PS256"),
    _ED,
    issuer.ec_jwk("enc-1", use="enc"),
    rsa_jwk("weak-1", rsa_key(1024)),
    {"kty": "oct", "kid": "oct-1", "alg": "HS256", "k": b64url(SHARED)},
    {**issuer.ec_jwk("private-1"), "d": issuer.number(issuer.EC_KEY.private_numbers().private_value, 32)},
    {"kty": "RSA", "kid": "broken-1", "n": "!", "e": 7},
    {"kty": "EC", "kid": "broken-2", "crv": "P-256", "x": "AA", "y": "AA"},
    {**issuer.ec_jwk(""), "kid": ["no", "name"]},
    rsa_jwk("broken-3", alg=["RS256"]),
    rsa_jwk("broken-4", alg="none"),
    "no key at all",
    None,
]


def _hs256(secret: bytes) -> issuer.Sign:
    return lambda content: hmac.new(secret, content, hashlib.sha256).digest()


def _strangers(content: bytes) -> bytes:
    return issuer.es256(content, issuer.STRANGERS_KEY)


def _der(content: bytes) -> bytes:
    return issuer.EC_KEY.sign(content, ec.ECDSA(hashes.SHA256()))


def _raw(text: str) -> bytes:
    return text.encode()


_PEM = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
_DUPLICATED = json.dumps(claims())[:-1]
_STRANGERS_JWK = issuer.ec_jwk("ec-1", issuer.STRANGERS_KEY)

_FORGED = {
    "no algorithm, no signature": f"{b64url(b'{"alg":"none","kid":"ec-1"}')}.{_PAYLOAD}.",
    "no algorithm, any signature": jws(header(alg="none"), claims()),
    "none in other letters": jws(header(alg="nOnE"), claims()),
    "an empty algorithm": jws(header(alg=""), claims()),
    "no word of an algorithm": jws(header(alg=None), claims()),
    "a list of algorithms": jws(header(alg=["ES256"]), claims()),
    "HS256 by the public key's PEM": jws(header(**RSA | {"alg": "HS256"}), claims(), _hs256(_PEM)),
    "HS256 by the public key's JWK": jws(
        header(**RSA | {"alg": "HS256"}), claims(), _hs256(json.dumps(rsa_jwk("rsa-1")).encode())
    ),
    "HS256 by nothing": jws(header(alg="HS256"), claims(), _hs256(b"")),
    "HS256 by a secret that the key set gives away": jws(
        header(alg="HS256", kid="oct-1"), claims(), _hs256(SHARED)
    ),
    "a stranger's key": jws(header(), claims(), _strangers),
    "a stranger's key, embedded": jws(header(jwk=_STRANGERS_JWK), claims(), _strangers),
    "a stranger's key, embedded, without a key id": jws(
        header(jwk=_STRANGERS_JWK, kid=None), claims(), _strangers
    ),
    "a stranger's key set": jws(header(jku="https://evil.example.com/keys"), claims(), _strangers),
    "a stranger's certificate": jws(header(x5u="https://evil.example.com/cert"), claims(), _strangers),
    "a stranger's certificate, embedded": jws(header(x5c=["MIIB"]), claims(), _strangers),
    "a key for encryption": jws(header(kid="enc-1"), claims()),
    "a key that was published whole": jws(header(kid="private-1"), claims()),
    "a key too short": jws(
        header(alg="RS256", kid="weak-1"), claims(), lambda c: issuer.rs256(c, rsa_key(1024))
    ),
    "a broken key": jws(header(alg="RS256", kid="broken-1"), claims(), issuer.rs256),
    "a key off its curve": jws(header(kid="broken-2"), claims()),
    "another key's id": jws(header(**RSA), claims()),
    "an algorithm of another family": jws(header(alg="RS256"), claims(), issuer.rs256),
    "an algorithm that is not the key's": jws(header(alg="PS256", kid="rsa-1"), claims(), issuer.ps256),
    "an unknown algorithm": jws(header(alg="ES256K"), claims()),
    "a signature of zeros": f"{_HEADER}.{_PAYLOAD}.{b64url(bytes(64))}",
    "a signature in DER": jws(header(), claims(), _der),
    "a signature cut short": _GOOD[:-4],
    "a signature of something else": f"{_HEADER}.{b64url(json.dumps(claims(sub='admin')).encode())}.{_SIGNATURE}",
    "a signature with another spelling": _GOOD[:-1] + chr(ord(_GOOD[-1]) + 1),
}
_HEADERS = {
    "an unknown key id": jws(header(kid="ec-2"), claims()),
    "no key id": jws(header(kid=None), claims()),
    "a key id that is a number": jws(header(kid=1), claims()),
    "a key id that is a path": jws(header(kid="../../../dev/null"), claims(), _hs256(b"")),
    "a key id without end": jws(header(kid="k" * 3000), claims()),
    "a critical extension": jws(header(crit=["exp"], exp=1), claims()),
    "an unencoded payload": jws(header(crit=["b64"], b64=False), claims()),
    "a detached payload": f"{b64url(json.dumps(header(crit=['b64'], b64=False)).encode())}..{_SIGNATURE}",
    "a logout token": jws(header(typ="logout+jwt"), claims()),
    "a type that is no text": jws(header(typ=7), claims()),
    "two algorithms": jws(b'{"alg":"none","alg":"ES256","kid":"ec-1"}', claims()),
    "a header that is a list": jws([header()], claims()),
    "a header that is no JSON": jws(b"alg: ES256", claims()),
    "a header nested without end": jws(b"[" * 5000, claims()),
    "a header that is not UTF-8": jws(b'{"alg":"ES256","kid":"ec-1\xff"}', claims()),
}
_CLAIMS = {
    "expired": claims(exp=_SECONDS),
    "expired long ago": claims(exp=1),
    "no end": claims(exp=None),
    "an end in words": claims(exp=str(_SECONDS + 300)),
    "an end that is true": claims(exp=True),
    "an end that is no number": _raw(_DUPLICATED + ', "nbf": NaN}'),
    "an end beyond all numbers": _raw(
        f'{{"iss": "{issuer.ISSUER}", "sub": "a", "aud": "app", "exp": 1e400}}'
    ),
    "an end of a thousand digits": _raw(
        f'{{"iss": "{issuer.ISSUER}", "sub": "a", "aud": "app", "exp": {"9" * 1000}}}'
    ),
    "not yet begun": claims(nbf=_SECONDS + 120),
    "a beginning in words": claims(nbf="now"),
    "no audience": claims(aud=None),
    "another audience": claims(aud="another"),
    "an audience that begins right": claims(aud="app2"),
    "other audiences": claims(aud=["another", "APP"]),
    "no audience in the list": claims(aud=[]),
    "an audience that is a number": claims(aud=7),
    "an audience that is an object": claims(aud={"app": True}),
    "audiences that are no text": claims(aud=["app", 7]),
    "Cognito's access token of another client": claims(aud=None, token_use="access", client_id="another"),
    "Cognito's access token without a client": claims(token_use="access"),
    "Cognito's id token with a client in place of its audience": claims(
        aud=None, token_use="id", client_id="app"
    ),
    "no subject": claims(sub=None),
    "an empty subject": claims(sub=""),
    "a subject that is a number": claims(sub=7),
    "a subject that is a list": claims(sub=["user-1"]),
    "a subject without end": claims(sub="s" * 256),
    "half a character as subject": _raw(_DUPLICATED.replace("user-1", "\\ud800") + "}"),
    "no issuer": claims(iss=None),
    "another issuer": claims(iss="https://evil.example.com"),
    "the issuer with a slash": claims(iss=issuer.ISSUER + "/"),
    "issuers": claims(iss=[issuer.ISSUER]),
    "two subjects": _raw(_DUPLICATED + ', "sub": "admin"}'),
    "two ends": _raw(_DUPLICATED + f', "exp": {_SECONDS + 9000}}}'),
    "claims that are a list": [claims()],
    "claims that are no JSON": b"sub=user-1",
    "no claims": b"",
    "claims that are not UTF-8": b'{"sub": "\xff"}',
    "claims nested without end": b'{"a":' * 500,
}
_VALUES = {
    "two values": f"Bearer {_GOOD}, Bearer {_GOOD}",
    "two words": f"Bearer {_GOOD} {_GOOD}",
    "a line more": f"Bearer {_GOOD}\n",
    "another scheme": f"Basic {_GOOD}",
    "no scheme": _GOOD,
    "two parts": f"Bearer {_HEADER}.{_PAYLOAD}",
    "four parts": f"Bearer {_GOOD}.{_SIGNATURE}",
    "an encrypted token": f"Bearer {_HEADER}.{_PAYLOAD}.{_PAYLOAD}.{_PAYLOAD}.{_SIGNATURE}",
    "no parts": "Bearer ..",
    "padding": f"Bearer {_HEADER}==.{_PAYLOAD}.{_SIGNATURE}",
    "the other alphabet": "Bearer "
    + ".".join(standard_b64encode(part).decode() for part in (b"\xfb\xff", b"\xfb\xff", b"\xfb\xff")),
    "letters that are not ASCII": f"Bearer {_HEADER}.{_PAYLOAD}.é{_SIGNATURE[1:]}",
    "figures that are not ASCII": f"Bearer {_HEADER}.{_PAYLOAD}.٣{_SIGNATURE[1:]}",
    "a token without end": f"Bearer {jws(header(), claims(more='m' * 9000))}",
    "a token of a megabyte": "Bearer " + ".".join(["A" * 333_333] * 3),
    "a key's beginning": f"Bearer rh_{_GOOD}",
}
HOSTILE: dict[str, str] = (
    _VALUES
    | {name: f"Bearer {jwt}" for name, jwt in (_FORGED | _HEADERS).items()}
    | {name: f"Bearer {jws(header(), told)}" for name, told in _CLAIMS.items()}
)
GOOD: dict[str, str] = {
    name: f"Bearer {jwt}"
    for name, jwt in {
        "ES256": _GOOD,
        "RS256": jws(header(**RSA), claims(), issuer.rs256),
        "RS256 by a key that names no algorithm": jws(
            header(**RSA | {"kid": "rsa-2"}), claims(), issuer.rs256
        ),
        "PS256": jws(header(alg="PS256", kid="ps-1"), claims(), issuer.ps256),
        "EdDSA": jws(header(alg="EdDSA", kid="ed-1"), claims(), issuer.eddsa),
        "one of several audiences": jws(header(), claims(aud=["another", "app"])),
        "the second audience": jws(header(), claims(aud="web")),
        "Cognito's access token": jws(
            header(typ=None), claims(aud=None, token_use="access", client_id="app")
        ),
        "Cognito's id token": jws(header(typ=None), claims(token_use="id")),
        "an access token by RFC 9068": jws(header(typ="at+JWT"), claims(client_id="another", jti="1")),
        "an end of the next millisecond": jws(header(), claims(exp=_SECONDS + 1)),
        "an end with a fraction": jws(header(), claims(exp=_SECONDS + 0.5)),
        "a beginning within the leeway": jws(header(), claims(nbf=_SECONDS + 60, iat=_SECONDS + 60)),
        "claims that nobody reads": jws(header(cty="x"), claims(name="Ümläut", roles=[{"a": None}])),
    }.items()
} | {"a small letter": f"bearer {_GOOD}"}
