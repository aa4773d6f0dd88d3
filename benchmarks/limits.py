"""How slow the network between the servers and the measured process is made to be."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the source: bytes a second on each connection (0 is unlimited) and seconds to its answer. Of S3: seconds to an answer."""

    bytes_per_second: int = 0
    first_byte_seconds: float = 0.0
    answer_seconds: float = 0.0

    def pace(self, began: float, done: int) -> None:
        """Waits until so many bytes may have gone since then."""
        if self.bytes_per_second:
            ahead = began + done / self.bytes_per_second - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)


UNLIMITED = Limits()
"""As fast as this machine is."""
