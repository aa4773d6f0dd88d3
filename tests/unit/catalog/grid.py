"""Requests at and just beyond every limit that any page names, the same for all models; no figure is the catalog's."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from reelhook.domain.request import Mode, VideoRequest

IMAGE, CLIP, SOUND = "https://example.com/a.png", "https://example.com/a.mp4", "https://example.com/a.mp3"
# At and beyond the bounds of all pages together: a value that is sound for one model is beyond another's.
SCALARS: dict[str, tuple[Any, ...]] = {
    "prompt": (*("a" * length for length in (1, 2, 3, 2_000, 2_001, 2_500, 2_501, 10_000, 10_001)), None),
    "seconds": tuple(range(18)),
    "resolution": ("480p", "720p", "1080p", "2160p"),
    "aspect_ratio": ("21:9", "16:9", "4:3", "1:1", "3:4", "9:16", "9:21", "auto", "adaptive"),
    "generate_audio": (True, False),
    "seed": (-2, -1, 0, 2**31 - 1, 2**31, 2**32 - 1, 2**32),
}
OPTIONS: dict[str, tuple[object, ...]] = {
    "web_search": (True, False, "yes", 1),
    "fixed_lens": (True, False, 0),
    "camera_fixed": (True, False, "true"),
    "return_last_frame": (True, False, 1),
    "frames": (28, 29, 30, 289, 290, "29"),
    "service_tier": ("default", "flex", "fast", True),
    "execution_expires_after": (3_599, 3_600, 259_200, 259_201, "3600"),
}
FRAMES = ((), ("first_frame",), ("last_frame",), ("first_frame", "last_frame"))
COUNTS = {
    "reference_images": (0, 1, 9, 10),
    "reference_videos": (0, 1, 3, 4),
    "reference_audios": (0, 1, 3, 4),
}
PLAIN: dict[str, dict[str, Any]] = {  # a sound request of each model that text alone does not ask for
    "seedance-1.5-pro-i2v": {"first_frame": IMAGE},
    "seedance-2.0-v2v": {"reference_videos": (CLIP,)},
}


def grid(name: str) -> Iterator[VideoRequest]:
    """Every value of every field alone, and every combination of media."""
    plain = asked(name, **PLAIN.get(name.partition("/")[2], {}))
    yield plain
    for field, values in SCALARS.items():
        for value in values:
            yield replace(plain, **{field: value})
    for option, values in OPTIONS.items():
        for value in values:
            yield replace(plain, provider_options={option: value})
    for frames, images, videos, audios in product(FRAMES, *COUNTS.values()):
        yield asked(
            name,
            **dict.fromkeys(frames, IMAGE),
            reference_images=(IMAGE,) * images,
            reference_videos=(CLIP,) * videos,
            reference_audios=(SOUND,) * audios,
        )


def asked(name: str, **fields: Any) -> VideoRequest:
    """A request with its mode: references make it one by reference, else frames make it one by frames."""
    references = any(fields.get(kind) for kind in COUNTS)
    frames = any(fields.get(frame) for frame in ("first_frame", "last_frame"))
    mode = Mode.REFERENCE if references else Mode.FRAMES if frames else Mode.TEXT_TO_VIDEO
    return VideoRequest(model=name, mode=mode, **{"prompt": "a boat", **fields})
