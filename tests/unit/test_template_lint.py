"""cfn-lint on the template as written and as SAM makes it: only the latter shows a circular dependency."""

import json
from copy import deepcopy

import pytest

from tests.template import ROOT, Properties, on_aws, source, transformed

pytestmark = pytest.mark.prove("make check lints both too")


def complaints(text: str) -> list[str]:
    """Errors and warnings; cfn-lint's remarks are matters of taste."""
    from cfnlint.api import lint_all  # type: ignore[import-untyped]  # loads long, in every worker

    return [
        f"{match.rule.id}: {match.message}"
        for match in lint_all(text)
        if match.rule.id.startswith(("E", "W"))
    ]


def errors(template: Properties) -> list[str]:
    return [each for each in complaints(json.dumps(template)) if each.startswith("E")]


def test_the_template_as_written_is_clean() -> None:
    assert complaints((ROOT / "template.yaml").read_text()) == []


def test_the_template_as_aws_gets_it_is_clean() -> None:
    assert errors(transformed()) == []


def test_the_callbacks_address_in_globals_would_be_seen_to_close_a_circle() -> None:
    template = deepcopy(source())
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    variables["CALLBACK_BASE_URL"] = {"Fn::GetAtt": ["CallbackApi", "ApiEndpoint"]}

    assert any(each.startswith("E3004") for each in errors(on_aws(template)))
