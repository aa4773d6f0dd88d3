"""Holding a video's references: kept before it is recorded, linked when it is sent, removed after its end.

Uploads are linked likewise and never removed: they are their owner's, for as many videos as it likes.
"""

from collections.abc import Sequence
from functools import partial

from reelhook.domain.link_life import LINK_SECONDS
from reelhook.domain.ports.media import ReferenceStore
from reelhook.domain.references import HeldMedia, reference_key, with_links
from reelhook.domain.request import VideoRequest
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.uploads import upload_key
from reelhook.domain.video import Video


class References:
    """The references of videos, each under its video's own keys."""

    def __init__(self, store: ReferenceStore) -> None:
        self._store = store

    def keep(self, draft: Video, held: Sequence[HeldMedia]) -> None:
        """Before the video is on record. Raises `StoreError`, and `ObjectConflictError` where other bytes stand."""
        for number, media in enumerate(held):
            self._store.put(reference_key(draft.owner, draft.video_id, number), media)

    def linked(self, video: Video) -> VideoRequest:
        """The request for the provider, with links that are signed now. Raises `StoreError`."""
        if not video.references and not video.uploads:
            return video.request
        key = partial(reference_key, video.owner, video.video_id)

        def upload_link(number: int) -> str:
            """Of the version that was checked, whatever was uploaded since."""
            named = video.uploads[number]
            return self._store.link(upload_key(video.owner, named.file_id), LINK_SECONDS, named.version_id)

        return with_links(
            video.request, lambda number: self._store.link(key(number), LINK_SECONDS), upload_link
        )

    def remove(self, video: Video | Tombstone) -> None:
        """Once nobody needs them; what is gone already is no error. Raises `StoreError`."""
        if not video.references:
            return
        numbers = range(video.references)
        self._store.remove([reference_key(video.owner, video.video_id, number) for number in numbers])
