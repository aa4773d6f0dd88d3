"""What the providers' pages show and document reaches the provider as it stands there."""

import pytest

from tests.integration.driving import Driver
from tests.provider_pages.documented import DOCUMENTED, Documented
from tests.provider_pages.examples import EXAMPLES
from tests.provider_pages.sending import Arrived, arrived, rows, same, written
from tests.provider_pages.table import PAGE, page


def test_every_example_of_the_pages_arrives_equal_as_json(stack: Driver) -> None:
    seen = rows(stack, EXAMPLES)

    assert [(one.section, told) for one, told in seen if not told.startswith("equal")] == []
    assert PAGE.read_text() == page(seen), "make examples was forgotten"


def fields_seen(stack: Driver) -> list[tuple[Documented, list[Arrived]]]:
    """Each model, and what the provider's ledger holds after its fields were sent."""
    wanted = [[(one.model, fields) for fields in one.requests()] for one in DOCUMENTED]
    seen = iter(arrived(stack, [request for requests in wanted for request in requests]))
    return [(one, [next(seen) for _ in requests]) for one, requests in zip(DOCUMENTED, wanted, strict=True)]


@pytest.mark.prove("a request for each value and bound")
def test_every_documented_field_is_seen_at_each_value_and_bound_and_nothing_else_is(
    stack: Driver,
) -> None:
    for one, seen in fields_seen(stack):
        for wanted, found in zip(one.requests(), seen, strict=True):
            assert f"{one.model.partition('/')[0]}/{found.model}" == one.model
            assert same(found.fields, wanted), f"{one.model}: {written(found.fields):.600}"
        for name, values in one.fields.items():
            told = {written(found.fields[name]) for found in seen}
            assert told == set(map(written, values)), f"{one.model}: {name}"
        assert {found.fields.get("prompt") for found in seen} == set(one.prompts)
        for media in one.media:
            assert any(media.items() <= found.fields.items() for found in seen), f"{one.model}: {media}"
