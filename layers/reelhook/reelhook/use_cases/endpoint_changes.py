"""Changing an owner's endpoints, of which all lie in one item: whoever comes second looks again."""

from collections.abc import Callable
from dataclasses import replace

from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle.delivering import change_book
from reelhook.domain.ports.webhooks import EndpointStore
from reelhook.domain.time import Instant
from reelhook.domain.webhooks.endpoint import Endpoint, EndpointBook, EndpointStatus

TRIES = 5

type Change = Callable[[EndpointBook], EndpointBook]


def change(endpoints: EndpointStore, owner: str, make: Change) -> EndpointBook:
    """Makes a change to what stands there; the book as it is then. Raises what `make` raises, and `StoreError`."""
    for _ in range(TRIES):
        book = endpoints.read(owner)
        changed = make(book)
        if changed == book or endpoints.apply(change_book(book, changed)):
            return changed
    raise StoreError("an owner's endpoints were changed by others, again and again")


def disable(endpoints: EndpointStore, owner: str, asked: Endpoint, now: Instant) -> None:
    """Nothing more is sent to an endpoint that said 410, unless it lies elsewhere by now."""

    def disabled(book: EndpointBook) -> EndpointBook:
        endpoint = book.find(asked.id)
        if endpoint is None or endpoint.url != asked.url:
            return book
        return book.having(replace(endpoint, status=EndpointStatus.DISABLED, updated_at=now))

    change(endpoints, owner, disabled)
