"""The page about the models is the catalog's own."""

from operations.models import PAGE, page
from tests.models import CATALOG


def test_the_page_says_what_the_catalog_says_or_make_models_was_forgotten() -> None:
    assert PAGE.read_text() == page()


def test_the_page_has_a_chapter_for_every_model() -> None:
    chapters = [line.removeprefix("## ") for line in PAGE.read_text().splitlines() if line.startswith("## ")]

    assert chapters == list(CATALOG.names)
