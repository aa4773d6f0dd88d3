"""Whoever an alarm wakes finds its line in the runbook, and the commands that it names."""

import re

import pytest

from reelhook.domain.ports.journal import ATTENTION
from tests.template import ROOT, of_type, properties

RUNBOOK = (ROOT / "docs" / "reliability.md").read_text().partition("## Runbook")[2]
MAKEFILE = (ROOT / "Makefile").read_text()
ROWS = dict(re.findall(r"^\| (\w+) \| (.+) \|$", RUNBOOK, re.MULTILINE))
ALARMS = [name.removesuffix("Alarm") for name in of_type("AWS::CloudWatch::Alarm")]
COMMAND = re.compile(r"\bmake ([a-z-]+)")


def test_every_alarm_and_every_symptom_has_its_line_and_every_line_is_one() -> None:
    assert sorted(set(ROWS) - {"alarm", "symptom"}) == sorted([*ALARMS, *ATTENTION])


@pytest.mark.parametrize("symptom", sorted(ATTENTION))
def test_a_symptoms_line_names_a_command(symptom: str) -> None:
    assert COMMAND.search(ROWS[symptom])


@pytest.mark.parametrize("alarm", ALARMS)
def test_a_line_and_the_alarm_itself_name_the_same_commands_and_they_exist(alarm: str) -> None:
    named = set(COMMAND.findall(ROWS[alarm]))

    assert named
    assert named <= set(COMMAND.findall(properties(f"{alarm}Alarm")["AlarmDescription"]))
    for command in COMMAND.findall(RUNBOOK + properties(f"{alarm}Alarm")["AlarmDescription"]):
        assert re.search(rf"^{command}:.*## ", MAKEFILE, re.MULTILINE), command
