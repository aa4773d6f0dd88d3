"""Holding a video's references: kept before it is recorded, linked when it is sent, removed after its end."""

from collections.abc import Sequence
from functools import partial

from reelhook.domain.ports.media import ReferenceStore
from reelhook.domain.references import LINK_SECONDS, HeldMedia, reference_key, with_links
from reelhook.domain.request import VideoRequest
from reelhook.domain.tombstone import Tombstone
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
        if not video.references:
            return video.request
        key = partial(reference_key, video.owner, video.video_id)
        return with_links(video.request, lambda number: self._store.link(key(number), LINK_SECONDS))

    def remove(self, video: Video | Tombstone) -> None:
        """Once nobody needs them; what is gone already is no error. Raises `StoreError`."""
        if not video.references:
            return
        numbers = range(video.references)
        self._store.remove([reference_key(video.owner, video.video_id, number) for number in numbers])
