"""The models as clients see them."""

from typing import Any

from reelhook.api.model_schema import request_schema
from reelhook.domain.catalog import Catalog
from reelhook.domain.model import Model
from reelhook.domain.price import CURRENCY, Price


def model_list(catalog: Catalog) -> dict[str, Any]:
    """Every model there is; they are few, so this is one page."""
    names = catalog.names
    return {
        "object": "list",
        "data": [model_object(model) for model in catalog.models],
        "first_id": names[0] if names else None,
        "last_id": names[-1] if names else None,
        "has_more": False,
    }


def model_object(model: Model) -> dict[str, Any]:
    """A model: what it takes, what it costs and how long it takes, the latter two `null` where no page says."""
    return {
        "id": model.name,
        "object": "model",
        "modes": [mode.value for mode in model.modes],
        "fields": request_schema(model),
        "price": None if model.price is None else _price_object(model.price),
        "expected_seconds": model.expected_seconds,
    }


def _price_object(price: Price) -> dict[str, Any]:
    """Rates as decimal strings; with reference videos their seconds count too, at rates of their own."""
    told: dict[str, Any] = {
        "currency": CURRENCY,
        "unit": "second",
        "rates": {resolution: str(rate) for resolution, rate in price.rates.items()},
    }
    if price.with_video:
        told["rates_with_reference_video"] = {name: str(rate) for name, rate in price.with_video.items()}
    return told
