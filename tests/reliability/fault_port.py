"""The one door through which every side effect goes, and the processes that go through it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

from reelhook.domain.time import MINUTE, SECOND, Instant
from tests.reliability.faults import CALL_TAKES, LATE_BY, Fault, Killed, Mind, Mode


@dataclass(slots=True)
class Process:
    """One invocation of a function: it ends at `end`, or when it is killed."""

    name: str
    end: Instant
    dead: bool = False

    def kill(self) -> Killed:
        """From here on it does nothing."""
        self.dead = True
        return Killed()


@dataclass(frozen=True, slots=True)
class Outage:
    """Calls whose name begins so fail from `begin` to `end`, all of them or one in `every`."""

    calls: str
    begin: Instant
    end: Instant
    mode: Mode = Mode.ERROR
    every: int = 1


@dataclass(slots=True)
class FaultPort:
    """The one door through which every side effect goes."""

    mind: Mind
    clock: Callable[[], Instant]
    wait: Callable[[int], None]
    later: Callable[[int, Callable[[], object]], None]
    processes: list[Process] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    injected: list[tuple[Fault, str]] = field(default_factory=list)

    def call[T](self, name: str, act: Callable[[], T], error: Callable[[], T], what: str = "") -> T:
        """Makes one call, or what the plan makes of it; `error` answers or raises as its adapter would."""
        process = self.alive()
        index = len(self.calls)
        self.calls.append(name)
        mode = self.mind(index, name)
        if mode is not None:
            self.injected.append((Fault(index, mode), f"{process.name}: {name} {what}".strip()))
        mode = next((out.mode for out in self.outages if self._is_out(out, name, index)), mode)
        self.wait(CALL_TAKES)
        answer = self._answer(mode, process, act, error)
        self.alive()
        return answer

    def alive(self) -> Process:
        """The process that runs, if its time is not over."""
        process = self.processes[-1]
        if process.dead or self.clock() > process.end:
            raise process.kill()
        return process

    def _is_out(self, out: Outage, name: str, index: int) -> bool:
        now = out.begin <= self.clock() < out.end
        return now and name.startswith(out.calls) and crc32(index.to_bytes(4)) % out.every == 0

    def _answer[T](
        self, mode: Mode | None, process: Process, act: Callable[[], T], error: Callable[[], T]
    ) -> T:
        match mode:
            case Mode.KILL_BEFORE:
                raise process.kill()
            case Mode.KILL_AFTER:
                act()
                raise process.kill()
            case Mode.ERROR:
                return error()
            case Mode.LOST:
                act()
                return error()
            case Mode.TWICE:
                act()
            case Mode.LATE:
                self.later(LATE_BY, act)
                return error()
            case _:
                pass
        answer = act()
        if mode is Mode.SLOW:
            self.wait(max(min(process.end - self.clock() - SECOND, 5 * MINUTE), 0))
        return answer
