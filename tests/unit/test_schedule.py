"""When a video is due: counted from the POST, by the clock."""

import pytest

from reelhook.domain.schedule import (
    Timing,
    hint_time_left,
    miss_delay,
    next_look,
    resend_delay,
    retry_delay,
    timing,
    token_end,
)
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.video import State
from tests.builders import NOW, a_video

USUAL = timing(expected=6 * MINUTE, provider_end=DAY)


def test_the_usual_schedule_is_a_quarter_of_an_hour_after_the_expected_end_then_1_4_12_and_24_hours() -> None:
    assert USUAL.looks == (21 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR)


def test_a_callback_deadline_of_d_gives_d_3d_12d_36d_and_the_provider_end() -> None:
    assert timing(6 * MINUTE, HOUR, 10 * SECOND).looks == (
        10 * SECOND,
        30 * SECOND,
        120 * SECOND,
        360 * SECOND,
        HOUR,
    )


def test_times_at_or_past_the_provider_end_fall_away() -> None:
    assert timing(6 * MINUTE, 60 * SECOND, 30 * SECOND).looks == (30 * SECOND, 60 * SECOND)


def test_a_slow_model_keeps_a_strictly_increasing_schedule() -> None:
    looks = timing(expected=45 * MINUTE, provider_end=DAY).looks

    assert looks == (HOUR, 4 * HOUR, 12 * HOUR, DAY)


def test_an_unknown_submit_is_given_up_at_the_third_time_or_the_last() -> None:
    assert USUAL.unknown_submit == 4 * HOUR
    assert Timing((30 * SECOND, 60 * SECOND)).unknown_submit == 60 * SECOND


@pytest.mark.parametrize(
    ("age", "next_at"),
    [
        (0, 21 * MINUTE),
        (21 * MINUTE, HOUR),
        (5 * HOUR, 12 * HOUR),
        (24 * HOUR, 24 * HOUR + 30 * MINUTE),
        (25 * HOUR, 26 * HOUR),
    ],
)
def test_the_next_look_is_the_first_time_to_come_and_then_hourly(age: int, next_at: int) -> None:
    video = a_video(State.SUBMITTED, sent_at=NOW)

    assert next_look(video, NOW + age, USUAL) == NOW + next_at


def test_a_status_has_half_an_hour_past_the_end_to_tell_of_a_success_and_less_after_a_short_one() -> None:
    assert USUAL.given_up == 24 * HOUR + 30 * MINUTE
    assert timing(expected=6 * MINUTE, provider_end=72 * HOUR).given_up == 72 * HOUR + 30 * MINUTE
    assert Timing((48 * SECOND,)).given_up == 49 * SECOND


@pytest.mark.parametrize(("since_hint", "next_in"), [(0, 1), (1, 3), (2, 3), (3, 10), (10, 30)])
def test_a_hint_brings_looks_after_1_3_10_and_30_minutes(since_hint: int, next_in: int) -> None:
    video = a_video(State.SUBMITTED, sent_at=NOW - 5 * HOUR, hinted_at=NOW)

    assert next_look(video, NOW + since_hint * MINUTE, USUAL) == NOW + next_in * MINUTE


def test_an_expired_video_follows_its_hint_and_then_every_quarter_of_an_hour() -> None:
    video = a_video(State.EXPIRED, sent_at=NOW - 25 * HOUR, hinted_at=NOW)

    assert next_look(video, NOW, USUAL) == NOW + MINUTE
    assert next_look(video, NOW + HOUR, USUAL) == NOW + HOUR + 15 * MINUTE


def test_no_look_is_planned_past_the_end_of_the_token() -> None:
    video = a_video(State.SUBMITTED, sent_at=NOW)

    assert token_end(video, USUAL) == NOW + 48 * HOUR
    assert next_look(video, NOW + 48 * HOUR - MINUTE, USUAL) == NOW + 48 * HOUR


def test_hint_time_lasts_half_an_hour() -> None:
    video = a_video(State.SUBMITTED, hinted_at=NOW)

    assert hint_time_left(video, NOW + 30 * MINUTE - 1)
    assert not hint_time_left(video, NOW + 30 * MINUTE)
    assert not hint_time_left(a_video(State.SUBMITTED), NOW)


def test_delays_double_up_to_their_cap() -> None:
    assert [retry_delay(tries) // SECOND for tries in (0, 1, 2, 6, 7, 500)] == [30, 60, 120, 1920, 3600, 3600]
    assert [resend_delay(sends) // SECOND for sends in (0, 1, 4, 5)] == [120, 240, 1920, 3600]
    assert [miss_delay(misses) // MINUTE for misses in (0, 1, 3, 4)] == [1, 2, 8, 15]
