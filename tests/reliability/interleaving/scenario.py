"""One situation with several actors; playing it one way, every way, or many ways at random."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.reliability.interleaving.baton import Actor, Choose
from tests.reliability.interleaving.exploring import Exploration, drawn, following
from tests.reliability.interleaving.invariants import always, at_rest, rest
from tests.reliability.interleaving.stage import Stage


@dataclass(frozen=True, slots=True)
class Scenario:
    """`set_up` gives a fresh stage and who acts on it."""

    name: str
    set_up: Callable[[], tuple[Stage, list[Actor]]]


@dataclass(frozen=True, slots=True)
class Played:
    """One run, brought to rest."""

    stage: Stage
    steps: tuple[tuple[str, str], ...]
    violations: tuple[str, ...]

    def account(self, name: str, schedule: Sequence[str]) -> str:
        """Everything a reader needs to see this run again."""
        steps = "\n".join(f"    {who}: {what}" for who, what in self.steps)
        found = "\n".join(f"  {violation}" for violation in self.violations)
        return f"{name}\n{found}\n  steps:\n{steps}\n  again: replay({name!r}, {list(schedule)!r})"


def play(scenario: Scenario, choose: Choose) -> Played:
    """One run under these choices; a run that was cut short is not judged."""
    stage, actors = scenario.set_up()
    stage.baton.run(actors, choose)
    if stage.baton.cut:
        return Played(stage, (), ())
    found = stage.baton.errors + always(stage)
    rest(stage)
    return Played(stage, tuple(stage.baton.steps), (*found, *at_rest(stage)))


@dataclass(slots=True)
class Result:
    """How many schedules were played, whether these were all, and accounts of those in which something was wrong."""

    schedules: int = 0
    accounts: list[str] | None = None
    complete: bool = True

    def add(self, account: str) -> None:
        """One more violation."""
        self.accounts = [*(self.accounts or []), account]


def exhaust(
    scenario: Scenario, *, prune: bool = True, first: bool = False, most: int | None = None
) -> Result:
    """Every schedule, or the `most` first ones; `first`: no further than the first violation."""
    result = Result()
    exploration = Exploration(lambda choose: play(scenario, choose), prune=prune)
    for played in exploration:
        if result.schedules == most:
            result.complete = False
            break
        result.schedules += 1
        if played.violations:
            result.add(played.account(scenario.name, [*exploration.schedule]))
            if first:
                break
    return result


def outcomes(scenario: Scenario, *, prune: bool) -> Iterator[str]:
    """How each schedule ends: every item and who was paid."""
    for played in Exploration(lambda choose: play(scenario, choose), prune=prune):
        stage = played.stage
        items = sorted(
            (key.id, item.get("state"), item.get("task_id"), item.get("asked"), item.get("tries"))
            for key, item in stage.videos.items.items()
        )
        yield repr((items, sorted(stage.truth.tasks.items()), sorted(stage.versions.items())))


def sample(scenario: Scenario, runs: int, seed: int) -> Result:
    """So many schedules at random."""
    result = Result()
    for number in range(runs):
        made: list[str] = []
        played = play(scenario, drawn(seed + number, made))
        result.schedules += 1
        if played.violations:
            result.add(played.account(scenario.name, made))
    return result


def again(scenario: Scenario, schedule: Sequence[str]) -> Played:
    """One schedule once more."""
    return play(scenario, following(schedule))
