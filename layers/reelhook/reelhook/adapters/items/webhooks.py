"""Deliveries and endpoints of webhooks as items."""

from reelhook.adapters.items.attributes import Item, attribute, built, plain, to_key
from reelhook.adapters.shapes import to_plain
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key


def delivery_to_item(delivery: Delivery) -> Item:
    """A whole delivery."""
    told = to_plain(delivery) | {"kind": "delivery"}
    key = Key("delivery", delivery.endpoint_id, delivery.event_id)
    return to_key(key) | {name: attribute(value) for name, value in told.items()}


def delivery_from_item(item: Item) -> Delivery:
    """The delivery. Raises `UnreadableItemError`."""
    return built(Delivery, "a delivery", plain(item))


def book_from_item(owner: str, item: Item | None) -> EndpointBook:
    """An owner's endpoints; without an item none. Raises `UnreadableItemError`."""
    return built(EndpointBook, f"the endpoints of {owner}", (plain(item) if item else {}) | {"owner": owner})
