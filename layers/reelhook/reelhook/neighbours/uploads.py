"""What clients uploaded, in the media bucket, and what it holds."""

from functools import cached_property

from reelhook.adapters.probe import TagProbe
from reelhook.adapters.uploads import S3Uploads
from reelhook.neighbours.references import References


class Uploads(References):
    """Files of clients, which become references."""

    @cached_property
    def uploads(self) -> S3Uploads:
        """The uploads, in the same bucket."""
        return S3Uploads(lambda: self._s3, self.settings.media_bucket)

    @cached_property
    def probe(self) -> TagProbe:
        """How long videos and sounds last."""
        return TagProbe()
