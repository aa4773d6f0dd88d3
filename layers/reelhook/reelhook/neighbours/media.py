"""The bucket that finished videos lie in."""

from functools import cached_property

from reelhook.adapters.clients import s3_client
from reelhook.adapters.s3 import S3Media
from reelhook.adapters.wave import connections_of
from reelhook.neighbours.base import Neighbours


class Media(Neighbours):
    """The user's bucket."""

    @cached_property
    def media(self) -> S3Media:
        """The user's bucket."""
        connections = connections_of(self.settings.memory_megabytes)
        return S3Media(s3_client(), self.settings.media_bucket, connections)
