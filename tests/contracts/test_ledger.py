"""The ledger in one transaction with its video: both tables, or neither."""

from dataclasses import replace
from decimal import Decimal

from reelhook.domain.failure import Billed
from reelhook.domain.ledger import Day, InFlight, Reservation
from reelhook.domain.lifecycle.sending import claim_new
from reelhook.domain.lifecycle.settling import reserve, settlement
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.price import Usage
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Transaction
from tests.builders import NOW, TIMING, VIDEO_ID, a_draft, a_video, a_video_id, an_error
from tests.contracts.aws import Together

DAY, OWNER, USER = "2027-01-15", "o" * 64, "u" * 64
HELD = Reservation(DAY, 780_000, (OWNER, USER))
COST = Usage("0.5", "USD", "as billed by the provider", estimated=False)


def asked(limits: OwnerLimits, video_id: str = VIDEO_ID, held: Reservation = HELD) -> Transaction:
    claim = claim_new(a_draft(video_id, reservation=held), f"claim-{video_id}", NOW, TIMING)
    return Transaction((claim, *reserve(held, limits, NOW)), f"claim-{video_id[-20:]}")


def settled(together: Together, video: Video) -> Video | None:
    """The video after its settlement."""
    assert together.store.apply(Transaction(settlement(video), f"settle-{video.state}")).refused == {}
    return together.videos.read(video.video_id)


def test_a_new_video_is_counted_for_its_owner_and_its_user(together: Together) -> None:
    assert together.store.apply(asked(OwnerLimits())).refused == {}

    for key in (OWNER, USER):
        assert together.ledger.days(key, ["2027-01-14", DAY]) == {DAY: Day(1, 780_000, 780_000)}
    standing = together.videos.read(VIDEO_ID)
    assert standing is not None
    assert standing.reservation == HELD


def test_beyond_a_limit_nothing_stands_and_it_tells_what_did(together: Together) -> None:
    limits = OwnerLimits(Limits(None, 1, Decimal("1.5599")), Limits(1))
    together.store.apply(asked(limits))

    outcome = together.store.apply(asked(limits, a_video_id(2)))

    stood = Day(1, 780_000, 780_000)
    assert outcome.refused == {"T0d owner": stood, "T0i owner": InFlight(1), "T0d user": stood}
    assert together.videos.read(a_video_id(2)) is None
    assert together.ledger.days(OWNER, [DAY]) == {DAY: stood}


def test_up_to_the_limit_all_stands(together: Together) -> None:
    limits = OwnerLimits(Limits(2, 2, Decimal("1.56")), Limits(2, 2, Decimal("1.56")))
    together.store.apply(asked(limits))

    assert together.store.apply(asked(limits, a_video_id(2))).refused == {}


def test_nothing_may_be_had_where_the_limit_is_nothing(together: Together) -> None:
    nothing = OwnerLimits(Limits(0, 0, Decimal(0)))

    assert together.store.apply(asked(nothing)).refused == {"T0d owner": None, "T0i owner": None}


def test_a_video_is_settled_once(together: Together) -> None:
    together.store.apply(asked(OwnerLimits()))
    video = a_video(State.STORED, reservation=HELD, usage=COST, open="1", due_at=NOW)
    together.plant(video)

    after = settled(together, video)

    assert after == replace(video, reservation=None, open=None, due_at=None)
    again = together.store.apply(Transaction(settlement(video), "settle-again"))
    assert again.refused == {"T16": after}
    for key in (OWNER, USER):
        assert together.ledger.days(key, [DAY]) == {DAY: Day(1, 500_000)}
    refused = together.store.apply(asked(OwnerLimits(Limits(None, 1)), a_video_id(2))).refused
    assert refused == {}  # its place is free


def test_what_failed_without_a_word_about_money_is_unconfirmed(together: Together) -> None:
    together.store.apply(asked(OwnerLimits()))
    unsaid = a_video(State.FAILED, reservation=HELD, error=an_error(billed=Billed.UNKNOWN))
    together.plant(unsaid)

    settled(together, unsaid)

    assert together.ledger.days(OWNER, [DAY]) == {DAY: Day(videos=1, unconfirmed=780_000)}


def test_what_expired_stays_committed_until_a_late_success_corrects_it(together: Together) -> None:
    together.store.apply(asked(OwnerLimits()))
    expired = a_video(State.EXPIRED, reservation=HELD, asked=1, open="1", due_at=NOW)
    together.plant(expired)

    after = settled(together, expired)

    assert after == replace(expired, reservation=None, booked=HELD)  # due for its hint as before
    assert together.ledger.days(OWNER, [DAY]) == {DAY: Day(videos=1, committed=780_000)}
    late = a_video(State.STORED, booked=HELD, usage=COST, open="1", due_at=NOW)
    together.plant(late)
    assert settled(together, late) == replace(late, booked=None, open=None, due_at=None)
    assert together.ledger.days(OWNER, [DAY]) == {DAY: Day(videos=1, committed=500_000)}
