"""What a use case is given of the world around it: time and chance."""

from collections.abc import Callable

from reelhook.domain.time import Instant

type Clock = Callable[[], Instant]


type Randomness = Callable[[int], bytes]
