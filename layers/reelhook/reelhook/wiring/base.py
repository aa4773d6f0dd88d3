"""What every function's wiring has, and when it is made."""

import gc
import os
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Journal
from reelhook.domain.time import Instant
from reelhook.neighbours.base import Neighbours
from reelhook.observability import PowertoolsJournal
from reelhook.settings import Settings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def clock() -> Instant:
    """Now."""
    return time.time_ns() // 1_000_000


class Wiring(Neighbours, ABC):
    """Everything a function may need, each thing made once, before or at its first use."""

    def __init__(
        self,
        environment: Mapping[str, str],
        clock: Clock = clock,
        randomness: Randomness = secrets.token_bytes,
    ) -> None:
        super().__init__(Settings(environment), clock)
        self.journal: Journal = PowertoolsJournal()
        self._randomness = randomness

    @abstractmethod
    def prepare(self) -> None:
        """Make what every call needs."""

    def function_end(self, context: "LambdaContext") -> Instant:
        """When Lambda ends this invocation."""
        return self._clock() + context.get_remaining_time_in_millis()


def made_at_start(production: Callable[[], Wiring]) -> None:
    """On Lambda, make what every call needs while the function starts.

    A start has a whole processor, whatever memory the function has; a call has its memory's share of one (AWS Lambda: 1,769
    MB is one vCPU). What stands then stays, so the garbage collector, which slept until here, need not look at it again.
    """
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:  # set by Lambda, and by the sandbox in its stead
        production().prepare()
        gc.enable()
        gc.freeze()
