"""What every test may rely on: Powertools' own settings, as the template gives them, before anything is imported."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.permissions"]
INTEGRATION = Path(__file__).parent / "integration"

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}

# Two cores are shared by several workers: an example that takes long proves nothing.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.hookimpl(wrapper=True)  # before pytest-xdist's own, which reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The tests of a file run in one worker, one after the other; those on the sandbox are shared out on their own."""
    for item in items:
        if not item.path.is_relative_to(INTEGRATION):
            item.add_marker(pytest.mark.xdist_group(item.path.name))
    yield
