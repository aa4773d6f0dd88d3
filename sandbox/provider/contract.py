"""One provider's contract as data, and what it says about messages and prices."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.provider.references import References

CONTRACTS = Path(__file__).parents[1] / "contracts"
PROVIDERS = ("apixo", "modellix")


class Contract:
    """One provider's contract, read from its file."""

    def __init__(self, path: Path) -> None:
        self.data: dict[str, Any] = json.loads(path.read_text())

    @property
    def models(self) -> dict[str, Any]:
        """The rules of each model."""
        models: dict[str, Any] = self.data["models"]
        return models

    def http_message(self, status: int) -> str:
        """The documented message of an HTTP error."""
        entry = self.data["http_errors"].get(str(status))
        return str(entry["message"]) if entry else "error"

    def fail_message(self, fail_code: str) -> str:
        """The documented message of a failed task; the code itself where none is documented."""
        entry = self.data["fail_codes"].get(fail_code)
        return str(entry["message"]) if entry else fail_code

    def price(self, model: str, fields: Mapping[str, Any], media: References) -> Decimal | None:
        """What an accepted request costs, in USD; none where no page gives the model's price."""
        rules = self.models[model]
        price = rules["price"]
        if price["rates"] is None:
            return None
        rates = price["rates"][fields.get("resolution", price["resolution_when_absent"])]
        seconds = Decimal(fields.get("duration", rules["input"]["duration"]["default"]))
        if "frames" in fields:
            seconds = Decimal(fields["frames"]) / price["frames_per_second"]
        references = fields.get(price.get("reference_field"))
        if not references:
            return seconds * Decimal(rates["plain"])
        return (seconds + sum(map(media.seconds, references))) * Decimal(rates["with_video"])


@cache
def contract_of(provider: str) -> Contract:
    """The contract of `apixo` or `modellix`."""
    return Contract(CONTRACTS / f"{provider}.json")
