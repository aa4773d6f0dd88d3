"""A value that is read rarely, and outlives a reading that fails."""

from collections.abc import Callable

from reelhook.domain.errors import ReelhookError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import MINUTE, Instant

LIFE = 5 * MINUTE
PAUSE = (
    MINUTE  # between two readings, so that whoever asks for a newer value cannot make us read at their pace
)


class Remembered[T]:
    """Keeps a value for 5 minutes; the first reading may raise, a later one that does is made again a minute on."""

    def __init__(self, read: Callable[[], T], clock: Clock) -> None:
        self._read, self._clock = read, clock
        self._held: tuple[T, Instant] | None = None
        self._tried: Instant = 0

    def value(self) -> T:
        """The value, read within the last 5 minutes if that was possible."""
        return self._younger_than(LIFE)

    def newer(self) -> T:
        """The value, read within the last minute if that was possible."""
        return self._younger_than(PAUSE)

    def _younger_than(self, age: int) -> T:
        now = self._clock()
        if self._held is None:
            self._held, self._tried = (self._read(), now), now
        elif now - self._held[1] >= age and now - self._tried >= PAUSE:
            self._tried = now
            try:
                self._held = self._read(), now
            except ReelhookError:
                return self._held[0]
        return self._held[0]
