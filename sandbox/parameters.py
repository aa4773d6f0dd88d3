"""The template's parameters for a run: its own defaults, what the sandbox knows, what the user set."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import SandboxError
from sandbox.options import Options, listed

WEBHOOK_SCHEDULE = "1,1,1,1,1,5,10,30,60"  # as with the ticks, nobody waits for minutes


def parameter_values(
    declared: Mapping[str, Mapping[str, Any]],
    options: Options,
    public_url: str,
    simulator_url: str,
    receiver_url: str = "",
) -> dict[str, str]:
    """Every value given to CloudFormation; the user's own win, and a wrong one is refused as AWS would."""
    base_urls = {
        "ApixoBaseUrl": options.apixo_base_url or f"{simulator_url}/api/v1",
        "ModellixBaseUrl": options.modellix_base_url or f"{simulator_url}/api/v1",
    }
    spoken = {name: url for name, url in base_urls.items() if name in declared}
    origins = [
        *listed(str(declared.get("ResultOrigins", {}).get("Default", ""))),
        *map(origin_of, spoken.values()),
        *options.result_origins,
    ]
    known = {
        "CallbackBaseUrl": public_url,
        **base_urls,
        "ResultOrigins": ",".join(_unique(origins)),
        "WebhookOrigins": receiver_url,
        "WebhookScheduleSeconds": WEBHOOK_SCHEDULE,
    }
    values = {name: value for name, value in known.items() if name in declared} | dict(options.parameters)
    for name, value in values.items():
        _check(name, value, declared)
    return values


def effective_values(declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]) -> dict[str, str]:
    """All parameters as the stack sees them: what was given, else the default."""
    return {name: str(given.get(name, about.get("Default", ""))) for name, about in declared.items()}


def origin_of(url: str) -> str:
    """`scheme://host[:port]` of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _unique(entries: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entries))


def _check(name: str, value: str, declared: Mapping[str, Mapping[str, Any]]) -> None:
    about = declared.get(name)
    if about is None:
        raise SandboxError(
            f"SANDBOX_PARAMETERS: the template has no parameter {name}. It has: {', '.join(sorted(declared))}."
        )
    if complaint := _complaint(value, about):
        raise SandboxError(f"SANDBOX_PARAMETERS: {name}={value} {complaint}.")


def _complaint(value: str, about: Mapping[str, Any]) -> str | None:
    """What CloudFormation would not accept about a value."""
    if about.get("Type") == "Number":
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            return "is not a number"
        if "MinValue" in about and float(value) < float(about["MinValue"]):
            return f"is less than {about['MinValue']}"
        if "MaxValue" in about and float(value) > float(about["MaxValue"]):
            return f"is more than {about['MaxValue']}"
    allowed = [str(choice) for choice in about.get("AllowedValues", [])]
    if allowed and value not in allowed:
        return f"is not one of {', '.join(allowed)}"
    if "AllowedPattern" in about and not re.fullmatch(str(about["AllowedPattern"]), value):
        return f"does not match {about['AllowedPattern']}"
    return None
