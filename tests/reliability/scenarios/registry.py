"""A scenario sets a world up; what its videos come to without any fault stands beside its name."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.reliability.world import World

type Build = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation; `ends` are the states of its videos, in the order they came in."""

    name: str
    build: Build
    ends: tuple[str, ...]


SCENARIOS: dict[str, Scenario] = {}


def scenario(name: str, *ends: str) -> Callable[[Build], Build]:
    """Registers a scenario; without `ends` its one video is stored."""

    def register(build: Build) -> Build:
        assert name not in SCENARIOS, name
        SCENARIOS[name] = Scenario(name, build, ends or ("stored",))
        return build

    return register
