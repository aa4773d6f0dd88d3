"""What several of Modellix's pages say alike, and what the models' maker says besides."""

from reelhook.domain.fields import Choice, Field, Switch, Whole
from reelhook.domain.model import TaskLife

MEDIA_NAMES = {  # seedance-2.0-v2v page: all of them
    "first_frame": "first_frame_image",
    "last_frame": "last_frame_image",
    "reference_images": "reference_images",
    "reference_videos": "video_urls",
    "reference_audios": "audio_urls",
}
FRAMES_ONLY = {name: MEDIA_NAMES[name] for name in ("first_frame", "last_frame")}
# All pages: "Do not use together with reference_images in the same request". Nothing else is excluded there.
EXCLUSIVE = (("images", "frames"),)
RESULT_ORIGINS = ("https://file.modellix.ai",)  # the vendor's plugin, its notes on security
# All pages: 3600 to 259200 seconds; the schema's default is 172800. The hour on top is ours: their clock is not ours.
TASK_LIFE = TaskLife(172_800, option="execution_expires_after", margin=3_600)

_SIX = ("21:9", "16:9", "4:3", "1:1", "3:4", "9:16")
RATIO = Field(Choice(_SIX), "ratio")  # 2.0 pages: no `adaptive`
ADAPTIVE = Choice((*_SIX, "adaptive"), also={"auto": "adaptive"})
HIGH = ("480p", "720p", "1080p")
AUDIO = Field(Switch(), "generate_audio", provider_default=True)
TASK_OPTIONS = {  # all pages
    "camera_fixed": Field(Switch(), "camera_fixed", provider_default=False),
    "execution_expires_after": Field(
        Whole(3_600, 259_200), "execution_expires_after", provider_default=172_800
    ),
    "return_last_frame": Field(Switch(), "return_last_frame"),
}
TIER = Field(Choice(("default", "flex")), "service_tier")
# The maker's rules (BytePlus ModelArk, "Create a video generation task"), which Modellix's pages do not repeat: such
# requests are passed on as asked, and may come back refused.
CROP = "Frames of another shape than `aspect_ratio` are cropped to it around their centre."
LONE_LAST_FRAME = (
    "The model's maker takes a last frame only with a first one, and no frames beside references."
)
LONE_AUDIO = "The model's maker takes audio only with an image or a video."
CAMERA = "The model's maker has no `camera_fixed` on the 2.0 series."
