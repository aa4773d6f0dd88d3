"""What every test may rely on: Powertools' own settings, as the template gives them, before anything is imported."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.permissions"]

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}

# Two cores are shared by several workers: an example that takes long proves nothing.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one worker, one after the other, unless the file is shared out otherwise."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
