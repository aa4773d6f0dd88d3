"""What Schemathesis does differently here; schemathesis.toml names this file."""

from typing import Any

import schemathesis
from schemathesis.generation.meta import TestPhase


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:  # noqa: ARG001 - the hook's own words
    """A 302 is an answer of ours to be checked: the file behind it is S3's. A chain of requests begins with a video."""
    kwargs["allow_redirects"] = False
    if case.operation.label == "POST /v1/videos" and case.meta.phase.name is TestPhase.STATEFUL:
        case.body, case.media_type = {"prompt": "A paper boat"}, "application/json"
        case.headers.pop("Idempotency-Key", None)
