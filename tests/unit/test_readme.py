"""The README tells of what is there."""

import re

import pytest

from tests import template

README = (template.ROOT / "README.md").read_text()
MAKEFILE = (template.ROOT / "Makefile").read_text()
ROW = re.compile(r"^\| (`[^|]+) \| ([^|]+) \| ", re.MULTILINE)


def documented() -> dict[str, str]:
    """The configuration table: parameter to default, in the README's words."""
    section = README.partition("## Configuration")[2].partition("\n## ")[0]
    rows = dict[str, str]()
    for names, defaults in ROW.findall(section):
        rows |= dict(zip(re.findall(r"`(\w+)`", names), defaults.split(", "), strict=True))
    return rows


def test_every_parameter_is_in_the_configuration_table_with_its_default() -> None:
    declared = {
        name: f"`{about['Default']}`" if about["Default"] != "" else "empty"
        for name, about in template.source()["Parameters"].items()
    }

    assert documented() == declared


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\bmake(?: -s)? ([a-z]+(?:-[a-z]+)*)", README))))
def test_every_command_it_names_exists(command: str) -> None:
    assert re.search(rf"^{command}:.*## ", MAKEFILE, re.MULTILINE)


def test_every_command_of_the_makefile_says_what_it_does() -> None:
    [targets] = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)

    for target in targets.split():
        assert re.search(rf"^{target}:.*## \S", MAKEFILE, re.MULTILINE), target


def test_every_function_and_every_folder_it_draws_is_there() -> None:
    for folder in re.findall(r"^([a-z/]+/) ", README, re.MULTILINE):
        assert (template.ROOT / folder).is_dir(), folder
    for function in template.FUNCTIONS:
        assert function in README or function == "Videos", function


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (template.ROOT / link).exists()
