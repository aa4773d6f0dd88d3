"""Putting a request on record, once: its references, its video, and its place in the ledger."""

from collections.abc import Mapping, Sequence

from reelhook.domain.catalog import Catalog
from reelhook.domain.charging import estimate
from reelhook.domain.drops import Drop
from reelhook.domain.errors.requests import PriceUnknownError, QuotaExceededError
from reelhook.domain.ledger import Reservation, account_keys, day_of, micro_usd, usd_text
from reelhook.domain.lifecycle.settling import reserve
from reelhook.domain.owners import OwnerLimits
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.videos import Transactions, VideoStore
from reelhook.domain.quotas import capped, exceeded
from reelhook.domain.references import HeldMedia
from reelhook.domain.request import VideoRequest, request_hash
from reelhook.domain.time import Instant
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.uploads import UploadVersion
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Stood, Transaction, Write
from reelhook.use_cases.claiming import take_together
from reelhook.use_cases.referencing import References


class Recording:
    """What a client's request and a drop have in common: neither is anything before it is on record."""

    def __init__(
        self,
        videos: VideoStore,
        transactions: Transactions,
        references: References,
        catalog: Catalog,
        clock: Clock,
    ) -> None:
        self._videos, self._transactions, self._references = videos, transactions, references
        self._catalog, self._clock = catalog, clock

    def draft(
        self,
        video_id: str,
        owner: str,
        request: VideoRequest,
        limits: OwnerLimits,
        references: int = 0,
        uploads: Sequence[UploadVersion] = (),
        drop: Drop | None = None,
    ) -> Video:
        """The video as it would be recorded now; raises `PriceUnknownError`."""
        now = self._clock()
        return Video(
            video_id=video_id,
            owner=owner,
            request=request,
            request_hash=request_hash(request),
            provider=request.model.partition("/")[0],
            model=request.model,
            created_at=now,
            state=State.QUEUED,
            references=references,
            uploads=tuple(uploads),
            drop=drop,
            reservation=self._reservation(owner, request, limits, now),
        )

    def standing(self, video_id: str) -> Video | Tombstone | None:
        """What is on record under this id; raises `StoreError`."""
        return self._videos.read(video_id) or self._videos.tombstone(video_id)

    def keep(self, draft: Video, held: Sequence[HeldMedia]) -> None:
        """The references come before the record; those of a request that then comes to no video go by lifecycle.

        Raises `StoreError`, and `ObjectConflictError` where an earlier attempt left other bytes.
        """
        self._references.keep(draft, held)

    def record(
        self, write: Write, draft: Video, limits: OwnerLimits, token: str, *also: Write
    ) -> Mapping[str, Stood]:
        """Makes T0 or T0q, and `also`, with the draft's reservation: all of them, or none.

        Empty if it is on record now; else, by the writes' names, what stood there. Raises `QuotaExceededError`, `StoreError`.
        """
        reservation = draft.reservation
        counted = () if reservation is None else reserve(reservation, limits, self._clock())
        transaction = Transaction((write, *also, *counted), token)
        refused = take_together(self._videos, self._transactions, transaction).refused
        met = {name: refused[name] for name in (each.name for each in (write, *also)) if name in refused}
        if refused and not met:
            usd = 0 if reservation is None else reservation.usd
            raise QuotaExceededError(exceeded(refused, limits, usd), usd_text(usd))
        return met

    def _reservation(
        self, owner: str, request: VideoRequest, limits: OwnerLimits, now: Instant
    ) -> Reservation:
        """What the video holds in the ledger, whether or not there are limits: one set later counts it too."""
        model = self._catalog.find(request.model)
        cost = None if model is None else estimate(model, request)
        if cost is None and capped(limits, request.user):
            raise PriceUnknownError(request.model)
        usd = 0 if cost is None else micro_usd(cost)
        return Reservation(day_of(now), usd, account_keys(owner, request.user))
