"""Every model as data: adding one is one more entry. Each figure names the page it was read from, or says it is ours."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reelhook.domain.catalog import Catalog, Deadlines, model_timing
from reelhook.domain.fields import Choice, Whole
from reelhook.domain.model import Model
from reelhook.domain.price import Price
from reelhook.domain.schedule import Timing
from reelhook.domain.time import SECOND
from reelhook.providers.catalog.apixo import APIXO_MODELS
from reelhook.providers.catalog.modellix import MODELLIX_MODELS

MODELS = (*APIXO_MODELS, *MODELLIX_MODELS)


def catalog(
    callback_deadline_seconds: int | None,
    provider_end_seconds: int | None,
    prices: Mapping[str, Decimal] | None = None,
) -> Catalog:
    """All models; the operator's deadlines and prices (USD per second), if given, stand in place of a model's own."""
    deadlines = Deadlines(
        callback_deadline_seconds * SECOND if callback_deadline_seconds else None,
        provider_end_seconds * SECOND if provider_end_seconds else None,
    )
    longest = max((_longest(model, deadlines) for model in MODELS), key=lambda timing: timing.provider_end)
    models = tuple(_priced(model, (prices or {}).get(model.name)) for model in MODELS)
    return Catalog(models, longest, deadlines)


def _priced(model: Model, rate: Decimal | None) -> Model:
    """The model at the operator's price, the same for each resolution and with or without reference videos."""
    if rate is None:
        return model
    values = model.fields["resolution"].values
    if not isinstance(values, Choice):
        raise TypeError(f"{model.name} declares no resolutions")
    own = model.price or Price({})
    return replace(model, price=replace(own, rates=dict.fromkeys(values.words, rate), with_video={}))


def _longest(model: Model, deadlines: Deadlines) -> Timing:
    """The schedule of a task that asks for the longest life there is."""
    option = model.options.get(model.life.option or "")
    asked = option.values.most if option is not None and isinstance(option.values, Whole) else None
    return model_timing(model, asked, deadlines)
