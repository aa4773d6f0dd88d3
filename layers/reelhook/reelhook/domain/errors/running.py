"""What keeps this stack from doing its work: the operator's, AWS's, an issuer's, an item's."""

from reelhook.domain.errors import ReelhookError


class NotConfiguredError(ReelhookError):
    """A setting or parameter that is needed now is missing; `name` says which."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"{name} {hint}")
        self.name = name
        self.hint = hint


class ProviderKeyError(NotConfiguredError):
    """A provider's API key is missing or can be none: its models cannot be asked for anything."""


class IssuerUnavailableError(ReelhookError):
    """The issuer's keys could not be read, so whether a JWT stands is not known; trying again can help."""


class StoreError(ReelhookError):
    """The store did not answer clearly: the write may have been applied."""


class EventBusError(ReelhookError):
    """The bus did not surely take an event: sending it again can help."""


class UnknownStateError(ReelhookError):
    """The video is in a state that this code does not know, so it is left alone."""

    def __init__(self, video_id: str, state: str) -> None:
        super().__init__(f"{video_id} is in the unknown state {state!r:.80}")
        self.video_id = video_id
        self.state = state


class UnreadableItemError(ReelhookError):
    """An item is not as this code writes it; `item_id` names it, the reason holds nothing of its content."""

    def __init__(self, item_id: str, reason: str) -> None:
        super().__init__(f"{item_id} cannot be read: {reason}")
        self.item_id = item_id


class TryAgainError(ReelhookError):
    """This callback could not be recorded; the provider should deliver it again."""
