"""docs/aws-differences.md names tests; each of them exists."""

import ast
import re

from tests.template import ROOT

DOCUMENT = (ROOT / "docs" / "aws-differences.md").read_text()


def existing_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_test_that_stands_in_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))

    assert len(named) > 20
    assert named <= existing_tests()


def test_nothing_goes_unenforced_without_a_test_that_stands_in() -> None:
    section = DOCUMENT.partition("## Not enforced")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]

    assert len(rows) > 10
    assert [row for row in rows if "`test_" not in row.split("|")[3]] == []
