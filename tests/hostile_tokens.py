"""Callback addresses that are not ours, however much they look like it: at least 40 ways to forge one."""

from collections.abc import Callable
from dataclasses import dataclass

from reelhook.domain.time import DAY, HOUR, SECOND, Instant
from reelhook.domain.token import Bearing, SigningKey, mint


@dataclass(frozen=True)
class Address:
    """The three parts of a callback's path."""

    provider: str
    video_id: str
    token: str


@dataclass(frozen=True)
class Forger:
    """Knows a genuine address, and even the stack's keys; `retired` is a key that no longer counts."""

    key: SigningKey
    retired: SigningKey
    stage: str
    video_id: str
    other_id: str
    now: Instant

    def minted(self, **changes: str | Instant | SigningKey) -> str:
        """A token as we make them, but for what is asked."""
        given = {"stage": self.stage, "provider": "apixo", "video_id": self.video_id}
        bearing = Bearing(**{name: str(changes.get(name, value)) for name, value in given.items()})
        key, expires = changes.get("key", self.key), changes.get("expires", self.now + DAY)
        assert isinstance(key, SigningKey)
        assert isinstance(expires, int)
        return mint(key, bearing, expires)

    @property
    def good(self) -> str:
        """The genuine token."""
        return self.minted()

    @property
    def parts(self) -> tuple[str, str, str]:
        """Its key id, its end, its signature."""
        key_id, expires, mac = self.good.split(".")
        return key_id, expires, mac

    def but(self, key_id: str | None = None, expires: str | None = None, mac: str | None = None) -> str:
        """The genuine token with one part exchanged."""
        given = zip((key_id, expires, mac), self.parts, strict=True)
        return ".".join(own if new is None else new for new, own in given)


def _other(character: str) -> str:
    return "B" if character == "A" else "A"


FORGED: dict[str, Callable[[Forger], str]] = {
    # no token at all
    "nothing": lambda _: "",
    "a blank": lambda _: " ",
    "a dot": lambda _: ".",
    "two dots": lambda _: "..",
    "a guess": lambda _: "let-me-in",
    "null": lambda _: "null",
    "a template": lambda _: "{token}",
    "no UTF-8": lambda _: "\ufffd\ufffe",
    "ten kilobytes": lambda _: "A" * 10_240,
    # parts missing, doubled, in another order
    "only the signature": lambda f: f.parts[2],
    "no key id": lambda f: f.but(key_id=""),
    "no end": lambda f: f.but(expires=""),
    "no signature": lambda f: f.but(mac=""),
    "the signature first": lambda f: ".".join(reversed(f.parts)),
    "a fourth part": lambda f: f"{f.good}.x",
    # too short, too long, dressed up
    "cut by one": lambda f: f.good[:-1],
    "cut by half": lambda f: f.good[:-20],
    "one more": lambda f: f.good + "A",
    "padded": lambda f: f.good + "=",
    "a line end": lambda f: f.good + "\n",
    "a carriage return": lambda f: f.good + "\r\n",
    "a blank before": lambda f: " " + f.good,
    "a NUL": lambda f: f.good[:-1] + "\x00",
    "a path before": lambda f: "..\\..\\" + f.good,
    "percent-encoded": lambda f: f.good.replace(".", "%2E"),
    "a slash": lambda f: f.good.replace(".", "/"),
    "a query behind": lambda f: f.good + "?x=1",
    # other alphabets
    "an accent": lambda f: f.good[:-1] + "é",
    "Arabic digits": lambda f: f.but(expires=f.parts[1].replace("1", "١")),
    "full-width digits": lambda f: f.but(expires=f.parts[1].replace("1", "１")),
    "full-width dots": lambda f: f.good.replace(".", "．"),
    "half a character": lambda f: f.good[:-1] + "\ud800",
    "an invisible space": lambda f: f.good + "\u200b",
    "standard base64": lambda f: f.good[:-1] + "+",
    "the key id in capitals": lambda f: f.but(key_id=f.parts[0].upper()),
    "a key id too long": lambda f: f.but(key_id="k" * 17),
    # an end that was moved
    "a later end": lambda f: f.but(expires=str(int(f.parts[1]) + 86_400)),
    "an earlier end": lambda f: f.but(expires=str(int(f.parts[1]) - 1)),
    "a negative end": lambda f: f.but(expires=f"-{f.parts[1]}"),
    "an end with a plus": lambda f: f.but(expires=f"+{f.parts[1]}"),
    "an end with a zero before": lambda f: f.but(expires=f"0{f.parts[1]}"),
    "an end of 5,000 digits": lambda f: f.but(expires="9" * 5_000),
    "the farthest end": lambda f: f.but(expires="9" * 11),
    "an end in hexadecimal": lambda f: f.but(expires=hex(int(f.parts[1]))),
    # a signature that is not ours
    "one character changed": lambda f: f.good[:-2] + _other(f.good[-2]) + f.good[-1],
    "the first one changed": lambda f: f.but(mac=_other(f.parts[2][0]) + f.parts[2][1:]),
    "all the same": lambda f: f.but(mac="A" * 43),
    "in capitals": lambda f: f.but(mac=f.parts[2].upper()),
    "reversed": lambda f: f.but(mac=f.parts[2][::-1]),
    "signed by a stranger": lambda f: f.minted(key=SigningKey(f.key.id, b"stranger" * 4)),
    "signed with nothing": lambda f: f.minted(key=SigningKey(f.key.id, b"")),
    # ours, for something else
    "another video's": lambda f: f.minted(video_id=f.other_id),
    "another stage's": lambda f: f.minted(stage="staging"),
    "no stage's": lambda f: f.minted(stage=""),
    "another provider's": lambda f: f.minted(provider="modellix"),
    "parts that join alike": lambda f: f.minted(stage=f"{f.stage}\napixo", provider=f.video_id, video_id=""),
    # ours, once
    "ended this moment": lambda f: f.minted(expires=f.now // SECOND * SECOND),
    "ended an hour ago": lambda f: f.minted(expires=f.now - HOUR),
    "a retired key's": lambda f: f.minted(key=f.retired),
    "a retired key's, renamed": lambda f: f.minted(key=SigningKey(f.key.id, f.retired.secret)),
    "an unknown key's": lambda f: f.minted(key=SigningKey("k999", b"9" * 32)),
    "our key under an unknown id": lambda f: f.minted(key=SigningKey("k999", f.key.secret)),
}
# The genuine token, or one of ours, at a place that is not its own.
MISPLACED: dict[str, Callable[[Forger], Address]] = {
    "at another video": lambda f: Address("apixo", f.other_id, f.good),
    "at a video that does not exist": lambda f: Address("apixo", "video_" + "z" * 26, f.good),
    "at no video": lambda f: Address("apixo", "", f.good),
    "at a blank": lambda f: Address("apixo", " ", f.good),
    "at a path": lambda f: Address("apixo", f"../{f.video_id}", f.good),
    "at the id in capitals": lambda f: Address("apixo", f.video_id.upper(), f.good),
    "at the id and a line end": lambda f: Address("apixo", f.video_id + "\n", f.good),
    "at an unknown provider": lambda f: Address("nobody", f.video_id, f.minted(provider="nobody")),
    "at no provider": lambda f: Address("", f.video_id, f.minted(provider="")),
    "at the provider in capitals": lambda f: Address("APIXO", f.video_id, f.good),
}


def addresses(forger: Forger) -> dict[str, Address]:
    """Each of them as a whole."""
    forged = {name: Address("apixo", forger.video_id, make(forger)) for name, make in FORGED.items()}
    return forged | {name: make(forger) for name, make in MISPLACED.items()}
