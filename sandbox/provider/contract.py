"""Judging a request by a contract file: what is missing, of the wrong type, out of range, too many, not reachable."""

import ipaddress
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


class Contract:
    """One provider's contract, read from its file."""

    def __init__(self, path: Path) -> None:
        self.data: dict[str, Any] = json.loads(path.read_text())

    def http_message(self, status: int) -> str:
        """The documented message of an HTTP error."""
        entry = self.data["http_errors"].get(str(status))
        return str(entry["message"]) if entry else "error"

    def problem(self, model: str, body: Any, media: "Media") -> str | None:
        """The first thing wrong with a request, as the provider names it; none if it is accepted."""
        for kind, where in self._problems(model, body, media):
            return f"{self.data['request_errors'][kind]['name']}: {where}"
        return None

    def price(self, model: str, fields: Mapping[str, Any], media: "Media") -> Decimal:
        """What an accepted request costs."""
        rules = self.data["models"][model]
        price = rules["price"]
        rates = price["rates"][fields.get("resolution", price["resolution_when_absent"])]
        seconds = Decimal(fields.get("duration", rules["input"]["duration"]["default"]))
        references = fields.get(price["reference_field"])
        if not references:
            return seconds * Decimal(rates["plain"])
        return (seconds + sum(map(media.seconds, references))) * Decimal(rates["with_video"])

    def _problems(self, model: str, body: Any, media: "Media") -> Iterator[tuple[str, str]]:
        if not isinstance(body, dict):
            yield "type", "body"
            return
        rules = self.data["models"][model]
        yield from _object_problems(self.data["body"], body, "")
        fields = body["input"]
        yield from _object_problems(rules["input"], fields, "input.")
        mode = rules["modes"][fields["mode"]]
        lists = [name for name, rule in rules["input"].items() if rule["type"] == "array"]
        for name in lists:
            yield from _list_problems(
                rules["input"][name], mode["media"].get(name), fields.get(name), name, media
            )
        if "one_of" in mode and not any(fields.get(name) for name in mode["one_of"]):
            yield "missing", " or ".join(f"input.{name}" for name in mode["one_of"])


class Media:
    """What the provider finds when it fetches the reference media of a request."""

    def __init__(self, seconds: Mapping[str, float], unreachable: list[str]) -> None:
        self._seconds, self._unreachable = seconds, unreachable

    def seconds(self, url: str) -> Decimal:
        """How long a reference video or audio file lasts."""
        return Decimal(str(self._seconds.get(url, self._seconds.get("default", 5))))

    def reachable(self, url: object) -> bool:
        """Whether the provider can fetch it."""
        if not isinstance(url, str) or url in self._unreachable:
            return False
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.hostname)


def _object_problems(rules: dict[str, Any], given: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, rule in rules.items():
        needed = rule.get("required") or any(
            given.get(k) == v for k, v in rule.get("required_when", {}).items()
        )
        if needed and name not in given:
            yield "missing", prefix + name
    for name in given:
        if name not in rules:
            yield "value", f"{prefix}{name} is not a parameter"
        elif not _has_type(given[name], rules[name]["type"]):
            yield "type", prefix + name
        elif not _has_value(given[name], rules[name]):
            yield "value", prefix + name


def _list_problems(
    rule: dict[str, Any], bounds: dict[str, Any] | None, given: list[Any] | None, name: str, media: Media
) -> Iterator[tuple[str, str]]:
    where = f"input.{name}"
    if given is None:
        if bounds and bounds.get("required"):
            yield "missing", where
        return
    if bounds is None:
        yield "value", f"{where} is not used in this mode"
        return
    if len(given) < bounds["minimum"]:
        yield ("missing" if bounds.get("required") else "value"), where
    if len(given) > bounds["maximum"]:
        yield "length", where
    yield from (("type", where) for url in given if not isinstance(url, str))
    yield from (("media", where) for url in given if not media.reachable(url))
    if "seconds_each" in rule:
        low, high = rule["seconds_each"]
        lengths = [media.seconds(url) for url in given]
        if any(not low <= length <= high for length in lengths) or sum(lengths) > rule["seconds_total"]:
            yield "value", f"{where}: duration"


def _has_type(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def _has_value(value: Any, rule: dict[str, Any]) -> bool:
    if "enum" in rule:
        return value in rule["enum"]
    if "minimum" in rule:
        return bool(rule["minimum"] <= value <= rule["maximum"])
    if rule.get("format") == "public_https_url":
        return _is_public_https(value)
    return not rule.get("non_empty") or bool(value.strip())


def _is_public_https(url: str) -> bool:
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
