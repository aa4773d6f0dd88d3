"""The links of a finished task, in every shape that this family of providers was seen to put them."""

from collections.abc import Iterator
from typing import Any

from reelhook.providers.links import MOST, is_link
from reelhook.wire import strict_json

_DEEPEST = 6  # a string in a string, an object, a list, an object, a link

# "resultUrls" is the page's; the others are siblings' of the same protocol. The first that holds a link counts.
_KEYS = (
    "resultUrls",
    "result_urls",
    "urls",
    "videos",
    "images",
    "imageUrls",
    "files",
    "resultUrl",
    "url",
)


def links(task: dict[str, Any]) -> tuple[str, ...]:
    """The task's links in order, none twice, eight at most; what is no link is passed over."""
    for place in (task.get("resultJson"), task):
        found = tuple(dict.fromkeys(_links(place, _DEEPEST)))
        if found:
            return found[:MOST]
    return ()


def _links(value: Any, deeper: int) -> Iterator[str]:
    if deeper == 0:
        return
    match value:
        case str() if is_link(value.strip()):
            yield value.strip()
        case str():
            try:
                inner = strict_json.read(value.encode())
            except (strict_json.UnreadableError, UnicodeEncodeError):
                return
            yield from _links(inner, deeper - 1)
        case list():
            for item in value:
                yield from _links(item, deeper - 1)
        case dict():
            for key in filter(value.__contains__, _KEYS):
                found = list(_links(value[key], deeper - 1))
                if found:
                    yield from found
                    return
