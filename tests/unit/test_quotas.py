"""Limits hold whoever asks at the same time; a request that was here before counts against none again."""

import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Lock
from typing import Any

import pytest

from reelhook.domain.answers import Refused, Succeeded
from reelhook.domain.errors.requests import PriceUnknownError, QuotaExceededError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.gate import Gate, close
from reelhook.domain.ledger import Day, InFlight, account_keys, day_id, day_of, micro_usd, usd_text
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.ports.journal import Metric
from reelhook.domain.price import Usage
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import DAY, SECOND
from reelhook.domain.video import State
from reelhook.domain.writes import Key
from reelhook.providers.catalog import MODELS, catalog
from tests.builders import LINK, NOW, a_request, an_error
from tests.unit.world import World

TODAY = "2027-01-15"
ESTIMATE = 780_000  # 5 s at 0.156 USD: APIXO's price list for 720p
UNPRICED = "apixo/seedance-2-0"


@pytest.fixture
def world() -> World:
    return World(models=MODELS)


def day(world: World, user: str | None = None, name: str = TODAY) -> Day:
    """What stands in the ledger of the owner, or of its user."""
    return world.ledger.days(account_keys("owner-1", user)[-1], [name]).get(name, Day())


def in_flight(world: World, user: str | None = None) -> int:
    item = world.transactions.others.items.get(Key("in_flight", account_keys("owner-1", user)[-1]), {})
    return InFlight(item.get("videos", 0)).videos


def limited(world: World, owner: Limits | None = None, user: Limits | None = None) -> None:
    world.limits = OwnerLimits(owner or Limits(), user or Limits())


def refused(
    world: World, key: str | None = "key-9", request: VideoRequest | None = None
) -> QuotaExceededError:
    with pytest.raises(QuotaExceededError) as raised:
        world.submit(key, request)
    return raised.value


def test_a_video_holds_its_estimate_and_a_place_from_its_record_on(world: World) -> None:
    video = world.submit(request=a_request(user="anna"))

    for user in (None, "anna"):
        assert day(world, user) == Day(videos=1, committed=ESTIMATE, reserved=ESTIMATE)
        assert in_flight(world, user) == 1
    assert world.see(video).reservation == video.reservation


def test_what_waits_in_the_queue_holds_as_much_and_is_not_counted_again_when_it_is_sent(world: World) -> None:
    world.gates.apply(close(Gate("apixo"), NOW, 60, False))
    world.submit()
    assert (day(world).videos, in_flight(world)) == (1, 1)

    world.dispatch_tick(DAY)

    assert (day(world).videos, day(world, name="2027-01-16").videos, in_flight(world)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("limits", "param", "most", "left"),
    [
        (Limits(1), "videos_per_day", "1", "0"),
        (Limits(None, 1), "in_flight", "1", "0"),
        (Limits(None, None, Decimal("1.50")), "usd_per_day", "1.5", "0.72"),
    ],
)
@pytest.mark.parametrize("whose", ["owner", "user"])
def test_one_more_than_a_limit_is_refused_with_what_is_left_and_nothing_is_sent(
    world: World, whose: str, limits: Limits, param: str, most: str, left: str
) -> None:
    limited(world, **{whose: limits})
    world.submit("key-1", a_request(user="anna"))
    before = dict(world.transactions.others.items)

    error = refused(world, request=a_request(user="anna"))

    [limit] = error.exceeded
    assert (limit.whose, limit.limit, limit.most, limit.left) == (whose, param, most, left)
    assert len(world.provider.sent) == len(world.videos) == 1
    assert world.transactions.others.items == before


def test_a_limit_of_a_user_is_each_users_own(world: World) -> None:
    limited(world, user=Limits(1))
    for user in ("anna", "boris", None):
        world.submit(f"key-{user}", a_request(user=user))

    refused(world, request=a_request(user="anna"))


@pytest.mark.parametrize("limits", [Limits(0), Limits(None, 0), Limits(None, None, Decimal("0.77"))])
def test_where_not_even_one_may_be_the_first_is_refused(world: World, limits: Limits) -> None:
    limited(world, limits)

    refused(world)


def test_a_day_ends_with_its_utc_day(world: World) -> None:
    limited(world, Limits(1))
    world.clock.now = 1_800_057_600 * SECOND - 1  # 2027-01-15 24:00 UTC
    world.submit("key-1")
    refused(world)

    world.clock.advance(1)
    world.submit("key-2")

    assert (day(world).videos, day(world, name="2027-01-16").videos) == (1, 1)


def test_the_same_key_is_answered_with_its_video_though_the_limit_is_reached(world: World) -> None:
    limited(world, Limits(1, 1))
    first = world.submit()

    assert world.submit().video_id == first.video_id
    assert day(world).videos == 1


def test_an_sdks_retry_meets_its_first_attempt_though_the_limit_is_reached(world: World) -> None:
    limited(world, Limits(1, 1))
    first = world.submit(None)
    world.clock.advance(SECOND)

    assert world.submit(None, retry=1).video_id == first.video_id
    assert (day(world).videos, in_flight(world)) == (1, 1)


def test_an_unclear_answer_to_the_record_counts_once(world: World) -> None:
    world.transactions.silent = [True]

    world.submit()

    assert (day(world).videos, len(world.provider.sent)) == (1, 1)


@pytest.mark.parametrize("whose", ["owner", "user"])
def test_where_dollars_are_limited_the_price_has_to_be_known(world: World, whose: str) -> None:
    unpriced = a_request(model=UNPRICED, user="anna")
    world.submit("key-1", unpriced)
    limited(world, **{whose: Limits(None, None, Decimal(5))})

    with pytest.raises(PriceUnknownError):
        world.submit("key-2", unpriced)

    assert len(world.provider.sent) == 1


def test_a_users_dollars_stand_in_nobodys_way_who_names_no_user(world: World) -> None:
    limited(world, user=Limits(None, None, Decimal(5)))

    world.submit(request=a_request(model=UNPRICED))

    assert day(world) == Day(videos=1)


def test_the_operator_may_set_a_price() -> None:
    priced = catalog(None, None, {UNPRICED: Decimal("0.2")}).models
    world = World(models=priced)
    limited(world, Limits(None, None, Decimal(5)))

    video = world.submit(request=a_request(model=UNPRICED))
    assert day(world).committed == 1_000_000
    world.provider.answers_task("task-1", Succeeded((LINK,)))
    world.deliver(video)

    assert world.see(video).usage == Usage("1.0", "USD", "5 s x 0.2 USD/s", estimated=True)


def test_of_50_parallel_requests_exactly_10_are_accepted_though_3_in_10_transactions_conflict(
    world: World,
) -> None:
    limited(world, Limits(10))
    conflicts = random.Random(7)  # noqa: S311 - no secret
    turn, apply = Lock(), world.transactions.apply

    def contended(transaction: Any) -> Any:
        for _ in range(5):
            with turn:
                if conflicts.random() >= 0.3:
                    return apply(transaction)
        raise StoreError("DynamoDB: TransactionConflict")

    world.transactions.apply = contended  # type: ignore[method-assign]

    def ask(number: int) -> str:
        for _ in range(20):  # a 503 is for the client to repeat
            try:
                world.submit(f"key-{number}")
            except StoreError:
                continue
            except QuotaExceededError:
                return "refused"
            return "accepted"
        return "no answer"

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))

    assert (answers.count("accepted"), answers.count("refused")) == (10, 40)
    assert (len(world.videos), len(world.provider.sent), day(world).videos) == (10, 10, 10)


def test_a_refusal_is_settled_with_its_answer(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error())]

    video = world.submit()

    assert world.see(video).reservation is None
    assert (day(world), in_flight(world)) == (Day(videos=1), 0)


def test_a_video_that_is_looked_at_is_settled_if_it_has_ended(world: World) -> None:
    video = world.submit()
    world.provider.answers_task("task-1", Succeeded((LINK,), charged=Decimal("0.5")))
    world.deliver(video)
    assert in_flight(world) == 1

    world.reading.video("owner-1", video.video_id)

    assert (day(world), in_flight(world)) == (Day(videos=1, committed=500_000), 0)
    assert world.see(video).open is None


def test_a_look_is_answered_though_the_ledger_is_not(world: World) -> None:
    video = world.submit()
    world.provider.answers_task("task-1", Succeeded((LINK,)))
    world.deliver(video)
    world.transactions.silent = [False]

    assert world.reading.video("owner-1", video.video_id).state is State.STORED

    world.tick()
    assert in_flight(world) == 0


def test_what_cannot_be_settled_is_not_deleted(world: World) -> None:
    video = world.submit()
    world.provider.answers_task("task-1", Succeeded((LINK,)))
    world.deliver(video)
    world.transactions.silent = [False, False]

    with pytest.raises(StoreError):
        world.ending.delete("owner-1", video.video_id)
    world.ending.delete("owner-1", video.video_id)

    assert (world.videos.read(video.video_id), in_flight(world)) == (None, 0)


def test_a_charge_above_its_estimate_is_booked_and_counted(world: World) -> None:
    video = world.submit()
    world.provider.answers_task("task-1", Succeeded((LINK,), charged=Decimal("0.9")))
    world.deliver(video)
    world.tick()

    assert day(world).committed == 900_000
    assert world.journal.counts[Metric.CHARGE_ABOVE_ESTIMATE] == 1


@pytest.mark.parametrize(
    ("amount", "micro"), [("0.78", 780_000), ("0.0000001", 1), ("0", 0), ("123456.654321", 123_456_654_321)]
)
def test_dollars_are_counted_in_whole_millionths_a_started_one_in_full(amount: str, micro: int) -> None:
    assert micro_usd(Decimal(amount)) == micro


@pytest.mark.parametrize(
    ("micro", "text"), [(780_000, "0.78"), (0, "0"), (2_000_000, "2"), (1, "0.000001"), (10_000_000, "10")]
)
def test_and_told_in_decimal_digits(micro: int, text: str) -> None:
    assert usd_text(micro) == text


def test_no_owner_can_name_an_account_of_another() -> None:
    names = [account_keys(owner, user) for owner in ("a", "a-b") for user in ("b", "-b", "user")]

    assert len({keys[-1] for keys in names} | {keys[0] for keys in names}) == 8
    assert day_id("k", day_of(NOW)) == f"k#{TODAY}"
