"""What Modellix's pages allow in each field: per model, values inside the bounds and values outside.

Transcribed from the pages, not from the contract file, which it judges.
"""

from typing import Any

from tests.unit.simulated_provider.modellix_client import EDIT, FAST, PRO, PRO_FAST

IMAGE, SOUND, CLIP = (
    "https://example.com/a.jpg",
    "https://example.com/audio.mp3",
    "https://example.com/video.mp4",
)
DATA_URL = "data:image/png;base64,iVBORw0KGgo="

SIX = ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]
THREE_SIZES = ["480p", "720p", "1080p"]
SWITCH: tuple[list[Any], list[Any]] = ([True, False], [])
EXPIRY: tuple[list[Any], list[Any]] = ([3600, 259200], [3599, 259201])
SHORT_PROMPT: tuple[list[Any], list[Any]] = (["a", "é" * 2000], ["", "a" * 2001])
IMAGES: tuple[list[Any], list[Any]] = ([[IMAGE], [DATA_URL] * 9], [[]])
FRAME: tuple[list[Any], list[Any]] = ([IMAGE, DATA_URL], [""])
SOUNDS: tuple[list[Any], list[Any]] = ([[SOUND], [SOUND] * 3], [[], [SOUND] * 4])
BOUNDS: dict[str, dict[str, tuple[list[Any], list[Any]]]] = {
    FAST: {
        "prompt": SHORT_PROMPT,
        "first_frame_image": FRAME,
        "last_frame_image": FRAME,
        "reference_images": IMAGES,
        "audio_urls": SOUNDS,
        "ratio": (list(SIX), ["adaptive", "auto", "2:1"]),
        "resolution": (["480p", "720p"], ["1080p", "adaptive"]),
        "duration": (list(range(4, 16)), [3, 16, -1]),
        "seed": ([-1, 4294967295], [-2, 4294967296]),
        "camera_fixed": SWITCH,
        "generate_audio": SWITCH,
        "execution_expires_after": EXPIRY,
        "return_last_frame": SWITCH,
    },
    PRO_FAST: {
        "prompt": (["a", "a" * 10000], ["", "a" * 10001]),
        "ratio": ([*SIX, "adaptive"], ["auto"]),
        "resolution": (list(THREE_SIZES), ["4k", "adaptive"]),
        "duration": (list(range(2, 13)), [1, 13]),
        "frames": ([29, 30, 289], [28, 290]),
        "seed": ([-1, 2147483647], [-2, 2147483648]),
        "camera_fixed": SWITCH,
        "service_tier": (["default", "flex"], ["auto", "adaptive"]),
        "execution_expires_after": EXPIRY,
        "return_last_frame": SWITCH,
    },
    PRO: {
        "first_frame_image": FRAME,
        "last_frame_image": FRAME,
        "prompt": SHORT_PROMPT,
        "ratio": ([*SIX, "adaptive"], ["auto"]),
        "resolution": (list(THREE_SIZES), ["4k", "adaptive"]),
        "duration": (list(range(4, 13)), [3, 13, -1]),
        "seed": ([-1, 2147483647], [-2, 2147483648]),
        "camera_fixed": SWITCH,
        "generate_audio": SWITCH,
        "service_tier": (["default", "flex"], ["auto", "adaptive"]),
        "execution_expires_after": EXPIRY,
        "return_last_frame": SWITCH,
    },
    EDIT: {
        "prompt": SHORT_PROMPT,
        "video_urls": ([[CLIP], [CLIP] * 3], [[], [CLIP] * 4]),
        "first_frame_image": FRAME,
        "last_frame_image": FRAME,
        "reference_images": IMAGES,
        "audio_urls": SOUNDS,
        "ratio": (list(SIX), ["adaptive"]),
        "resolution": (list(THREE_SIZES), ["4k", "adaptive"]),
        "duration": (list(range(4, 16)), [3, 16, -1]),
        "seed": ([-1, 4294967295], [-2, 4294967296]),
        "camera_fixed": SWITCH,
        "generate_audio": SWITCH,
        "execution_expires_after": EXPIRY,
        "return_last_frame": SWITCH,
    },
}
