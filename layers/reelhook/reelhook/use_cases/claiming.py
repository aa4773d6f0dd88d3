"""Making writes that must be known to stand: claims, leases, and the outcomes of a POST."""

from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.videos import Transactions, VideoStore
from reelhook.domain.video import Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write, is_mine

SETTLE_TRIES = 3


def take(videos: VideoStore, write: Write) -> Outcome[Video]:
    """Makes a claim (T0, T12, T6): after an unclear answer only a claim that is read back counts.

    Raises `StoreError` when nothing is there or nothing can be read: then nothing may be sent.
    """
    try:
        outcome = videos.apply(write)
    except StoreError:
        standing = videos.read(write.key.id)
        if standing is None:
            raise
        outcome = Outcome(False, standing)
    return _recognised(write, outcome)


def take_together(videos: VideoStore, transactions: Transactions, transaction: Transaction) -> Together:
    """Makes a claim (the first write, T0 or T0q) with what goes with it, as `take` does; raises `StoreError` likewise.

    What was there before is told as refused, also where only a reading showed it.
    """
    claim = transaction.writes[0]
    try:
        outcome = transactions.apply(transaction)
    except StoreError:
        standing = videos.read(claim.key.id)
        if standing is None:
            raise
        outcome = Together({claim.name: standing})
    mine = claim.name in outcome.refused and is_mine(claim, outcome.refused[claim.name])
    return Together() if mine else outcome


def settle(videos: VideoStore, write: Write) -> Outcome[Video]:
    """Makes a write whose condition lets it be repeated: what a POST or a transfer has come to."""
    for _ in range(SETTLE_TRIES - 1):
        try:
            return _recognised(write, videos.apply(write))
        except StoreError:
            continue
    return _recognised(write, videos.apply(write))


def _recognised(write: Write, outcome: Outcome[Video]) -> Outcome[Video]:
    if outcome.item is not None and is_mine(write, outcome.item):
        return Outcome(True, outcome.item)
    return outcome
