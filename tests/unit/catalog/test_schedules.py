"""How long a model's tasks are waited for: APIXO's a day, Modellix's as long as the request asked, and an hour."""

import pytest

from reelhook.providers.catalog import catalog
from tests.models import CATALOG, asked

MINUTE, HOUR = 60_000, 3_600_000
FAST, I2V = "apixo/seedance-2-0-fast", "modellix/seedance-2.0-fast-i2v"


@pytest.mark.parametrize("name", [name for name in CATALOG.names if name.startswith("apixo/")])
def test_looks_come_after_the_longest_usual_time_and_end_after_a_day(name: str) -> None:
    assert CATALOG.timing(asked(name)).looks == (21 * MINUTE, 1 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR)


@pytest.mark.parametrize("name", [name for name in CATALOG.names if name.startswith("modellix/")])
def test_a_task_of_modellix_ends_two_days_and_an_hour_after_it_was_sent(name: str) -> None:
    assert CATALOG.timing(asked(name)).looks == (21 * MINUTE, 1 * HOUR, 4 * HOUR, 12 * HOUR, 49 * HOUR)


@pytest.mark.parametrize(("seconds", "end"), [(3_600, 2 * HOUR), (86_400, 25 * HOUR), (259_200, 73 * HOUR)])
def test_a_task_that_asked_for_another_life_ends_an_hour_after_it(seconds: int, end: int) -> None:
    request = asked(I2V, provider_options={"execution_expires_after": seconds})

    assert CATALOG.timing(request).provider_end == end


def test_an_option_of_that_name_means_nothing_to_a_model_without_it() -> None:
    request = asked(FAST, provider_options={"execution_expires_after": 3_600})

    assert CATALOG.timing(request).provider_end == 24 * HOUR


def test_the_operators_deadlines_stand_in_place_of_every_models_own() -> None:
    assert catalog(2, 10).timing(asked(FAST)).looks == (2_000, 6_000, 10_000)
    assert catalog(None, 7200).timing(asked(FAST)).looks == (21 * MINUTE, HOUR, 2 * HOUR)
    assert catalog(60, None).timing(asked(FAST)).looks == (
        MINUTE,
        3 * MINUTE,
        12 * MINUTE,
        36 * MINUTE,
        24 * HOUR,
    )
    asking = asked(I2V, provider_options={"execution_expires_after": 259_200})
    assert catalog(None, 60).timing(asking).provider_end == MINUTE


def test_zero_means_the_models_own_deadlines() -> None:
    assert catalog(0, 0).timing(asked(FAST)) == CATALOG.timing(asked(FAST))


def test_videos_of_a_model_that_is_gone_keep_the_longest_schedule() -> None:
    assert CATALOG.timing(asked("apixo/gone")).provider_end == 73 * HOUR
    assert catalog(None, 60).timing(asked("apixo/gone")).provider_end == MINUTE
