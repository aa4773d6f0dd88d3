"""A fault that is still to come."""

from tests.reliability.faults import MODES, Mode


class Plan:
    """The next fault: so many calls from now, one call fails, in a way that it can."""

    def __init__(self) -> None:
        self.next: tuple[int, Mode] | None = None

    def __call__(self, _index: int, call: str) -> Mode | None:
        if self.next is None:
            return None
        left, mode = self.next
        self.next = (left - 1, mode) if left else None
        return mode if not left and mode in MODES[call] else None
