"""Every model as data: adding one is one more entry. Each figure names the page it was read from, or says it is ours."""

from reelhook.domain.catalog import Catalog, Deadlines, model_timing
from reelhook.domain.fields import Whole
from reelhook.domain.model import Model
from reelhook.domain.schedule import Timing
from reelhook.domain.time import SECOND
from reelhook.providers.catalog.apixo import APIXO_MODELS
from reelhook.providers.catalog.modellix import MODELLIX_MODELS

MODELS = (*APIXO_MODELS, *MODELLIX_MODELS)


def catalog(callback_deadline_seconds: int | None, provider_end_seconds: int | None) -> Catalog:
    """All models; the operator's deadlines, if given, stand in place of each model's own."""
    deadlines = Deadlines(
        callback_deadline_seconds * SECOND if callback_deadline_seconds else None,
        provider_end_seconds * SECOND if provider_end_seconds else None,
    )
    longest = max((_longest(model, deadlines) for model in MODELS), key=lambda timing: timing.provider_end)
    return Catalog(MODELS, longest, deadlines)


def _longest(model: Model, deadlines: Deadlines) -> Timing:
    """The schedule of a task that asks for the longest life there is."""
    option = model.options.get(model.life.option or "")
    asked = option.values.most if option is not None and isinstance(option.values, Whole) else None
    return model_timing(model, asked, deadlines)
