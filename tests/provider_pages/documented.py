"""Every field that the pages document: each value of a set, both bounds of a range, every number of media."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.provider_pages.asking import Fields
from tests.provider_pages.examples import (
    APIXO_FAST,
    APIXO_FULL,
    APIXO_MINI,
    APIXO_PRO,
    FAST_I2V,
    FAST_T2V,
    PRO_I2V,
    V2V,
)

BOAT = "\u26f5"  # one character, and one that no log has by chance
# Lengths of reference media, which the pages bound; what is not named here is 5 s long.
SECONDS = {
    "https://example.com/shortest.mp4": 2,
    "https://example.com/longest.mp4": 15,
    "https://example.com/shortest.mp3": 2,
    "https://example.com/longest.mp3": 15,
}


@dataclass(frozen=True, slots=True)
class Documented:
    """One model's fields by their names on the page; `media` are the ways to give some, `prompts` its bounds."""

    model: str
    fields: dict[str, Sequence[Any]]
    prompts: Sequence[str | None]
    media: Sequence[Fields] = field(default_factory=lambda: ({},))

    def requests(self) -> Iterator[Fields]:
        """As few requests as show every value of every field: in each, all fields have their next one."""
        for number in range(max(map(len, (*self.fields.values(), self.prompts, self.media)))):
            prompt = self.prompts[number % len(self.prompts)]
            told = {name: values[number % len(values)] for name, values in self.fields.items()}
            yield (
                ({} if prompt is None else {"prompt": prompt}) | told | self.media[number % len(self.media)]
            )


def links(amount: int, suffix: str) -> list[str]:
    """So many links."""
    return [f"https://example.com/{number}.{suffix}" for number in range(amount)]


_TEXT = {"mode": "text-to-video"}
_FRAMES = [{"mode": "first_and_last_frames", "image_urls": links(amount, "png")} for amount in (1, 2)]
_OMNI = [
    {"mode": "omni_reference", **media}
    for media in (
        {"image_urls": links(1, "png")},
        {"image_urls": links(9, "png")},
        {"video_urls": links(1, "mp4")},
        {"video_urls": links(3, "mp4")},
        {"image_urls": links(1, "png"), "audio_urls": links(1, "mp3")},
        {"video_urls": links(1, "mp4"), "audio_urls": links(3, "mp3")},
        {"video_urls": ["https://example.com/shortest.mp4"]},
        {"video_urls": ["https://example.com/longest.mp4"]},
        {"image_urls": links(1, "png"), "audio_urls": ["https://example.com/shortest.mp3"]},
        {"image_urls": links(1, "png"), "audio_urls": ["https://example.com/longest.mp3"]},
    )
]
_SEVEN = ("auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9")
_BOTH = (True, False)
_ADAPTIVE = ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive")
_SIX = ("21:9", "16:9", "4:3", "1:1", "3:4", "9:16")
_EXPIRES = (3600, 259200)

_FIRST, _LAST = (
    {"first_frame_image": "https://example.com/first.jpg"},
    {"last_frame_image": "https://example.com/last.jpg"},
)
_FRAMES_OR_REFERENCES: list[Fields] = [
    {},
    _FIRST,
    _LAST,
    _FIRST | _LAST,
    {"reference_images": links(1, "jpg")},
    {"reference_images": links(9, "jpg")},
    {"audio_urls": links(1, "mp3")},
    {"reference_images": links(1, "jpg"), "audio_urls": links(3, "mp3")},
]

DOCUMENTED = (
    Documented(
        APIXO_FAST,
        {
            "resolution": ("480p", "720p"),
            "duration": tuple(range(4, 16)),
            "aspect_ratio": _SEVEN,
            "sound": _BOTH,
            "web_search": (True, True, False, False),  # not in step with sound
        },
        [BOAT, "a paper boat"],
        [_TEXT, *_FRAMES, *_OMNI],
    ),
    Documented(
        APIXO_FULL,
        {
            "resolution": ("480p", "720p", "1080p"),
            "duration": tuple(range(4, 16)),
            "aspect_ratio": _SEVEN,
            "sound": _BOTH,
            "web_search": (True, True, False, False),
        },
        [BOAT, "a paper boat"],
        [_TEXT, *_FRAMES, *_OMNI],
    ),
    Documented(
        APIXO_MINI,
        {"resolution": ("480p", "720p"), "duration": tuple(range(4, 16)), "aspect_ratio": _SEVEN},
        [BOAT, "a paper boat"],
        [_TEXT, *_FRAMES, *_OMNI],
    ),
    Documented(
        APIXO_PRO,
        {
            "resolution": ("480p", "720p"),
            "duration": tuple(range(4, 13)),
            "aspect_ratio": ("1:1", "3:4", "4:3", "9:16", "16:9", "21:9"),
            "sound": _BOTH,
            "fixed_lens": (True, True, False, False),
        },
        [BOAT * 3, BOAT * 2500],
        [_TEXT, *({"mode": "image-to-video", "image_urls": links(amount, "png")} for amount in (1, 2))],
    ),
    Documented(
        FAST_I2V,
        {
            "ratio": _SIX,
            "resolution": ("480p", "720p"),
            "duration": tuple(range(4, 16)),
            "seed": (-1, 0, 4294967295),
            "camera_fixed": _BOTH,
            "generate_audio": (True, True, False, False),
            "execution_expires_after": _EXPIRES,
            "return_last_frame": (True, True, True, False),
        },
        [BOAT, BOAT * 2000],
        _FRAMES_OR_REFERENCES,
    ),
    Documented(
        FAST_T2V,
        {
            "ratio": _ADAPTIVE,
            "resolution": ("480p", "720p", "1080p"),
            "duration": tuple(range(2, 13)),
            "frames": (29, 289),
            "seed": (-1, 0, 2147483647),
            "camera_fixed": _BOTH,
            "service_tier": ("default", "default", "flex", "flex"),
            "execution_expires_after": _EXPIRES,
            "return_last_frame": (True, True, True, False),
        },
        [BOAT, BOAT * 10000],
    ),
    Documented(
        PRO_I2V,
        {
            "ratio": _ADAPTIVE,
            "resolution": ("480p", "720p", "1080p"),
            "duration": tuple(range(4, 13)),
            "seed": (-1, 0, 2147483647),
            "camera_fixed": _BOTH,
            "generate_audio": (True, True, False, False),
            "service_tier": ("default", "default", "flex", "flex"),
            "execution_expires_after": _EXPIRES,
            "return_last_frame": (True, True, True, False),
        },
        [BOAT, BOAT * 2000, None],
        [_FIRST, _LAST, _FIRST | _LAST],
    ),
    Documented(
        V2V,
        {
            "ratio": _SIX,
            "resolution": ("480p", "720p", "1080p"),
            "duration": tuple(range(4, 16)),
            "seed": (-1, 0, 4294967295),
            "camera_fixed": _BOTH,
            "generate_audio": (True, True, False, False),
            "execution_expires_after": _EXPIRES,
            "return_last_frame": (True, True, True, False),
        },
        [BOAT, BOAT * 2000],
        [{"video_urls": links(1, "mp4"), **media} for media in _FRAMES_OR_REFERENCES]
        + [{"video_urls": links(3, "mp4")}],
    ),
)
