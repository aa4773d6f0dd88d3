"""A provider's gate as an item."""

from reelhook.adapters.items.attributes import Item, built, plain
from reelhook.domain.gate import Gate


def gate_from_item(provider: str, item: Item | None) -> Gate:
    """The gate; one without an item is open. Raises `UnreadableItemError`."""
    return built(Gate, provider, (plain(item) if item else {}) | {"provider": provider})
