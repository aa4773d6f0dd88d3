"""How a test takes a guard away without touching the product's code."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

type Removal = Callable[[], AbstractContextManager[Any]]


def replaced(where: object, name: str, by: object) -> Removal:
    """A function of the product, or a number, is another one."""
    return lambda: patch.object(where, name, by)
