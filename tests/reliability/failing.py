"""How a port fails: the error of its kind, without a word of what happened."""

from collections.abc import Callable
from typing import Any, NoReturn

from reelhook.domain.errors.results import MediaUnavailableError, ResultUnavailableError
from reelhook.domain.errors.running import EventBusError, StoreError


def fails(error: type[Exception], *args: Any) -> Callable[[], NoReturn]:
    """Raises this error when it is called."""

    def fail() -> NoReturn:
        raise error(*args)

    return fail


NO_BUS = fails(EventBusError, "no answer")
NO_STORE = fails(StoreError, "no answer")
NO_MEDIA = fails(MediaUnavailableError, "no answer")
NO_RESULT = fails(ResultUnavailableError, "no answer")
