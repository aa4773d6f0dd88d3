"""Cases that differ little: each is a video on the sandbox, so make test takes the first ones and make prove all."""

from typing import Any

import pytest

REST = pytest.mark.prove("the rest of the cases")


def variants(*cases: Any, first: int = 1) -> list[Any]:
    """Values for `parametrize`, of which all but the `first` ones are the proof's."""
    return [*cases[:first], *(pytest.param(case, marks=REST) for case in cases[first:])]
