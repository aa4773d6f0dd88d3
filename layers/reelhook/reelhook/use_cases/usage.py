"""What an owner, or one of its end users, has asked for and spent, day by day."""

from dataclasses import dataclass
from datetime import date

from reelhook.domain.ledger import Day, account_keys, days_between
from reelhook.domain.ports.accounts import Ledger


@dataclass(frozen=True, slots=True)
class UsageRequest:
    """The UTC days from one to another, both included, of the owner or of an end user of its own."""

    first: date
    last: date
    user: str | None = None


class UsageReading:
    """Reads one owner's ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def days(self, owner: str, asked: UsageRequest) -> list[tuple[str, Day]]:
        """Each day on which anything was asked for, in their order; raises `StoreError`."""
        key = account_keys(owner, asked.user)[-1]
        days = days_between(asked.first, asked.last)
        found = self._ledger.days(key, days)
        return [(day, found[day]) for day in days if day in found]
