"""Owners: who videos belong to, what they are called, and what the operator lets each of them have."""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass, fields
from decimal import Decimal
from json import dumps

_OF_KEYS = re.compile(r"(?!jwt-)[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
_OF_A_JWT = re.compile(r"jwt-[a-z2-7]{26}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_USD = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)


def is_key_owner(name: str) -> bool:
    """Whether an API key may carry this owner: never one that stands for somebody's JWTs."""
    return _OF_KEYS.fullmatch(name) is not None


def is_owner(name: str) -> bool:
    """Whether this names an owner at all."""
    return is_key_owner(name) or _OF_A_JWT.fullmatch(name) is not None


def jwt_owner(issuer: str, subject: str) -> str:
    """The owner that a JWT's subject is: no issuer can name a key's owner, nor another issuer's."""
    canonical = dumps(["jwt", issuer, subject], separators=(",", ":"), ensure_ascii=False).encode()
    return "jwt-" + b32encode(hashlib.sha256(canonical).digest()).decode().lower()[:26]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one may have; `None` is no limit, a day is one of UTC."""

    videos_per_day: int | None = None
    in_flight: int | None = None
    usd_per_day: Decimal | None = None

    def over(self, defaults: "Limits") -> "Limits":
        """These, and the default wherever nothing is set."""
        set_here = {field.name: getattr(self, field.name) for field in fields(self)}
        return Limits(
            **{name: getattr(defaults, name) if value is None else value for name, value in set_here.items()}
        )


@dataclass(frozen=True, slots=True)
class OwnerLimits:
    """What an owner may have in all, and what each of its end users may."""

    owner: Limits = Limits()
    user: Limits = Limits()

    def over(self, defaults: "OwnerLimits") -> "OwnerLimits":
        """These, and the default wherever nothing is set."""
        return OwnerLimits(self.owner.over(defaults.owner), self.user.over(defaults.user))


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner as the operator left it; one that nobody wrote down is neither disabled nor limited by itself."""

    name: str
    disabled: bool = False
    limits: OwnerLimits = OwnerLimits()


def count_of(text: str) -> int:
    """A limit of videos; raises `ValueError`."""
    if _COUNT.fullmatch(text) is None:
        raise ValueError(f"a whole number was expected, got {text!r:.40}")
    return int(text)


def usd_of(text: str) -> Decimal:
    """A limit of dollars; raises `ValueError`."""
    if _USD.fullmatch(text) is None:
        raise ValueError(f"dollars such as 5 or 0.50 were expected, got {text!r:.40}")
    return Decimal(text)
