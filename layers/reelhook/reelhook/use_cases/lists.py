"""Lists: an owner's videos, page by page, whatever comes or goes in between."""

from collections.abc import Iterator
from itertools import islice

from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.errors.running import UnknownStateError
from reelhook.domain.listing import Listing, Page, PageRequest, place, states_of
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import Unusable, VideoStore
from reelhook.domain.video import Video
from reelhook.domain.video_ids import is_video_id

AT_ONCE = 100  # what one BatchGetItem takes


class Lists:
    """Ids come from an index, which may lag; what is shown is read from the items themselves."""

    def __init__(self, videos: VideoStore, journal: Journal) -> None:
        self._videos, self._journal = videos, journal

    def page(self, owner: str, asked: PageRequest) -> Page:
        """As many videos as asked for, unless there are no more; raises `InvalidRequestError` for a strange `after`."""
        after = None if asked.after is None else self._place(owner, asked.after)
        listing = Listing(owner, asked.user, states_of(asked.status), asked.newest_first, after)
        ids, found = self._videos.listed(listing), list[Video]()
        while batch := list(islice(ids, min(asked.limit + 1 - len(found), AT_ONCE))):
            found += (
                video
                for video in self._read(batch)
                if video.owner == owner and asked.status in (None, video.status)
            )
        return Page(tuple(found[: asked.limit]), has_more=len(found) > asked.limit)

    def _place(self, owner: str, video_id: str) -> str:
        """Where a video of the owner's stands, or stood before it was deleted."""
        if is_video_id(video_id):
            standing = self._videos.read(video_id) or self._videos.tombstone(video_id)
            if standing is not None and standing.owner == owner:
                return place(standing.created_at, video_id)
        raise InvalidRequestError(Problem("after", "after: the id of one of your videos"))

    def _read(self, video_ids: list[str]) -> Iterator[Video]:
        """The videos in the same order; one that cannot be read never hides the others."""
        standing = self._videos.read_many(video_ids)
        for video_id in video_ids:
            match standing.get(video_id):
                case Video() as video:
                    yield video
                case None:
                    continue  # deleted, and the index has not heard of it yet
                case unusable:
                    self._leave_out(video_id, unusable)

    def _leave_out(self, video_id: str, reason: Unusable) -> None:
        unknown = isinstance(reason, UnknownStateError)
        self._journal.warn("left out of a list", video_id=video_id, detail=str(reason))
        self._journal.count(Metric.UNKNOWN_STATE if unknown else Metric.ITEM_POISONED)
