"""The fault harness: the real functions in virtual time, and every way in which a call can fail."""

import os

os.environ |= {"POWERTOOLS_SERVICE_NAME": "reelhook", "POWERTOOLS_METRICS_NAMESPACE": "Reelhook"}
