"""The pages' examples of requests; the page of seedance-2.0-v2v shows none, so the ones of its fields stand for it."""

import json
from dataclasses import dataclass

from tests.provider_pages.asking import Fields


@dataclass(frozen=True, slots=True)
class Example:
    """One request as a page shows it: our name of the model, where it stands, the JSON text."""

    model: str
    section: str
    text: str

    @property
    def body(self) -> Fields:
        """What would be posted."""
        body: Fields = json.loads(self.text)
        return body

    @property
    def fields(self) -> Fields:
        """The model's own fields."""
        fields: Fields = self.body.get("input", self.body)
        return fields


APIXO_FAST, APIXO_FULL = "apixo/seedance-2-0-fast", "apixo/seedance-2-0"
APIXO_MINI, APIXO_PRO = "apixo/seedance-2-0-mini", "apixo/seedance-1-5-pro"
FAST_I2V, FAST_T2V = "modellix/seedance-2.0-fast-i2v", "modellix/seedance-1.0-pro-fast-t2v"
PRO_I2V, V2V = "modellix/seedance-1.5-pro-i2v", "modellix/seedance-2.0-v2v"

_TEXT_TO_VIDEO = """{
  "request_type": "async",
  "input": {
    "mode": "text-to-video",
    "prompt": "a cinematic tracking shot through a rainy neon street",
    "resolution": "720p",
    "duration": 5,
    "aspect_ratio": "16:9",
    "sound": true,
    "web_search": false
  }
}"""
_FRAMES = """{
  "request_type": "async",
  "input": {
    "mode": "first_and_last_frames",
    "prompt": "turn the still frames into a smooth cinematic camera move",
    "image_urls": [
      "https://example.com/frame-start.png",
      "https://example.com/frame-end.png"
    ],
    "resolution": "720p",
    "duration": 5,
    "aspect_ratio": "9:16",
    "sound": true,
    "web_search": false
  }
}"""
_OMNI = """{
  "request_type": "async",
  "input": {
    "mode": "omni_reference",
    "prompt": "create a stylish product ad using the visual references and voice rhythm",
    "image_urls": [
      "https://example.com/product-shot.png"
    ],
    "video_urls": [
      "https://example.com/ref-motion.mp4"
    ],
    "audio_urls": [
      "https://example.com/ref-audio.mp3"
    ],
    "resolution": "480p",
    "duration": 6,
    "aspect_ratio": "auto",
    "sound": true,
    "web_search": false
  }
}"""
_CALLBACK = """{
    "request_type": "callback",
    "callback_url": "https://your-server.com/webhooks/apixo",
    "input": {
      "mode": "first_and_last_frames",
      "prompt": "turn the still frames into a smooth cinematic camera move",
      "image_urls": [
        "https://example.com/frame-start.png",
        "https://example.com/frame-end.png"
      ],
      "resolution": "720p",
      "duration": 5,
      "aspect_ratio": "9:16",
      "sound": true,
      "web_search": false
    }
  }"""
# These three pages are known by their tables, which differ from the one above as follows; no request of theirs is at hand.
_IN_1080P = _TEXT_TO_VIDEO.replace('"720p"', '"1080p"')
_MINI = """{
  "request_type": "async",
  "input": {
    "mode": "text-to-video",
    "prompt": "a cinematic tracking shot through a rainy neon street",
    "resolution": "720p",
    "duration": 5,
    "aspect_ratio": "16:9"
  }
}"""
_PRO = """{
  "request_type": "async",
  "input": {
    "mode": "text-to-video",
    "prompt": "a cinematic tracking shot through a rainy neon street",
    "resolution": "720p",
    "duration": 8,
    "aspect_ratio": "16:9",
    "sound": true,
    "fixed_lens": false
  }
}"""
_PRO_FRAMES = """{
  "request_type": "async",
  "input": {
    "mode": "image-to-video",
    "prompt": "turn the still frames into a smooth cinematic camera move",
    "image_urls": [
      "https://example.com/frame-start.png",
      "https://example.com/frame-end.png"
    ],
    "resolution": "480p",
    "duration": 12,
    "aspect_ratio": "9:16",
    "sound": false,
    "fixed_lens": true
  }
}"""
_PROMPT = '{\n"prompt": "<string>"\n}'
_FIRST = '{"prompt": "<string>", "first_frame_image": "https://example.com/first.jpg"}'
_LAST = '{"prompt": "<string>", "last_frame_image": "https://example.com/last.jpg"}'
_AUDIO = '{"prompt": "<string>", "audio_urls": ["https://example.com/audio.mp3"]}'
_VIDEO = '{"prompt": "<string>", "video_urls": ["https://example.com/video.mp4"]}'


def _beside_the_video(text: str) -> str:
    return _VIDEO[:-1] + text.removeprefix('{"prompt": "<string>"')


EXAMPLES = (
    Example(APIXO_FAST, "Copy-paste async quickstart", _TEXT_TO_VIDEO),
    Example(APIXO_FAST, "Request body: Text-to-video", _TEXT_TO_VIDEO),
    Example(APIXO_FAST, "Request body: First-and-last-frames", _FRAMES),
    Example(APIXO_FAST, "Request body: Omni-reference", _OMNI),
    Example(APIXO_FAST, "Webhook callback mode", _CALLBACK),
    Example(APIXO_FULL, "put together from its table: text-to-video in 1080p", _IN_1080P),
    Example(APIXO_FULL, "put together from its table: omni_reference", _OMNI),
    Example(APIXO_MINI, "put together from its table: text-to-video", _MINI),
    Example(APIXO_PRO, "put together from its table: text-to-video", _PRO),
    Example(APIXO_PRO, "put together from its table: image-to-video", _PRO_FRAMES),
    Example(FAST_I2V, "the request", _PROMPT),
    Example(FAST_I2V, "Body: the starting frame's example", _FIRST),
    Example(FAST_I2V, "Body: the ending frame's example", _LAST),
    Example(FAST_I2V, "Body: the audio URL's example", _AUDIO),
    Example(FAST_T2V, "the request", '{\n  "prompt": "<string>"\n}'),
    Example(
        PRO_I2V,
        "the request",
        '{\n"first_frame_image": "https://example.com/image.jpg",\n"prompt": "The person smiles and waves"\n}',
    ),
    Example(
        PRO_I2V,
        "Body: the first frame's example",
        '{"first_frame_image": "https://example.com/first.jpg"}',
    ),
    Example(
        PRO_I2V, "Body: the last frame's example", '{"last_frame_image": "https://example.com/last.jpg"}'
    ),
    Example(V2V, "Body: the video URL's example", _VIDEO),
    Example(V2V, "Body: the starting frame's example", _beside_the_video(_FIRST)),
    Example(V2V, "Body: the ending frame's example", _beside_the_video(_LAST)),
    Example(V2V, "Body: the audio URL's example", _beside_the_video(_AUDIO)),
)
