"""Every model as data: adding one is one more entry. Each figure names the page it was read from, or says it is ours."""

from reelhook.domain.model import Catalog, MediaLimits, Model, Option, ScalarFields
from reelhook.domain.request import Mode
from reelhook.domain.schedule import Timing, timing
from reelhook.domain.time import HOUR, MINUTE, SECOND

# The table is ours: APIXO's pages know only resolution and aspect ratio. It lists what those pairs come out as,
# from the model's maker: BytePlus ModelArk, "Create a video generation task", pixel table, Seedance 2.0 series.
SEEDANCE_2_SIZES = {
    "864x496": ("480p", "16:9"),
    "752x560": ("480p", "4:3"),
    "640x640": ("480p", "1:1"),
    "560x752": ("480p", "3:4"),
    "496x864": ("480p", "9:16"),
    "992x432": ("480p", "21:9"),
    "1280x720": ("720p", "16:9"),
    "1112x834": ("720p", "4:3"),
    "960x960": ("720p", "1:1"),
    "834x1112": ("720p", "3:4"),
    "720x1280": ("720p", "9:16"),
    "1470x630": ("720p", "21:9"),
}


def catalog(callback_deadline_seconds: int | None, provider_end_seconds: int | None) -> Catalog:
    """All models; the operator's deadlines, if given, stand in place of each model's own."""

    def schedule(expected: int, provider_end: int) -> Timing:
        end = provider_end_seconds * SECOND if provider_end_seconds else provider_end
        deadline = callback_deadline_seconds * SECOND if callback_deadline_seconds else None
        return timing(expected, end, deadline)

    # seedance-2-0-fast page, "Latency and polling": 3-6 minutes in all modes.
    # The end is ours: no page names one; the response-format page lets result links die after 24 hours.
    apixo_seedance = schedule(6 * MINUTE, 24 * HOUR)
    models = (seedance_2_0_fast(apixo_seedance),)
    return Catalog(models, fallback=max((model.timing for model in models), key=_end))


def seedance_2_0_fast(timing: Timing) -> Model:
    """APIXO's page of the model: apixo.ai/docs/models/video/seedance-2-0-fast; sections in the comments."""
    return Model(
        name="apixo/seedance-2-0-fast",
        provider="apixo",
        slug="seedance-2-0-fast",  # "Endpoint and authentication": the path's last part
        modes={  # "Mode-specific constraints"; numbers from the "Overview" table
            Mode.TEXT_TO_VIDEO: MediaLimits(),
            Mode.FRAMES: MediaLimits(frames=(1, 2)),
            # That references without any media are refused is ours: no page says what happens to them.
            Mode.REFERENCE: MediaLimits(images=(0, 9), videos=(0, 3), audios=(0, 3), audio_alone=False),
        },
        mode_names={  # "Overview" table, spelt as there
            Mode.TEXT_TO_VIDEO: "text-to-video",
            Mode.FRAMES: "first_and_last_frames",
            Mode.REFERENCE: "omni_reference",
        },
        seconds=(4, 15),  # "Overview" table: 4-15 seconds
        resolutions=("480p", "720p"),  # "Overview" table
        aspect_ratios=("auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"),  # "Overview" table
        sizes=SEEDANCE_2_SIZES,
        prompt_characters=10_000,  # ours: the page says only "required, non-empty text"
        audio=True,  # "Overview" table: optional generated audio
        seed=False,  # the page has no such field
        timing=timing,
        # "Overview" table: optional web search; "Common request validation errors": a boolean
        options={"web_search": Option(bool, "true or false", default=False)},
        # Ours, since the page names a default only for the duration ("default 5"): every scalar is sent.
        defaults=ScalarFields(seconds=5, resolution="720p", aspect_ratio="16:9", audio=True),
        media_aspect_ratio="auto",  # ours: with media their own shape is the better guess
    )


def _end(timing: Timing) -> int:
    return timing.provider_end
