"""What a model's seconds cost, as its vendor lists it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Price:
    """USD for each second, by resolution: rate x output seconds.

    With reference videos, where `with_video` has rates: that rate x (output seconds + seconds of all reference videos
    together), and these are `reference_seconds` at most. `frame_rate`: frames per second where the option `frames`
    sets the length; a started second counts whole.
    """

    rates: Mapping[str, Decimal]
    with_video: Mapping[str, Decimal] = field(default_factory=dict)
    reference_seconds: int = 0
    frame_rate: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a video cost, in decimal digits, and by which rule; `estimated` unless the provider named the amount."""

    cost: str
    currency: str
    rule: str
    estimated: bool

    @property
    def amount(self) -> Decimal:
        """The cost as a number."""
        return Decimal(self.cost)


def usd(**rates: str) -> dict[str, Decimal]:
    """Rates by resolution, as `usd(p480="0.076")`, from their decimal digits."""
    return {f"{name.removeprefix('p')}p": Decimal(rate) for name, rate in rates.items()}
