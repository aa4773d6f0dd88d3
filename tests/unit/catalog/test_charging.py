"""What a video costs: the vendors' lists and formulas, at most before it is sent, and once it is there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reelhook.domain.charging import estimate, formula_usage
from reelhook.domain.price import Usage
from reelhook.domain.request import Mode
from tests.models import AUDIO, IMAGE, VIDEO, asked, model

FAST = "apixo/seedance-2-0-fast"
I2V, T2V = "modellix/seedance-2.0-fast-i2v", "modellix/seedance-1.0-pro-fast-t2v"
PRO = "modellix/seedance-1.5-pro-i2v"
CLIP: dict[str, Any] = {"mode": Mode.REFERENCE, "reference_videos": (VIDEO,)}
FRAME: dict[str, Any] = {"mode": Mode.FRAMES, "first_frame": IMAGE}

ESTIMATES: list[tuple[str, dict[str, Any], str]] = [
    # APIXO, "Billing": what is left open is sent as 5 s and 720p
    (FAST, {}, "0.78"),
    (FAST, {"seconds": 15}, "2.34"),
    (FAST, {"resolution": "480p"}, "0.38"),
    (FAST, {"resolution": "480p", "seconds": 15}, "1.14"),
    (FAST, {"size": "864x496"}, "0.38"),
    (FAST, {"generate_audio": False, "provider_options": {"web_search": True}}, "0.78"),
    (FAST, FRAME, "0.78"),
    # images and sounds add nothing; reference videos may be 15 s long together
    (FAST, {"mode": Mode.REFERENCE, "reference_images": (IMAGE,) * 9}, "0.78"),
    (FAST, {"mode": Mode.REFERENCE, "reference_images": (IMAGE,), "reference_audios": (AUDIO,)}, "0.78"),
    (FAST, CLIP, "1.9"),
    (FAST, {**CLIP, "seconds": 15}, "2.85"),
    (FAST, {**CLIP, "seconds": 15, "resolution": "480p"}, "1.41"),
    # Modellix: a resolution that is left open is the dearest, unless the page names the default (which is 1080p)
    (T2V, {}, "0.2485"),
    (T2V, {"resolution": "480p", "seconds": 12}, "0.1488"),
    (T2V, {"size": "1248x704"}, "0.124"),
    (I2V, {}, "0.69"),
    (I2V, {"resolution": "480p"}, "0.345"),
    (PRO, FRAME, "0.598"),
    (PRO, {**FRAME, "resolution": "720p", "seconds": 12}, "0.7176"),
    (PRO, {**FRAME, "generate_audio": False, "resolution": "480p"}, "0.138"),
    # flex counts in full
    (T2V, {"resolution": "480p", "provider_options": {"service_tier": "flex"}}, "0.062"),
    # frames set the length, 24 a second; with seconds beside them the longer counts
    (T2V, {"resolution": "720p", "provider_options": {"frames": 240}}, "0.248"),
    (T2V, {"resolution": "720p", "provider_options": {"frames": 29}}, "0.0496"),
    (T2V, {"resolution": "720p", "seconds": 12, "provider_options": {"frames": 29}}, "0.2976"),
    (T2V, {"resolution": "720p", "seconds": 2, "provider_options": {"frames": 289}}, "0.3224"),
]


@pytest.mark.parametrize(("name", "fields", "usd"), ESTIMATES)
def test_an_estimate_is_the_most_that_the_request_can_cost(
    name: str, fields: dict[str, Any], usd: str
) -> None:
    assert estimate(model(name), asked(name, **fields)) == Decimal(usd)


@pytest.mark.parametrize(
    "name",
    [
        "apixo/seedance-2-0",
        "apixo/seedance-2-0-mini",
        "apixo/seedance-1-5-pro",
        "modellix/seedance-2.0-v2v",
    ],
)
def test_a_price_that_no_page_names_is_not_guessed(name: str) -> None:
    assert estimate(model(name), asked(name, **CLIP)) is None
    assert formula_usage(model(name), asked(name, **CLIP)) is None


def test_an_open_length_without_a_known_default_is_the_longest() -> None:
    known = model(I2V)
    open_ended = replace(known.fields["seconds"], provider_default=None)
    unknown = replace(known, fields={**known.fields, "seconds": open_ended})

    assert estimate(unknown, asked(I2V, resolution="480p")) == Decimal("0.0690") * 15


@pytest.mark.parametrize(
    ("name", "fields", "cost", "rule"),
    [
        (FAST, {}, "0.780", "5 s x 0.156 USD/s"),
        (FAST, {"seconds": 15, "resolution": "480p"}, "1.140", "15 s x 0.076 USD/s"),
        (FAST, CLIP, "1.900", "(5 s + 15 s of reference video at most) x 0.095 USD/s"),
        (T2V, {"seconds": 12, "provider_options": {"frames": 48}}, "0.0994", "2 s x 0.0497 USD/s"),
        (PRO, {**FRAME, "resolution": "720p"}, "0.2990", "5 s x 0.0598 USD/s"),
    ],
)
def test_a_finished_video_costs_what_the_formula_says(
    name: str, fields: dict[str, Any], cost: str, rule: str
) -> None:
    assert formula_usage(model(name), asked(name, **fields)) == Usage(cost, "USD", rule, estimated=True)


def test_a_charge_by_the_formula_is_never_above_the_estimate() -> None:
    for name, fields, usd in ESTIMATES:
        usage = formula_usage(model(name), asked(name, **fields))
        assert usage is not None
        assert 0 < Decimal(usage.cost) <= Decimal(usd)
