"""Who may ask, and what was used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reelhook.domain.ledger import Day
from reelhook.domain.owners import Owner
from reelhook.domain.time import Instant


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key; the key itself is not."""

    owner: str
    expires_at: Instant | None = None


class Accounts(Protocol):
    """The table of accounts. Every method raises `StoreError` when the answer is unclear."""

    def find_key(self, key_hash: str) -> ApiKey | None:
        """The key with this SHA-256 (lower-case hex), expired or not."""

    def find_owner(self, name: str) -> Owner | None:
        """The owner as the operator wrote it down; none if nobody did."""


class Ledger(Protocol):
    """The ledger's days, beside the accounts; only transactions write them."""

    def days(self, key: str, days: Sequence[str]) -> Mapping[str, Day]:
        """Those of at most 100 days that the account has, read consistently; raises `StoreError`."""


class Issuer(Protocol):
    """The issuer whose JWTs are taken."""

    @property
    def name(self) -> str:
        """What it calls itself: the `iss` of its JWTs."""

    def subject_of(self, jwt: str) -> str:
        """Whom a JWT speaks of, once everything about it holds; raises `InvalidJwtError`, `IssuerUnavailableError`."""
