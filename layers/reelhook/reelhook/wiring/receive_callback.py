"""ReceiveCallback: verify, record, confirm, transfer."""

import os
from functools import cache, cached_property

from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.transfer import InlineTransfer
from reelhook.wiring.base import made_at_start
from reelhook.wiring.copying import Copying


class ReceiveCallback(Copying):
    """What a callback needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.callbacks

    @cached_property
    def callbacks(self) -> Callbacks:
        """Receiving a callback."""
        inline = InlineTransfer(self.transfers, self._clock, self.settings.inline_transfer_seconds)
        return Callbacks(
            self.videos,
            self.providers,
            self.keys,
            self._confirmation,
            inline,
            self._clock,
            self.journal,
            self.settings.stage,
        )


@cache
def production() -> ReceiveCallback:
    """The wiring of this execution environment."""
    return ReceiveCallback(os.environ)


made_at_start(production)
