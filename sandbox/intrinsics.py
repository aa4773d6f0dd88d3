"""The few CloudFormation functions that a setting may be written with, worked out by us."""

from collections.abc import Mapping
from typing import Any

NO_VALUE = {"Ref": "AWS::NoValue"}


class Values:
    """Works out values of a template, given its parameters and the physical ids of its resources."""

    def __init__(self, template: Mapping[str, Any], known: Mapping[str, str]) -> None:
        self._conditions = template.get("Conditions", {})
        self._known = known

    def resolve(self, value: Any) -> Any:
        """The value with references and conditions replaced; None for `AWS::NoValue`."""
        if isinstance(value, list):
            return [done for item in value if (done := self.resolve(item)) is not None]
        if not isinstance(value, dict):
            return value
        if value == NO_VALUE:
            return None
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref":
                return self._known[argument]
            if name == "Fn::If":
                return self.resolve(argument[1 if self.holds(argument[0]) else 2])
            if name == "Fn::Split":
                return str(self.resolve(argument[1])).split(str(argument[0]))
            if name.startswith("Fn::"):
                raise NotImplementedError(f"{name} in a setting that the emulator drops")
        return {key: done for key, item in value.items() if (done := self.resolve(item)) is not None}

    def holds(self, condition: str | Mapping[str, Any]) -> bool:
        """Whether a condition is true, given by name or written out."""
        if isinstance(condition, str):
            return self.holds(self._conditions[condition])
        ((name, argument),) = condition.items()
        match name:
            case "Condition":
                return self.holds(argument)
            case "Fn::Not":
                return not self.holds(argument[0])
            case "Fn::And":
                return all(self.holds(part) for part in argument)
            case "Fn::Or":
                return any(self.holds(part) for part in argument)
            case "Fn::Equals":
                return str(self.resolve(argument[0])) == str(self.resolve(argument[1]))
        raise NotImplementedError(name)
