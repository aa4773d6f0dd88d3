"""What the template has that costs something while nothing happens."""

from dataclasses import dataclass
from typing import Any

from operations.costs.work import TICKS


@dataclass(frozen=True, slots=True)
class Counted:
    """Resources of one stack with the template's own parameters."""

    alarms: int
    polled_queues: int  # that Lambda asks for messages, again and again
    ticks: tuple[str, ...]  # functions that run each minute
    metrics: tuple[str, ...]  # of ours that alarms watch


def counted(template: dict[str, Any]) -> Counted:
    """Of the template as SAM makes it. Raises `ValueError` for a schedule that nobody reckoned with."""
    resources: dict[str, Any] = template["Resources"]

    def of(kind: str) -> list[dict[str, Any]]:
        return [each["Properties"] for each in resources.values() if each["Type"] == kind]

    alarms = of("AWS::CloudWatch::Alarm")
    scheduled = [rule for rule in of("AWS::Events::Rule") if "ScheduleExpression" in rule]
    if strange := [rule for rule in scheduled if rule["ScheduleExpression"] != "rate(1 minute)"]:
        raise ValueError(f"not each minute: {strange}")
    ticks = sorted(target["Arn"]["Fn::GetAtt"][0] for rule in scheduled for target in rule["Targets"])
    if unknown := set(ticks) - set(TICKS):
        raise ValueError(f"ticks whose work nobody counted: {sorted(unknown)}")
    sources = [
        mapping["EventSourceArn"]["Fn::GetAtt"][1] for mapping in of("AWS::Lambda::EventSourceMapping")
    ]
    return Counted(
        alarms=len(alarms),
        polled_queues=sources.count("Arn"),
        ticks=tuple(ticks),
        metrics=tuple(
            sorted({each["MetricName"] for each in alarms if not each["Namespace"].startswith("AWS/")})
        ),
    )
