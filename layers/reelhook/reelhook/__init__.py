"""Reelhook: a prompt becomes an MP4 in the user's own bucket, paid for once and never lost.

The way of a video: `use_cases.submission` claims and sends it, `use_cases.callbacks` records and confirms what the
provider says, `use_cases.transfer` streams the result to S3, `use_cases.reconciliation` finishes what nobody finished.
The arrows point one way: functions -> wiring, api -> use_cases -> domain; adapters, providers and api -> domain.
"""

import gc
import os

if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    # Hardly anything that is loaded goes away again, so looking for it is time lost; `wiring.base` ends this.
    gc.disable()
