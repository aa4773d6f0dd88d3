"""Settling: a video that has come to its end gives back what it held in the ledger, and leaves what it cost."""

from reelhook.domain.errors.running import StoreError
from reelhook.domain.ledger import usd_text
from reelhook.domain.lifecycle.settling import charge, settlement
from reelhook.domain.lifecycle.writing import unsettled
from reelhook.domain.ports.environment import Randomness
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import Transactions
from reelhook.domain.video import FINAL_STATES, Video
from reelhook.domain.writes import Transaction


class Settlement:
    """Whoever may write the ledger settles what it meets; the reconciler settles the rest."""

    def __init__(self, transactions: Transactions, randomness: Randomness, journal: Journal) -> None:
        self._transactions, self._randomness, self._journal = transactions, randomness, journal

    def settle(self, video: Video) -> bool:
        """Whether this video was settled by it, once for ever; raises `StoreError` when that is not clear."""
        if video.state not in FINAL_STATES or not unsettled(video, video.state):
            return False
        outcome = self._transactions.apply(Transaction(settlement(video), self._randomness(16).hex()))
        if outcome.refused:
            return False
        held = video.reservation or video.booked
        spent = 0 if held is None else charge(video, held)
        self._journal.note("settled", video_id=video.video_id, usd=usd_text(spent))
        if held is not None and spent > held.usd > 0:
            self._journal.warn("charged above its estimate", video_id=video.video_id, usd=usd_text(spent))
            self._journal.count(Metric.CHARGE_ABOVE_ESTIMATE)
        return True

    def try_to_settle(self, video: Video) -> None:
        """Settles it if that is to be had at once; else it stays due, and the reconciler does it."""
        try:
            self.settle(video)
        except StoreError as error:
            self._journal.note("left to the reconciler", video_id=video.video_id, detail=str(error))
