"""APIXO's models, each from its own page below https://apixo.ai/docs/models/video/; sections in the comments."""

from dataclasses import replace
from decimal import Decimal

from reelhook.domain.fields import Choice, Field, Switch, Text, Whole
from reelhook.domain.model import FileLimits, MediaLimits, Model, TaskLife
from reelhook.domain.price import Price
from reelhook.domain.request import Mode
from reelhook.providers.catalog.sizes import SEEDANCE_2, sizes

_PAGES = "https://apixo.ai/docs/models/video/"

# seedance-2-0-fast page, "Request body": start and end frame, and reference images alike, are `image_urls`.
MEDIA_NAMES = {
    "first_frame": "image_urls",
    "last_frame": "image_urls",
    "reference_images": "image_urls",
    "reference_videos": "video_urls",
    "reference_audios": "audio_urls",
}
# seedance-2-0-fast page, "Poll for result" and the webhooks page: the hosts of their result links.
RESULT_ORIGINS = ("https://file.apixo.ai", "https://cdn.apixo.ai")
# Ours: no page says when a task is given up; the response-format page lets result links die after 24 hours.
TASK_LIFE = TaskLife(24 * 3600)

# seedance-2-0-fast page, "Mode-specific constraints"; the first image is the start, so no end frame comes alone.
_FRAMES = MediaLimits(frames=(1, 2), last_frame_alone=False)
# That references without any media are refused is ours: no page says what happens to them.
_REFERENCE = MediaLimits(images=(0, 9), videos=(0, 3), audios=(0, 3), audio_alone=False)
# seedance-2-0-fast page, "Overview" table: reference videos and audio files, each 2-15 seconds, up to 15 in total; how
# many bytes is said by no page.
_FILES = {
    "video": FileLimits(seconds=(2, 15), together=15),
    "audio": FileLimits(seconds=(2, 15), together=15),
}
# Defaults are ours unless a page names one: every scalar is sent, since APIXO's own defaults are mostly unknown.
_RATIO = Choice(("auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"), also={"adaptive": "auto"})

SEEDANCE_2_0_FAST = Model(
    name="apixo/seedance-2-0-fast",
    path="/generateTask/seedance-2-0-fast",  # "Endpoint and authentication"
    page=_PAGES + "seedance-2-0-fast",
    modes={Mode.TEXT_TO_VIDEO: MediaLimits(), Mode.FRAMES: _FRAMES, Mode.REFERENCE: _REFERENCE},
    mode_names={  # "Overview" table, spelt as there
        Mode.TEXT_TO_VIDEO: "text-to-video",
        Mode.FRAMES: "first_and_last_frames",
        Mode.REFERENCE: "omni_reference",
    },
    fields={
        # "Overview" table: required, non-empty text; the longest is ours, no page names one
        "prompt": Field(Text(1, 10_000), "prompt", required=True),
        "seconds": Field(Whole(4, 15), "duration", default=5),  # "Overview" table: 4-15 seconds, default 5
        "resolution": Field(Choice(("480p", "720p")), "resolution", default="720p"),  # "Overview" table
        "aspect_ratio": Field(_RATIO, "aspect_ratio", default="16:9"),  # "Overview" table
        "generate_audio": Field(Switch(), "sound", default=True),  # "Overview" table: optional
    },
    # "Overview" table: optional; "Common request validation errors": a boolean
    options={"web_search": Field(Switch(), "web_search", default=False)},
    files=_FILES,
    media_names=MEDIA_NAMES,
    media_aspect_ratio="auto",  # ours: with media their own shape is the better guess
    sizes=sizes(SEEDANCE_2, "480p", "720p"),
    life=TASK_LIFE,
    expected_seconds=6 * 60,  # "Latency and polling": 3-6 minutes in all modes
    price=Price(  # "Billing"
        rates={"480p": Decimal("0.076"), "720p": Decimal("0.156")},
        with_video={"480p": Decimal("0.047"), "720p": Decimal("0.095")},
        reference_seconds=15,  # "Overview" table: reference videos, total up to 15 seconds
    ),
    result_origins=RESULT_ORIGINS,
)

# seedance-2-0 page, "Overview" table: as the fast one, and 1080p; `sound` and `web_search` stand in its examples.
SEEDANCE_2_0 = replace(
    SEEDANCE_2_0_FAST,
    name="apixo/seedance-2-0",
    path="/generateTask/seedance-2-0",  # "Endpoint and authentication"
    page=_PAGES + "seedance-2-0",
    fields={
        **SEEDANCE_2_0_FAST.fields,
        "resolution": Field(Choice(("480p", "720p", "1080p")), "resolution", default="720p"),
    },
    sizes=sizes(SEEDANCE_2, "480p", "720p", "1080p"),
    expected_seconds=None,  # not in the part of the page that we have
    price=None,  # likewise
)

# seedance-2-0-mini page, "Overview" table: as the fast one. The part of the page that we have names neither sound nor
# web search, so neither is offered or sent.
SEEDANCE_2_0_MINI = replace(
    SEEDANCE_2_0_FAST,
    name="apixo/seedance-2-0-mini",
    path="/generateTask/seedance-2-0-mini",  # the same way as its siblings
    page=_PAGES + "seedance-2-0-mini",
    fields={name: held for name, held in SEEDANCE_2_0_FAST.fields.items() if name != "generate_audio"},
    options={},
    expected_seconds=None,  # not in the part of the page that we have
    price=None,  # likewise
)

SEEDANCE_1_5_PRO = Model(
    name="apixo/seedance-1-5-pro",
    path="/generateTask/seedance-1-5-pro",  # "Endpoint and authentication"
    page=_PAGES + "seedance-1-5-pro",
    modes={
        Mode.TEXT_TO_VIDEO: MediaLimits(),
        Mode.FRAMES: _FRAMES,
    },  # "Overview" table: 1-2, the second the end
    mode_names={Mode.TEXT_TO_VIDEO: "text-to-video", Mode.FRAMES: "image-to-video"},  # "Overview" table
    fields={
        "prompt": Field(Text(3, 2_500), "prompt", required=True),  # "Overview" table: 3-2500 characters
        # "Overview" table: 4-12 seconds, of which 4, 8 and 12 are advised; 5 is ours, as on the other models
        "seconds": Field(Whole(4, 12), "duration", default=5),
        "resolution": Field(Choice(("480p", "720p")), "resolution", default="720p"),  # "Overview" table
        # "Overview" table: no `auto`
        "aspect_ratio": Field(
            Choice(("1:1", "3:4", "4:3", "9:16", "16:9", "21:9")), "aspect_ratio", default="16:9"
        ),
        "generate_audio": Field(
            Switch(), "sound", default=True
        ),  # "Overview" table: required, so always sent
    },
    options={"fixed_lens": Field(Switch(), "fixed_lens", default=False)},  # "Copy-paste async quickstart"
    notes=("The page advises 4, 8 or 12 seconds, where its price tiers lie.",),
    media_names={name: MEDIA_NAMES[name] for name in ("first_frame", "last_frame")},
    sizes=sizes(SEEDANCE_2, "480p", "720p"),
    life=TASK_LIFE,
    result_origins=RESULT_ORIGINS,
)

APIXO_MODELS = (SEEDANCE_2_0_FAST, SEEDANCE_2_0, SEEDANCE_2_0_MINI, SEEDANCE_1_5_PRO)
