"""The judge: what a provider would object to in a request, by its contract file alone. No HTTP, no state.

    complaints("apixo", "seedance-2-0-fast", {"request_type": "async", "input": {...}}) -> []
    complaints("modellix", "seedance-2.0-v2v", {"prompt": "a"}) -> ["Missing required parameter: video_urls"]

A model is named by the provider's own slug, the body is the JSON value that would be posted. An empty list is an accepted
request; the first complaint is the one that the provider's HTTP answer names.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.contract import Contract, contract_of
from sandbox.provider.references import References
from sandbox.provider.rules import Problem, is_public_https, list_problems, object_problems

ANY_MEDIA = References()


def complaints(provider: str, model: str, body: Any, media: References = ANY_MEDIA) -> list[str]:
    """Everything wrong with a request's body; reference media are reachable and 5 s long unless `media` says otherwise."""
    contract = contract_of(provider)
    if model not in contract.models:
        return [f"{contract.http_message(404)}: model {model}"]
    return [_named(contract, *problem) for problem in _problems(contract, model, body, media)]


def header_complaints(provider: str, headers: Mapping[str, str]) -> list[str]:
    """What is wrong with a submit's headers, the key apart; their names in any case."""
    contract = contract_of(provider)
    given = {name.lower(): value for name, value in headers.items()}
    found = []
    wanted = contract.data["content_type"]["value"]
    if given.get("content-type", "").partition(";")[0].strip().lower() != wanted:
        found.append(_named(contract, "type", f"Content-Type must be {wanted}"))
    if "webhook_header" in contract.data:
        name = contract.data["webhook_header"]["name"]
        url = given.get(name.lower())
        if url is not None and not is_public_https(url):
            found.append(_named(contract, "value", f"{name} must be a public HTTPS URL"))
    return found


def _named(contract: Contract, kind: str, where: str) -> str:
    return f"{contract.data['request_errors'][kind]['name']}: {where}"


def _problems(contract: Contract, model: str, body: Any, media: References) -> Iterator[Problem]:
    if not isinstance(body, dict):
        yield "type", "body"
        return
    rules, prefix = contract.models[model], ""
    if around := contract.data.get("body"):
        yield from object_problems(around, body, "")
        body, prefix = body.get("input"), "input."
        if not isinstance(body, dict):
            return
    fields: dict[str, Any] = body
    yield from object_problems(rules["input"], fields, prefix)
    yield from _media_problems(rules, fields, prefix, media)
    for rule in rules.get("combinations", []):
        yield from _combination_problems(rule, fields, prefix)


def _media_problems(
    rules: dict[str, Any], fields: dict[str, Any], prefix: str, media: References
) -> Iterator[Problem]:
    mode = _mode(rules, fields)
    if mode is None and "modes" in rules:
        return  # which media it takes is the mode's to say
    for name, rule in rules["input"].items():
        given = fields.get(name)
        if rule["type"] == "array" and (given is None or isinstance(given, list)):
            bounds = mode["media"].get(name) if mode else rule
            yield from list_problems(rule, bounds, given, prefix + name, media)
        elif "format" in rule and isinstance(given, str) and not media.usable(given, rule["format"]):
            yield "media", prefix + name
    one_of = mode.get("one_of", []) if mode else []
    if one_of and not any(fields.get(name) for name in one_of):
        yield "missing", " or ".join(prefix + name for name in one_of)


def _mode(rules: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any] | None:
    name = fields.get("mode")
    mode: dict[str, Any] | None = rules.get("modes", {}).get(name) if isinstance(name, str) else None
    return mode


def _combination_problems(rule: dict[str, Any], fields: dict[str, Any], prefix: str) -> Iterator[Problem]:
    if "exclusive" in rule:
        used = [[name for name in side if name in fields] for side in rule["exclusive"]]
        if all(used):
            yield "combination", " together with ".join(prefix + side[0] for side in used)
    elif not any(name in fields for name in rule["at_least_one"]):
        yield "missing", " or ".join(prefix + name for name in rule["at_least_one"])
