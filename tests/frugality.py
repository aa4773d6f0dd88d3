"""What a worker would do again for each test, it does once: two cores are shared by all of them."""

import gc
from functools import cache

import botocore.session
import pytest


def pytest_configure() -> None:
    """All sessions share what one has read of a service's description; a large heap is walked through less often."""
    botocore.session.create_loader = cache(botocore.session.create_loader)
    gc.set_threshold(100_000, 20, 20)


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001
    """What was imported and collected stays: no search for garbage walks through it again."""
    gc.collect()
    gc.freeze()
