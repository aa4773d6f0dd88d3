"""What every test may rely on: Powertools' own settings, as the template gives them, before anything is imported."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.permissions", "tests.lanes", "tests.frugality"]

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}

# Two cores are shared by several workers: an example that takes long proves nothing.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long waits for the command that is for it."""
    for name, variable, command in (("prove", "PROVE", "make prove"), ("long", "LONG", "make prove LONG=1")):
        for item in items:
            if variable not in os.environ and (mark := item.get_closest_marker(name)):
                item.add_marker(pytest.mark.skip(reason=f"{mark.args[0]}, {command} runs it"))
