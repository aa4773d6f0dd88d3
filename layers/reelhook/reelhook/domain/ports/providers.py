"""The video providers, and the keys that sign what they call back."""

from collections.abc import Mapping
from typing import Protocol

from reelhook.domain.answers import Hint, SubmitAnswer, TaskAnswer
from reelhook.domain.request import VideoRequest
from reelhook.domain.token import KeyRing


class PreparedSubmission(Protocol):
    """A request with everything done but the sending: key loaded, body built, token in the URL."""

    def send(self) -> SubmitAnswer:
        """One POST on a fresh connection, never repeated; never raises for what the network does."""


class Provider(Protocol):
    """A video provider in callback mode."""

    def prepare(self, request: VideoRequest, callback_url: str) -> PreparedSubmission:
        """Builds the one POST; raises `ProviderKeyError` if there is no usable API key."""

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:
        """One authenticated status look-up, `seconds` at most; never raises for what the network does."""

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        """Reads what a callback claims; what cannot be read claims nothing."""


class CallbackKeys(Protocol):
    """The keys that sign callback tokens."""

    def ring(self) -> KeyRing:
        """The active keys, remembered for some minutes; raises `NotConfiguredError`, `StoreError`."""

    def newer_ring(self) -> KeyRing:
        """The active keys, read again, though at most once a minute."""
