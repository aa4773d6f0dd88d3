"""Modellix's models, each from its own page below https://docs.modellix.ai/bytedance/, section "Body".

What the client leaves open is not sent. A field's `provider_default` is what the page, or else the vendor's public
schema (https://www.modellix.ai/models/bytedance/<model>/api_schema), says that then holds; most pages say nothing.
"""

from dataclasses import replace
from decimal import Decimal

from reelhook.domain.fields import Choice, Field, Switch, Text, Whole
from reelhook.domain.model import MediaLimits, Model
from reelhook.domain.price import Price
from reelhook.domain.request import Mode
from reelhook.providers.catalog.modellix_fields import (
    ADAPTIVE,
    AUDIO,
    CAMERA,
    CROP,
    EXCLUSIVE,
    FRAMES_ONLY,
    HIGH,
    LONE_AUDIO,
    LONE_LAST_FRAME,
    MEDIA_NAMES,
    RATIO,
    RESULT_ORIGINS,
    TASK_LIFE,
    TASK_OPTIONS,
    TIER,
)
from reelhook.providers.catalog.sizes import SEEDANCE_1, SEEDANCE_2, sizes

_PAGES = "https://docs.modellix.ai/bytedance/"

SEEDANCE_2_0_FAST_I2V = Model(
    name="modellix/seedance-2.0-fast-i2v",
    path="/bytedance/seedance-2.0-fast-i2v/async",  # the page's first line
    page=_PAGES + "seedance-2-0-fast-i2v",
    modes={  # every medium is "Optional": a prompt alone is sound, and audio alone too
        Mode.TEXT_TO_VIDEO: MediaLimits(),
        Mode.FRAMES: MediaLimits(frames=(1, 2)),
        Mode.REFERENCE: MediaLimits(frames=(0, 2), images=(0, 9), audios=(0, 3), exclusive=EXCLUSIVE),
    },
    fields={
        "prompt": Field(Text(1, 2_000), "prompt", required=True),  # 1 - 2000
        "seconds": Field(Whole(4, 15), "duration", provider_default=5),
        "resolution": Field(Choice(("480p", "720p")), "resolution"),  # "does not support 1080p"
        "aspect_ratio": RATIO,
        "generate_audio": AUDIO,
        "seed": Field(Whole(-1, 4_294_967_295), "seed"),
    },
    options=TASK_OPTIONS,
    notes=(CROP, LONE_LAST_FRAME, LONE_AUDIO, CAMERA),
    media_names={name: sent for name, sent in MEDIA_NAMES.items() if name != "reference_videos"},
    sizes=sizes(SEEDANCE_2, "480p", "720p"),
    life=TASK_LIFE,
    # The vendor's post of 2026-08-17 has the fast line from 0.0690 to 0.1380; that these are 480p and 720p, and that
    # image-to-video costs the same, is how we read it. Inputs are free (post of 2026-04-15).
    price=Price(rates={"480p": Decimal("0.0690"), "720p": Decimal("0.1380")}),
    result_origins=RESULT_ORIGINS,
)

SEEDANCE_1_0_PRO_FAST_T2V = Model(
    name="modellix/seedance-1.0-pro-fast-t2v",
    path="/bytedance/seedance-1.0-pro-fast-t2v",  # the page's first line: without /async
    page=_PAGES + "seedance-1-0-pro-fast-t2v",
    modes={Mode.TEXT_TO_VIDEO: MediaLimits()},
    fields={
        "prompt": Field(Text(1, 10_000), "prompt", required=True),
        "seconds": Field(Whole(2, 12), "duration", provider_default=5),
        "resolution": Field(Choice(HIGH), "resolution", provider_default="1080p"),
        "aspect_ratio": Field(ADAPTIVE, "ratio", provider_default="16:9"),
        "seed": Field(Whole(-1, 2_147_483_647), "seed", provider_default=-1),
    },
    options={
        **TASK_OPTIONS,
        "frames": Field(Whole(29, 289), "frames"),
        "service_tier": replace(TIER, provider_default="default"),
        "return_last_frame": Field(Switch(), "return_last_frame", provider_default=False),
    },
    notes=("`frames` wins over `seconds`; the model's maker takes 25 + 4n frames (29, 33, ... 289) only.",),
    media_names={},
    sizes=sizes(SEEDANCE_1, *HIGH),
    life=TASK_LIFE,
    price=Price(  # the vendor's post of 2026-08-10 on the Seedance pro line
        rates={"480p": Decimal("0.0124"), "720p": Decimal("0.0248"), "1080p": Decimal("0.0497")},
        frame_rate=24,  # the maker's page: frames = seconds x 24, and frames win over duration
    ),
    result_origins=RESULT_ORIGINS,
)

SEEDANCE_1_5_PRO_I2V = Model(
    name="modellix/seedance-1.5-pro-i2v",
    path="/bytedance/seedance-1.5-pro-i2v/async",  # the page's first line
    page=_PAGES + "seedance-1-5-pro-i2v",
    modes={
        Mode.FRAMES: MediaLimits(frames=(1, 2))
    },  # "At least one of first_frame_image or last_frame_image"
    fields={
        "prompt": Field(
            Text(1, 2_000), "prompt"
        ),  # 1 - 2000, and not marked required: only a frame is demanded
        "seconds": Field(Whole(4, 12), "duration", provider_default=5),
        "resolution": Field(Choice(HIGH), "resolution"),
        "aspect_ratio": Field(ADAPTIVE, "ratio"),
        "generate_audio": AUDIO,
        "seed": Field(Whole(-1, 2_147_483_647), "seed"),
    },
    options={**TASK_OPTIONS, "service_tier": TIER},
    notes=(CROP,),
    media_names=FRAMES_ONLY,
    sizes=sizes(SEEDANCE_2, *HIGH),
    life=TASK_LIFE,
    price=Price(  # the vendor's post of 2026-08-10 on the Seedance pro line; with or without sound
        rates={"480p": Decimal("0.0276"), "720p": Decimal("0.0598"), "1080p": Decimal("0.1196")}
    ),
    result_origins=RESULT_ORIGINS,
)

SEEDANCE_2_0_V2V = Model(
    name="modellix/seedance-2.0-v2v",
    path="/bytedance/seedance-2.0-v2v/async",  # the schema's `servers`; the page shows no request
    page=_PAGES + "seedance-2-0-v2v",
    modes={
        Mode.REFERENCE: MediaLimits(
            frames=(0, 2), images=(0, 9), videos=(1, 3), audios=(0, 3), exclusive=EXCLUSIVE
        )
    },
    fields={
        "prompt": Field(
            Text(1, 2_000), "prompt", required=True
        ),  # 1 - 2000; its sibling's page marks it required
        "seconds": Field(Whole(4, 15), "duration", provider_default=5),
        "resolution": Field(Choice(HIGH), "resolution"),
        "aspect_ratio": RATIO,
        "generate_audio": AUDIO,
        "seed": Field(Whole(-1, 4_294_967_295), "seed"),
    },
    options=TASK_OPTIONS,
    notes=(CROP, LONE_LAST_FRAME, CAMERA),
    media_names=MEDIA_NAMES,
    sizes=sizes(SEEDANCE_2, *HIGH),
    life=TASK_LIFE,
    result_origins=RESULT_ORIGINS,
)

MODELLIX_MODELS = (SEEDANCE_2_0_FAST_I2V, SEEDANCE_1_0_PRO_FAST_T2V, SEEDANCE_1_5_PRO_I2V, SEEDANCE_2_0_V2V)
