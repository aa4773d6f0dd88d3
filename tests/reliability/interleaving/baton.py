"""Actors that take turns: at every port call the baton may pass on; who goes on is a choice made from outside."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touch:
    """A port call that is about to happen: what it is, which thing it touches (none: nobody else's), and how."""

    what: str
    thing: str | None = None
    writes: bool = False

    def commutes(self, other: "Touch") -> bool:
        """Whether the order of the two makes no difference."""
        return self.thing is None or self.thing != other.thing or not (self.writes or other.writes)


type Choose = Callable[[Mapping[str, Touch]], str]


class CutError(BaseException):
    """This run leads nowhere new: everybody stops where he is."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts once it is possible, `ready`; a readiness is given by what the provider does."""

    name: str
    run: Callable[[], object]
    ready: Callable[[], bool] = _always


class Baton:
    """One run of some actors, one of whom moves at a time. `steps` is who did what, in order."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self.cut = False
        self._holder: str | None = None
        self._waiting: dict[str, Touch] = {}
        self._turn: dict[str, threading.Lock] = {}
        self._over = threading.Lock()
        self._actors: dict[str, Actor] = {}
        self._choose: Choose = min

    def run(self, actors: Sequence[Actor], choose: Choose) -> None:
        """Lets them act until all are done; an actor who never becomes ready does not act."""
        self._actors, self._choose = {actor.name: actor for actor in actors}, choose
        threads = []
        for actor in actors:
            self._turn[actor.name] = threading.Lock()
            self._turn[actor.name].acquire()
            threads.append(threading.Thread(target=self._act, args=(actor,), daemon=True))
            late = actor.ready is not _always
            self._waiting[actor.name] = Touch("begins", "provider" if late else None)
        self._over.acquire()
        for thread in threads:
            thread.start()
        self._give(self._next())
        self._over.acquire()
        for thread in threads:
            thread.join()
        self._holder = None

    def touch(self, what: str, thing: str | None, *, writes: bool = False) -> None:
        """Here the holder is about to call a port, and may have to wait; outside of a run nothing happens."""
        me = self._holder
        if me is None:
            return
        if self.cut:
            raise CutError
        self._waiting[me] = Touch(what, thing, writes)
        chosen = self._next()
        if chosen != me:
            self._give(chosen)
            self._turn[me].acquire()
        self._take(me)

    def _take(self, me: str) -> None:
        self._holder = me
        touch = self._waiting.pop(me)
        if self.cut:
            raise CutError
        if touch.what != "begins":
            self.steps.append((me, touch.what))

    def _give(self, chosen: str | None) -> None:
        (self._over if chosen is None else self._turn[chosen]).release()

    def _act(self, actor: Actor) -> None:
        self._turn[actor.name].acquire()
        try:
            self._take(actor.name)
            actor.run()
        except CutError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever an actor raises is part of the run's account
            self.errors.append(f"{actor.name} raised {error!r}")
        self._give(self._next())

    def _next(self) -> str | None:
        if self.cut:
            return next(iter(self._waiting), None)
        for name, touch in self._waiting.items():
            if touch.what == "begins" and touch.thing is None:
                return name
        able = {
            name: touch
            for name, touch in self._waiting.items()
            if touch.what != "begins" or self._actors[name].ready()
        }
        try:
            if able:
                return self._choose(able)
        except CutError:
            pass
        self.cut = bool(able)
        if not able and self._waiting:
            return self._dismiss()
        return next(iter(self._waiting), None)

    def _dismiss(self) -> str | None:
        """Only actors who never became ready are left: they leave, without having acted."""
        self.cut = True
        self.steps.extend((name, "never begins") for name in self._waiting)
        return next(iter(self._waiting))
