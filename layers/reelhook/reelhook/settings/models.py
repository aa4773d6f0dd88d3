"""What is made: models, their names, prices and schedules."""

from decimal import Decimal

from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.owners import usd_of
from reelhook.settings.environment import Environment


class Models(Environment):
    """Its variables."""

    @property
    def default_model(self) -> str:
        """The model of a request that names none."""
        return self._text("DEFAULT_MODEL")

    @property
    def model_aliases(self) -> dict[str, str]:
        """Further names that requests may give models, to `provider/slug`; each stands for one model."""
        aliases = dict[str, str]()
        for part in self._maybe("MODEL_ALIASES").split(","):
            if not part.strip():
                continue
            alias, _, name = (word.strip() for word in part.partition("="))
            if not alias or not name or alias in aliases:
                raise NotConfiguredError(
                    "MODEL_ALIASES", f"must hold alias=provider/slug, each alias once, got {part!r:.60}."
                )
            aliases[alias] = name
        return aliases

    @property
    def model_prices(self) -> dict[str, Decimal]:
        """USD per second of models, in place of what their pages say, by `provider/slug`."""
        prices = dict[str, Decimal]()
        for part in self._maybe("MODEL_PRICES").split(","):
            name, _, usd = part.strip().partition("=")
            if not name:
                continue
            try:
                prices[name] = usd_of(usd)
            except ValueError:
                raise NotConfiguredError(
                    "MODEL_PRICES", f"must hold provider/slug=USD, got {part!r:.60}."
                ) from None
        return prices

    @property
    def callback_deadline_seconds(self) -> int | None:
        """The first look at a video without a callback; `None` (set as 0) is the model's own schedule."""
        return self._number("CALLBACK_DEADLINE_SECONDS") or None

    @property
    def provider_end_seconds(self) -> int | None:
        """When a provider gives a task up; `None` (set as 0) is the model's own figure."""
        return self._number("PROVIDER_END_SECONDS") or None
