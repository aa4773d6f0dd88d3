"""Waiting for something to come true, without sleeping longer than that takes."""

import time
from collections.abc import Callable

FIRST_LOOK, LAST_LOOK = 0.02, 0.1  # seconds between two looks: short at first, then kinder to the processor
MOST_SHOWN = 2_000  # characters of what was seen instead


def until[T](
    look: Callable[[], T], fits: Callable[[T], bool], timeout: float, last_look: float = LAST_LOOK
) -> T:
    """Look again and again until what is seen fits."""
    end, pause = time.monotonic() + timeout, FIRST_LOOK
    while not fits(seen := look()):
        assert time.monotonic() < end, f"not within {timeout} s; last seen: {str(seen)[:MOST_SHOWN]}"
        time.sleep(pause)
        pause = min(pause * 1.3, last_look)
    return seen
