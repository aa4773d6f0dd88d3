"""Every error that a provider can cause, in our words: the public codes. What it wrote never reaches the client."""

from reelhook.domain.failure import Billed, Category, VideoError


def _error(
    code: str, category: Category, retryable: bool, message: str, param: str | None = None
) -> VideoError:
    # No page says whether a failed task is charged; where the provider names an amount, that decides.
    return VideoError(code, message, category, retryable, Billed.UNKNOWN, param)


POLICY = _error(
    "content_policy_violation",
    Category.INPUT_MODERATION,
    False,
    "The provider's safety check rejected the prompt or the reference media. Change them and try again.",
)
OUTPUT_POLICY = _error(
    "content_policy_violation",
    Category.OUTPUT_MODERATION,
    False,
    "The provider's safety check rejected what was generated. Change the prompt or the reference media, or turn audio off.",
)
PROMPT = _error(
    "invalid_prompt",
    Category.INVALID_INPUT,
    False,
    "The provider rejected the prompt. Change it, or the reference media, and try again.",
    "prompt",
)
PROMPT_LENGTH = _error(
    "prompt_too_long", Category.INVALID_INPUT, False, "The prompt is too long for this model.", "prompt"
)
MEDIA = _error(
    "invalid_media",
    Category.INVALID_INPUT,
    False,
    "The provider could not use the reference media. Give direct public links to files of a supported type and size.",
)
UNREACHABLE = _error(
    "invalid_media",
    Category.INVALID_INPUT,
    False,
    "The provider could not fetch the reference media. Give direct public links to files of a supported type and size.",
)
REQUEST = _error(
    "invalid_request", Category.INVALID_INPUT, False, "The provider rejected the request's parameters."
)
BUSY = _error(
    "provider_busy",
    Category.PROVIDER_BUSY,
    True,
    "The provider was at its limit and gave this video up. Try again later.",
)
TIMEOUT = _error(
    "provider_timeout",
    Category.PROVIDER_TIMEOUT,
    True,
    "The provider ran out of time for this video. Try again later.",
)
UNAVAILABLE = _error(
    "provider_unavailable",
    Category.PROVIDER_UNAVAILABLE,
    True,
    "The provider could not run this model just now. Try again later.",
)
ACCOUNT = _error(
    "provider_account",
    Category.ACCOUNT,
    False,
    "This stack cannot use the provider just now. Its operator has been told; the request is fine.",
)
MODEL = _error(
    "model_unavailable",
    Category.PROVIDER_UNAVAILABLE,
    False,
    "The provider does not offer this model. Choose another one.",
)
FAILED = _error(
    "generation_failed",
    Category.PROVIDER_UNAVAILABLE,
    True,
    "The provider failed to make this video and did not say why. Trying again may help.",
)
WITHDRAWN = VideoError(
    code="invalid_request",
    message="This stack does not offer what the video asks for any more.",
    category=Category.INVALID_INPUT,
    retryable=False,
    billed=Billed.NO,
)
