"""What every test may rely on: Powertools' own settings, as the template gives them, before anything is imported."""

import os

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}
