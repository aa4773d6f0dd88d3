"""docs/provider-examples.md has a row for each example of the providers' pages; what it says of them, a stack has seen."""

import re

from tests.provider_pages.examples import EXAMPLES
from tests.provider_pages.table import PAGE, page


def test_the_table_has_the_pages_examples_in_order_or_make_examples_was_forgotten() -> None:
    outcomes = re.findall(r"^\| \[.*\| (.*) \|$", PAGE.read_text(), re.MULTILINE)

    assert PAGE.read_text() == page(zip(EXAMPLES, outcomes, strict=True))
    assert all(outcome.startswith("equal") for outcome in outcomes)
