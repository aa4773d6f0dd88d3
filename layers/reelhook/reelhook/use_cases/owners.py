"""What the operator said about an owner, believed for a minute at most."""

from collections.abc import Callable
from dataclasses import dataclass

from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import Accounts
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import MINUTE, Instant

REMEMBERED = MINUTE  # how long what an operator took away may still be had in one environment
MAX_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class _Known[T]:
    value: T
    until: Instant


class Memory[T]:
    """What the accounts said, by name; that they know nothing (`None`) is never remembered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Known[T]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, name: str, ask: Callable[[str], T]) -> T:
        """What was said within the last minute, else what is said now."""
        now, known = self._clock(), self._known.get(name)
        if known is not None and now < known.until:
            return known.value
        value = ask(name)
        if value is None:
            self._known.pop(name, None)
        else:
            if len(self._known) >= MAX_REMEMBERED:
                self._known.clear()
            self._known[name] = _Known(value, now + REMEMBERED)
        return value


class Owners:
    """Every owner there is; one that nobody wrote down is as one without a word about it."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self._accounts = accounts
        self._memory = Memory[Owner](clock)
        self._written = Memory[Owner | None](clock)

    def find(self, name: str) -> Owner:
        """The owner as it stood within the last minute; raises `StoreError`."""

        return self._memory.get(name, lambda name: self._accounts.find_owner(name) or Owner(name))

    def known(self, name: str) -> Owner | None:
        """The same of one that was written down; no other is an owner to whom images may be dropped."""
        return self._written.get(name, self._accounts.find_owner)
