"""Every model by its name, and how long a task of each is waited for."""

from dataclasses import dataclass

from reelhook.domain.model import Model
from reelhook.domain.request import VideoRequest
from reelhook.domain.schedule import Timing, timing
from reelhook.domain.time import MINUTE, SECOND

UNTOLD_EXPECTED = 6 * MINUTE  # where no page says how long a video takes: the longest that APIXO's page names


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The operator's own, in ms, in place of every model's; `None` is the model's."""

    callback: int | None = None
    provider_end: int | None = None


class Catalog:
    """Every model this stack speaks to."""

    def __init__(
        self, models: tuple[Model, ...], fallback: Timing, deadlines: Deadlines | None = None
    ) -> None:
        self._models = {model.name: model for model in models}
        self._fallback, self._deadlines = fallback, deadlines or Deadlines()

    @property
    def names(self) -> tuple[str, ...]:
        """The models' names, in their declared order."""
        return tuple(self._models)

    @property
    def longest(self) -> Timing:
        """The longest schedule that any task can have."""
        return self._fallback

    @property
    def models(self) -> tuple[Model, ...]:
        """The models, in their declared order."""
        return tuple(self._models.values())

    def find(self, name: str) -> Model | None:
        """The model of this name, if there is one."""
        return self._models.get(name)

    def timing(self, request: VideoRequest) -> Timing:
        """A request's schedule; one to a model that is no longer declared keeps the longest of all."""
        model = self._models.get(request.model)
        if model is None:
            return self._fallback
        asked = request.provider_options.get(model.life.option or "")
        return model_timing(model, asked if isinstance(asked, int) else None, self._deadlines)


def model_timing(model: Model, asked_life: int | None, deadlines: Deadlines) -> Timing:
    """A model's schedule for a task that was given this life (in seconds; `None` if nothing was said)."""
    life = model.life.seconds if asked_life is None else asked_life
    end = (life + model.life.margin) * SECOND if deadlines.provider_end is None else deadlines.provider_end
    told = model.expected_seconds
    expected = UNTOLD_EXPECTED if told is None else told * SECOND
    return timing(expected, end, deadlines.callback)
