"""docs/provider-examples.md: each example of the pages, and what of it reached the provider."""

from collections.abc import Iterable
from pathlib import Path

from tests.provider_pages.examples import Example

PAGE = Path(__file__).resolve().parents[2] / "docs" / "provider-examples.md"
_PAGES = {
    "apixo": "https://apixo.ai/docs/models/video/",
    "modellix": "https://docs.modellix.ai/bytedance/",
}
_INTRODUCTION = """# The providers' own examples

Written by `make examples`: each request that the models' pages show is asked for in our request shape, on the real
stack in the sandbox, and compared with what the provider's ledger then holds: equal as JSON, `5` not `5.0`, no key more
and none less. A test compares this table with what it sees itself. Every documented field at each of its values and
bounds is sent the same way, by the same test. Three of APIXO's pages are known by their tables only.

| page | example | outcome |
|---|---|---|
"""


def page(rows: Iterable[tuple[Example, str]]) -> str:
    """The whole document."""
    return _INTRODUCTION + "".join(
        f"| [{example.model}]({address(example.model)}) | {example.section} | {outcome} |\n"
        for example, outcome in rows
    )


def address(model: str) -> str:
    """Where a model's page is."""
    provider, _, slug = model.partition("/")
    return _PAGES[provider] + slug.replace(".", "-")
