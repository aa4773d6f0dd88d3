"""What a video cost: the provider's own amount, else the catalog's formula, else nothing; it is never guessed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reelhook.domain.answers import Succeeded, TaskFailed
from reelhook.domain.failure import Billed, Category
from reelhook.domain.ports.journal import Metric
from reelhook.domain.price import Usage
from reelhook.domain.request import VideoRequest
from reelhook.domain.video import State, Video
from tests.builders import LINK, a_request, an_error
from tests.models import CATALOG
from tests.unit.world import World

BILLED = Usage("0.2400", "USD", "as billed by the provider", estimated=False)
UNPRICED = "apixo/seedance-2-0"


def after(answer: Succeeded | TaskFailed, request: VideoRequest | None = None) -> tuple[World, Video]:
    world = World(models=CATALOG.models)
    video = world.submit(request=request)
    world.provider.answers_task("task-1", answer)
    assert world.deliver(video) == 200
    return world, world.see(video)


def test_the_providers_own_amount_counts() -> None:
    _, video = after(Succeeded((LINK,), charged=Decimal("0.2400")))
    assert (video.state, video.usage) == (State.STORED, BILLED)


def test_without_one_the_formula_says_it() -> None:
    _, video = after(Succeeded((LINK,)), a_request(seconds=5, resolution="720p"))
    assert video.usage is not None
    assert Decimal(video.usage.cost) == Decimal("0.78")  # the page's example: 5 s at 720p
    assert video.usage.estimated


@pytest.mark.parametrize(
    "request_", [a_request(model=UNPRICED), a_request(model="apixo/gone"), a_request(resolution="8k")]
)
def test_what_nobody_knows_is_not_told(request_: VideoRequest) -> None:
    world = World(models=CATALOG.models)
    video = world.submit(request=a_request())
    world.videos.plant(replace(world.see(video), request=request_, model=request_.model))
    world.provider.answers_task("task-1", Succeeded((LINK,)))

    assert world.deliver(video) == 200
    assert (world.state(video), world.see(video).usage) == (State.STORED, None)


def test_a_failure_carries_the_providers_amount_if_it_named_one() -> None:
    error = an_error(billed=Billed.YES)
    _, billed = after(TaskFailed(error, charged=Decimal("0.2400")))
    _, silent = after(TaskFailed(an_error()))
    assert (billed.state, billed.usage, billed.error) == (State.FAILED, BILLED, error)
    assert (silent.state, silent.usage) == (State.FAILED, None)


def test_a_task_that_failed_for_the_accounts_sake_alarms_the_operator() -> None:
    world, _ = after(TaskFailed(an_error(code="provider_account", category=Category.ACCOUNT)))
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 1
    world, _ = after(TaskFailed(an_error()))
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 0
