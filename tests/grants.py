"""What the template allows to whom, one action on one resource at a time."""

from collections.abc import Iterator
from typing import Any

from tests.template import Properties, of_type, written


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def granted(policy: Properties) -> set[tuple[str, str]]:
    """Every single action on every single resource that a policy allows."""
    return {
        (action, written(resource_name))
        for statement in policy["Statement"]
        for action in listed(statement["Action"])
        for resource_name in listed(statement["Resource"])
    }


def grants() -> Iterator[tuple[str, str, str]]:
    """All that anybody is allowed: whom, which action, on which resource."""
    for name, role in of_type("AWS::IAM::Role").items():
        for policy in role["Policies"]:
            yield from ((name, *grant) for grant in granted(policy["PolicyDocument"]))
    for name, policy in of_type("AWS::IAM::ManagedPolicy").items():
        yield from ((name, *grant) for grant in granted(policy["PolicyDocument"]))
