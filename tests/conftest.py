"""What every test may rely on: Powertools' own settings, as the template gives them, before anything is imported."""

import os

from hypothesis import settings

pytest_plugins = ["tests.permissions", "tests.lanes"]

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}

# Two cores are shared by several workers: an example that takes long proves nothing.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
