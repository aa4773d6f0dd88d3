"""The hosts of results in virtual time: links that are slow, refused, dead, renewed, or no video."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    LinkRefusedError,
    NotAVideoError,
    OutOfTimeError,
    ResultTooLargeError,
    ResultUnavailableError,
)
from reelhook.domain.formats import Format, sniffed
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import ArtifactType
from tests.builders import a_png, an_mp4

FAILURES: dict[str, Callable[[], ReelhookError]] = {
    "404": lambda: LinkRefusedError(404),
    "html": lambda: NotAVideoError("text/html"),
    "reset": lambda: ResultUnavailableError("reset"),
    "too big": lambda: ResultTooLargeError("too big"),
}
LAST_FRAME = "last_frame"  # in place of a video's number


@dataclass(slots=True)
class HostManners:
    """How the hosts behave; `opens` is the fate of the first openings, whichever link they are for."""

    opens: list[str] = field(default_factory=list)
    always: str | None = None
    second: list[str] = field(default_factory=list)  # the fate of the second file's first openings
    second_until: Instant = 0  # the second file is 404 until then
    frame: list[str] = field(default_factory=list)  # the fate of the last frame's first openings
    frame_always: str | None = None
    frame_until: Instant = 0  # the last frame is 404 until then
    refused_until: Instant = 0  # 404 until then
    takes: int = SECOND  # to read one file
    first_takes: list[int] = field(default_factory=list)  # of the first openings
    size: int | None = None  # announced instead of the real one
    first_sizes: list[int] = field(default_factory=list)  # announced by the first openings
    life: int | None = None  # how long a link lives
    renewed: bool = True  # whether a look-up gives a new link once the old one is dead
    cuts: int = 0  # so many readings end early


class Hosts:
    """`ResultSource` of everything that the provider has made."""

    def __init__(self, clock: Callable[[], Instant], wait: Callable[[int], None]) -> None:
        self._clock, self._wait = clock, wait
        self.manners = HostManners()
        self._files: dict[str, tuple[bytes, ...]] = {}
        self._frames: dict[str, bytes] = {}
        self._born: dict[str, Instant] = {}
        self.base = ""  # what each link begins with

    def publish(self, task_id: str, amount: int) -> tuple[bytes, ...]:
        """The files of a task, unlike any other's."""
        number = len(self._files)
        self._files[task_id] = tuple(an_mp4(500 + 16 * number + index) for index in range(amount))
        return self._files[task_id]

    def publish_frame(self, task_id: str) -> bytes:
        """The last frame of a task, unlike any other's."""
        self._frames[task_id] = a_png(200 + len(self._frames))
        return self._frames[task_id]

    def links(self, task_id: str, now: Instant) -> tuple[str, ...]:
        """The links that a look-up shows."""
        born = self._alive_since(task_id, now)
        return tuple(f"{self.base}{task_id}/{index}/{born}" for index in range(len(self._files[task_id])))

    def frame_link(self, task_id: str, now: Instant) -> str | None:
        """The link of its last frame, if it has one."""
        if task_id not in self._frames:
            return None
        return f"{self.base}{task_id}/{LAST_FRAME}/{self._alive_since(task_id, now)}"

    def _alive_since(self, task_id: str, now: Instant) -> Instant:
        life = self.manners.life
        born = self._born.setdefault(task_id, now)
        if life is not None and now >= born + life and self.manners.renewed:
            born = self._born[task_id] = now
        return born

    def open(
        self,
        link: str,
        until: Instant,
        kind: ArtifactType = ArtifactType.VIDEO,
        *,
        in_ranges: bool = True,  # noqa: ARG002 - these hosts give the whole only
    ) -> "_Stream":
        """Opens a link; raises as the real one does."""
        manners, (task_id, index, born) = self.manners, link.removeprefix(self.base).split("/")
        fate = self._fate(index)
        if fate is not None and fate != "ok":
            raise FAILURES[fate]()
        if manners.life is not None and self._clock() >= int(born) + manners.life:
            raise LinkRefusedError(403)
        late = {"1": manners.second_until, LAST_FRAME: manners.frame_until}.get(index, 0)
        if self._clock() < max(manners.refused_until, late):
            raise LinkRefusedError(404)
        data = self._frames[task_id] if index == LAST_FRAME else self._files[task_id][int(index)]
        given = sniffed(kind, data)
        if given is None:
            raise NotAVideoError(f"no {kind}")
        return _Stream(data, given, manners, until, self._clock, self._wait)

    def _fate(self, index: str) -> str | None:
        manners = self.manners
        if index == LAST_FRAME:
            return manners.frame.pop(0) if manners.frame else manners.frame_always
        fates = manners.second if index == "1" and manners.second else manners.opens
        return fates.pop(0) if fates else manners.always


class _Stream:
    ranges = None

    def __init__(
        self,
        data: bytes,
        given: Format,
        manners: HostManners,
        until: Instant,
        clock: Callable[[], Instant],
        wait: Callable[[int], None],
    ) -> None:
        announced = manners.first_sizes.pop(0) if manners.first_sizes else manners.size
        self.size: int | None = announced or len(data)
        self._takes = manners.first_takes.pop(0) if manners.first_takes else manners.takes
        self.format = given
        self._data, self._until, self._clock, self._wait = data, until, clock, wait
        self._manners, self._read = manners, False

    def read(self, amount: int) -> bytes:
        assert amount > len(self._data)
        if self._read:
            return b""
        left = self._until - self._clock()
        if self._takes > left:
            self._wait(max(left, 0))
            raise OutOfTimeError("the attempt's time is over")
        self._wait(self._takes)
        if self._manners.cuts:
            self._manners.cuts -= 1
            raise ResultUnavailableError("cut")
        self._read = True
        return self._data

    def restart(self) -> None:
        self._read = False

    def close(self) -> None:
        """Nothing is open."""
