"""When a video is due, counted from `sent_at` by the clock, never by a counter."""

from dataclasses import dataclass

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND, Instant
from reelhook.domain.video import State, Video

HINT_OFFSETS = (1 * MINUTE, 3 * MINUTE, 10 * MINUTE, 30 * MINUTE)
QUIET_STEP = 1 * HOUR
QUIET_STEP_EXPIRED = 15 * MINUTE
SLOWEST_STATUS = HINT_OFFSETS[-1]  # by then a status is believed to tell what happened


@dataclass(frozen=True, slots=True)
class Timing:
    """Offsets from `sent_at`: when to look, strictly increasing, the last one being the provider's own end."""

    looks: tuple[int, ...]

    @property
    def provider_end(self) -> int:
        """After this the provider works on the task no more."""
        return self.looks[-1]

    @property
    def given_up(self) -> int:
        """When "still running" is believed: a task may succeed at the very end, and its status may lag.

        Half an hour past a provider's end of a day or more, less after a shorter one.
        """
        return self.provider_end + min(SLOWEST_STATUS, self.provider_end // 48)

    @property
    def token_life(self) -> int:
        """How long a callback's token is good: a day past the provider's end."""
        return self.provider_end + DAY

    @property
    def unknown_submit(self) -> int:
        """When a submit nobody ever heard of is given up: the third look, or the last if there are fewer."""
        return self.looks[min(2, len(self.looks) - 1)]


def timing(expected: int, provider_end: int, callback_deadline: int | None = None) -> Timing:
    """The schedule of a model that takes `expected` ms; `callback_deadline` d overrides it with d, 3d, 12d, 36d.

    Without an override: `expected` + 15 min (a provider's last delivery comes 14.5 min after the end), 1, 4, 12 h.
    """
    offsets = (
        (expected + 15 * MINUTE, 1 * HOUR, 4 * HOUR, 12 * HOUR)
        if callback_deadline is None
        else tuple(callback_deadline * factor for factor in (1, 3, 12, 36))
    )
    return Timing((*sorted({offset for offset in offsets if offset < provider_end}), provider_end))


def sent_at(video: Video) -> Instant:
    """When the latest POST began; a video never sent counts from its creation."""
    return video.created_at if video.sent_at is None else video.sent_at


def next_look(video: Video, now: Instant, timing: Timing) -> Instant:
    """The first time after now at which this video is worth a look-up, at most the token's end."""
    expired = video.state is State.EXPIRED
    times = [] if expired else _scheduled(video, timing)
    if video.hinted_at is not None:
        times += [video.hinted_at + offset for offset in HINT_OFFSETS]
    quiet = now + (QUIET_STEP_EXPIRED if expired else QUIET_STEP)
    return min(min((time for time in times if time > now), default=quiet), token_end(video, timing))


def next_scheduled(video: Video, now: Instant, timing: Timing) -> Instant:
    """The schedule's first time after now, hints aside. Asked only before the last one, when a task is given up."""
    return next(time for time in _scheduled(video, timing) if time > now)


def _scheduled(video: Video, timing: Timing) -> list[Instant]:
    return [sent_at(video) + offset for offset in (*timing.looks, timing.given_up)]


def token_end(video: Video, timing: Timing) -> Instant:
    """From here on no callback of the latest POST is accepted any more."""
    return sent_at(video) + timing.token_life


def given_up(video: Video, now: Instant, timing: Timing) -> bool:
    """Whether the provider has given up on the task by its own rules, and its status had the time to say so."""
    return now >= sent_at(video) + timing.given_up


def hint_time_left(video: Video, now: Instant) -> bool:
    """Whether the last hint still has a look-up coming."""
    return video.hinted_at is not None and now < video.hinted_at + HINT_OFFSETS[-1]


def doubling(base: int, times: int, cap: int) -> int:
    """`base` doubled `times` times, at most `cap` (and never a huge power)."""
    return min(base << min(times, 20), cap)


def retry_delay(tries: int) -> int:
    """Between two transfers that failed: 30 s doubling, at most an hour."""
    return doubling(30 * SECOND, tries, HOUR)


def resend_delay(sends: int) -> int:
    """Between two sends of the same transfer to the queue: 2 min doubling, at most an hour."""
    return doubling(120 * SECOND, sends, HOUR)


def miss_delay(misses: int) -> int:
    """After a look-up that nobody answered: 1 min doubling, at most 15."""
    return doubling(MINUTE, misses, 15 * MINUTE)
