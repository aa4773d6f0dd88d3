"""The bucket that images are dropped into."""

from functools import cached_property

from reelhook.adapters.clients import s3_client
from reelhook.adapters.inbox import S3Inbox, S3Outcomes
from reelhook.neighbours.base import Neighbours


class Outcomes(Neighbours):
    """What became of drops."""

    @cached_property
    def outcomes(self) -> S3Outcomes:
        """Where drops' outcomes are told, in the same bucket."""
        return S3Outcomes(s3_client, self.settings.inbox_bucket)


class Inbox(Outcomes):
    """Drops, too."""

    @cached_property
    def inbox(self) -> S3Inbox:
        """The bucket of drops."""
        return S3Inbox(s3_client(), self.settings.inbox_bucket)
