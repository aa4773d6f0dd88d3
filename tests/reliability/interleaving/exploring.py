"""Every schedule of some actors, depth-first, each from a fresh start; those that differ in nothing are run once.

Sleep sets: once a choice has been explored, it sleeps below its siblings until somebody does what it does not commute
with. So of all orders of calls that commute one is run, and no outcome is missed (a test compares with all orders).
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.reliability.interleaving.baton import Choose, CutError, Touch

type Perform[Run] = Callable[[Choose], Run]


@dataclass(slots=True)
class _Node:
    able: dict[str, Touch]
    asleep: dict[str, Touch]
    chosen: str = ""
    explored: list[str] = field(default_factory=list)

    def choose_next(self) -> bool:
        """Goes on to the next choice; whether there was one."""
        awake = [name for name in self.able if name not in self.asleep]
        self.chosen = awake[0] if awake else ""
        return bool(awake)


class Exploration[Run]:
    """All runs of `perform`; `schedule` is who moved at each choice of the latest one."""

    def __init__(self, perform: Perform[Run], *, prune: bool = True) -> None:
        self._perform, self._prune = perform, prune
        self._path: list[_Node] = []
        self._depth = 0

    def __iter__(self) -> Iterator[Run]:
        while True:
            self._depth = 0
            run = self._perform(self._choose)
            if self._depth >= 0:
                yield run
            if not self._backtrack():
                return

    @property
    def schedule(self) -> tuple[str, ...]:
        """Who moved at each choice."""
        return tuple(node.chosen for node in self._path)

    def _choose(self, able: Mapping[str, Touch]) -> str:
        if self._depth == len(self._path):
            node = _Node(dict(able), self._inherited())
            if not node.choose_next():
                self._depth = -1  # whatever follows has been seen in another order
                raise CutError
            self._path.append(node)
        self._depth += 1
        return self._path[self._depth - 1].chosen

    def _inherited(self) -> dict[str, Touch]:
        if not self._path or not self._prune:
            return {}
        parent = self._path[-1]
        made = parent.able[parent.chosen]
        return {
            name: touch
            for name, touch in parent.asleep.items()
            if name != parent.chosen and touch.commutes(made)
        }

    def _backtrack(self) -> bool:
        while self._path:
            node = self._path[-1]
            node.asleep[node.chosen] = node.able[node.chosen]
            if node.choose_next():
                return True
            self._path.pop()
        return False


def following(schedule: Sequence[str]) -> Choose:
    """The choices of one schedule again; past its end, whoever comes first."""
    left = list(schedule)

    def choose(able: Mapping[str, Touch]) -> str:
        name = left.pop(0) if left else next(iter(able))
        return name if name in able else next(iter(able))

    return choose


def drawn(seed: int, made: list[str]) -> Choose:
    """Choices at random from a seed; `made` is filled with them."""
    source = random.Random(seed)

    def choose(able: Mapping[str, Touch]) -> str:
        made.append(source.choice(sorted(able)))
        return made[-1]

    return choose
