"""TransferVideo: copy with minutes instead of seconds."""

import os
from functools import cache
from typing import TYPE_CHECKING

from reelhook.domain.time import Instant
from reelhook.use_cases.transfer import queue_deadline
from reelhook.wiring.base import made_at_start
from reelhook.wiring.copying import Copying

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


class TransferVideo(Copying):
    """What a transfer needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.transfers

    def transfer_end(self, context: "LambdaContext") -> Instant:
        """When an attempt of TransferVideo has to end."""
        return queue_deadline(self.function_end(context), self.settings.transfer_seconds)


@cache
def production() -> TransferVideo:
    """The wiring of this execution environment."""
    return TransferVideo(os.environ)


made_at_start(production)
