"""The rules that a contract can put on one field: presence, type, length, set, range, form, number of elements."""

import ipaddress
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sandbox.provider.references import References

type Problem = tuple[str, str]  # its kind, one of the contract's `request_errors`, and where it is

TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


def object_problems(rules: dict[str, Any], given: dict[str, Any], prefix: str) -> Iterator[Problem]:
    """What is missing, unknown, of the wrong type or value in one object, field by field."""
    for name, rule in rules.items():
        needed = rule.get("required") or any(
            given.get(k) == v for k, v in rule.get("required_when", {}).items()
        )
        if needed and name not in given:
            yield "missing", prefix + name
    for name, value in given.items():
        if name not in rules:
            yield "unknown", f"{prefix}{name} is not a parameter"
        elif not _has_type(value, rules[name]["type"]):
            yield "type", prefix + name
        elif not _has_value(value, rules[name]):
            yield "value", prefix + name


def list_problems(
    rule: dict[str, Any],
    bounds: dict[str, Any] | None,
    given: list[Any] | None,
    where: str,
    media: References,
) -> Iterator[Problem]:
    """What is wrong with a list of media, which `bounds` allows from so many to so many elements, or not at all."""
    # a field's own rule was read with the other fields; what a mode adds to it was not
    needed = bounds is not None and bounds is not rule and bounds.get("required")
    if given is None:
        if needed:
            yield "missing", where
        return
    if bounds is None:
        yield "value", f"{where} is not used in this mode"
        return
    if len(given) < bounds["min_items"]:
        yield ("missing" if needed else "value"), where
    if len(given) > bounds["max_items"]:
        yield "length", where
    texts = [url for url in given if isinstance(url, str)]
    if len(texts) < len(given):
        yield "type", where
    if not all(media.usable(url, rule.get("items", "url")) for url in texts):
        yield "media", where
    if "seconds_each" in rule:
        low, high = rule["seconds_each"]
        lengths = [media.seconds(url) for url in texts]
        if any(not low <= length <= high for length in lengths) or sum(lengths) > rule["seconds_total"]:
            yield "value", f"{where}: duration"


def is_public_https(url: str) -> bool:
    """A public HTTPS address; this simulator is local, so loopback counts as public and may be plain http."""
    try:
        parts = urlsplit(url)
        secure, host = parts.scheme == "https" and parts.port != 0, parts.hostname or ""
    except ValueError:
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or (secure and "." in host)
    return (address.is_loopback and parts.scheme in ("http", "https")) or (secure and address.is_global)


def _has_type(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def _has_value(value: Any, rule: dict[str, Any]) -> bool:
    if "enum" in rule:
        return value in rule["enum"]
    if "minimum" in rule:
        return bool(rule["minimum"] <= value <= rule["maximum"])
    if rule.get("format") == "public_https_url":
        return is_public_https(value)
    if "min_length" in rule and not rule["min_length"] <= len(value) <= rule.get("max_length", len(value)):
        return False
    return not rule.get("non_empty") or bool(value.strip())
