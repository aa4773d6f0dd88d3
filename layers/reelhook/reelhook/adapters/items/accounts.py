"""Keys, owners and the ledger as items."""

from reelhook.adapters.items.attributes import Item, built, plain
from reelhook.domain.ledger import Day, InFlight
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import ApiKey


def key_from_item(item: Item) -> ApiKey:
    """What is known of an API key. Raises `UnreadableItemError`."""
    return built(ApiKey, "an API key", plain(item))


def owner_from_item(name: str, item: Item) -> Owner:
    """The owner as it was written down. Raises `UnreadableItemError`."""
    return built(Owner, f"the owner {name}", plain(item) | {"name": name})


def day_from_item(item: Item) -> Day:
    """An account's day. Raises `UnreadableItemError`."""
    return built(Day, "a day of the ledger", plain(item))


def in_flight_from_item(item: Item) -> InFlight:
    """How many videos an account has in flight. Raises `UnreadableItemError`."""
    return built(InFlight, "a count in flight", plain(item))
