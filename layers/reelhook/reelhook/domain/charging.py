"""What a video costs: at most, before it is sent; by the vendor's formula, once it is there."""

from decimal import Decimal

from reelhook.domain.fields import Whole
from reelhook.domain.model import Model, resolved
from reelhook.domain.price import CURRENCY, Price, Usage
from reelhook.domain.request import VideoRequest


def estimate(model: Model, request: VideoRequest) -> Decimal | None:
    """The most (USD) that this request can cost, over all that the client left open; `None` without a known price.

    The tier `flex` counts in full: no page says what it saves.
    """
    if model.price is None:
        return None
    seconds = max(_lengths(model, model.price, request))
    return _rate(model, model.price, request) * (seconds + _reference_seconds(model.price, request))


def formula_usage(model: Model, request: VideoRequest) -> Usage | None:
    """What a finished video cost by the vendor's formula; `None` without a known price.

    What the request does not tell (how long reference videos are, which resolution was taken) counts at its most.
    """
    if model.price is None:
        return None
    rate = _rate(model, model.price, request)
    seconds = _lengths(model, model.price, request)[0]
    reference = _reference_seconds(model.price, request)
    counted = f"({seconds} s + {reference} s of reference video at most)" if reference else f"{seconds} s"
    cost = rate * (seconds + reference)
    return Usage(f"{cost:f}", CURRENCY, f"{counted} x {rate:f} {CURRENCY}/s", estimated=True)


def billed_usage(charged: Decimal) -> Usage:
    """What the provider itself says it took (USD)."""
    return Usage(f"{charged:f}", CURRENCY, "as billed by the provider", estimated=False)


def _rate(model: Model, price: Price, request: VideoRequest) -> Decimal:
    rates = price.with_video if price.with_video and request.reference_videos else price.rates
    told = resolved(model, request).get("resolution", model.fields["resolution"].provider_default)
    return rates[told] if isinstance(told, str) else max(rates.values())


def _lengths(model: Model, price: Price, request: VideoRequest) -> list[int]:
    """How many seconds the output may have, the likeliest first: frames, where given, beat seconds."""
    frames = request.provider_options.get("frames")
    told = resolved(model, request).get("seconds", model.fields["seconds"].provider_default)
    if price.frame_rate and isinstance(frames, int):
        by_frames = -(-frames // price.frame_rate)
        return [by_frames, told] if request.seconds is not None and isinstance(told, int) else [by_frames]
    if isinstance(told, int):
        return [told]
    values = model.fields["seconds"].values
    if not isinstance(values, Whole):
        raise TypeError(f"{model.name} declares no longest video")
    return [values.most]


def _reference_seconds(price: Price, request: VideoRequest) -> int:
    return price.reference_seconds if price.with_video and request.reference_videos else 0
