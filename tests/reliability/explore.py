"""Runs of the harness: one scenario with given or drawn faults, and what they came to."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.reliability.faults import MODES, Fault, Mind, Mode, drawn, planned
from tests.reliability.lambdas import handlers_find
from tests.reliability.scenarios import SCENARIOS
from tests.reliability.world import World


@dataclass(slots=True)
class Run:
    """One run: its faults as they happened, its calls, and what was violated."""

    scenario: str
    faults: tuple[Fault, ...]
    where: tuple[str, ...]
    calls: list[str]
    states: list[str]
    violations: list[str]

    def __str__(self) -> str:
        faults = " ".join(f"{fault} ({where})" for fault, where in zip(self.faults, self.where, strict=True))
        return f"{self.scenario} | {faults} | {self.states} | {'; '.join(self.violations)}\n    {self.again}"

    @property
    def again(self) -> str:
        """The command that runs it again."""
        faults = "".join(f" {fault}" for fault in self.faults)
        return f'.venv/bin/python -m tests.reliability.replay "{self.scenario}"{faults}'


@dataclass(slots=True)
class Tally:
    """What many runs came to."""

    runs: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    violated: list[Run] = field(default_factory=list)

    def add(self, kind: str, run: Run) -> None:
        """Counts a run; keeps it if something was violated."""
        self.runs[kind] += 1
        if run.violations:
            self.violated.append(run)


def run(name: str, mind: Mind, *, exact: bool = False) -> Run:
    """One scenario under one plan; an `exact` one has to end as the scenario's line says."""
    logging.disable(logging.CRITICAL)
    scenario, world = SCENARIOS[name], World(mind)
    raised = []
    with handlers_find(world.wiring):
        try:
            scenario.build(world)
            world.run()
        except Exception as error:  # noqa: BLE001 - whatever nobody expected is a violation, with its way back
            raised.append(f"raised {error!r}")
    logging.disable(logging.NOTSET)
    states, violations = world.watch.states(), [*world.watch.violations, *raised]
    if exact and tuple(states) != scenario.ends:
        violations.append(f"ended {states}, not {list(scenario.ends)}")
    faults = tuple(fault for fault, _ in world.port.injected)
    where = tuple(where for _, where in world.port.injected)
    return Run(name, faults, where, world.port.calls, states, violations)


def clean(name: str) -> Run:
    """The scenario without any fault."""
    return run(name, planned(), exact=True)


def under(name: str, fault: Fault) -> Run:
    """The scenario under one fault; a hidden retry of the SDK has to change nothing at all."""
    return run(name, planned(fault), exact=fault.mode is Mode.TWICE)


def single_faults(calls: list[str]) -> Iterator[Fault]:
    """Every call in every mode that it can have."""
    for index, call in enumerate(calls):
        for mode in MODES[call]:
            yield Fault(index, mode)


def singles(name: str, most: int | None = None, part: int = 0, parts: int = 1) -> Tally:
    """One part of a scenario's single faults; at most `most` of all, evenly spread, and the rest is counted."""
    tally, first = Tally(), clean(name)
    faults = list(single_faults(first.calls))
    chosen = faults if most is None or len(faults) <= most else faults[:: -(-len(faults) // most)]
    if part == 0:
        tally.add("clean", first)
        tally.left_out = len(faults) - len(chosen)
    for fault in chosen[part::parts]:
        tally.add("single", under(name, fault))
    return tally


def multiple(name: str, seed: int, calls: int) -> Run:
    """Two or three faults, drawn from the scenario's name and the seed; without any it makes so many calls."""
    random = Random(f"{name}/{seed}")
    return run(name, drawn(random, random.choice((2, 3)), calls))
