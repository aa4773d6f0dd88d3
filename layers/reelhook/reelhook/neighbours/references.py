"""What requests refer to, in the media bucket. Most refer to nothing, so the client is made for the first that does."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import s3_client
from reelhook.adapters.references import S3References
from reelhook.neighbours.base import Neighbours

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class References(Neighbours):
    """What providers fetch."""

    @cached_property
    def references(self) -> S3References:
        """The references, in the same bucket."""
        return S3References(lambda: self._s3, self.settings.media_bucket)

    @cached_property
    def _s3(self) -> "S3Client":
        return s3_client()
