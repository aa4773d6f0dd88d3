"""APIXO's fail codes in our words: what went wrong, whose turn it is, whether trying again can help.

Three generations of its pages name three vocabularies, each cut short, so a code nobody knows is normal. The provider's
own words never reach the client; they go, cut and escaped, to the operator's log.
"""

import re

from reelhook.domain.failure import VideoError
from reelhook.providers.apixo_errors import (
    ACCOUNT,
    BUSY,
    FAILED,
    MEDIA,
    OUTPUT_POLICY,
    POLICY,
    PROMPT,
    PROMPT_LENGTH,
    REQUEST,
    TIMEOUT,
    UNAVAILABLE,
)

MAX_DETAIL = 256


# Codes, or what a message begins with; normalised: letters and digits only, lower case.
_CODES = {
    # seedance-2-0-fast page, "Task failure codes" and "Common request validation errors"
    "promptinvalid": PROMPT,
    "sensitivecontent": POLICY,
    "ratelimited": BUSY,
    "timeout": TIMEOUT,
    "unknownerror": FAILED,
    "missingrequired": REQUEST,
    "invalidparametertype": REQUEST,
    "invalidparametervalue": REQUEST,
    "paramlengthexceeded": REQUEST,
    "imagenotaccess": MEDIA,
    # errors page, middle version
    "sensitivecontentdetected": POLICY,
    "inputimagesensitivecontentdetected": POLICY,
    "inputoutputsensitivecontentdetected": POLICY,
    "nsfw": POLICY,
    "prohibitedcontentdetected": POLICY,
    "promptlengthexceeded": PROMPT_LENGTH,
    # error-codes page, the oldest
    "contentviolation": POLICY,
    "nsfwdetected": POLICY,
    "prompttoolong": PROMPT_LENGTH,
    "invalidprompt": PROMPT,
    "invalidimageurl": MEDIA,
    "imagetoolarge": MEDIA,
    "unsupportedformat": MEDIA,
    "imagedownloadfailed": MEDIA,
    "processingtimeout": TIMEOUT,
    "modelunavailable": UNAVAILABLE,
    "generationfailed": FAILED,
    "insufficientcredits": ACCOUNT,
}

# Parts of codes nobody listed, tried in this order; those of the model's maker may pass through, dots and all.
_PARTS = (
    (re.compile("insufficient|credit|balance|quota"), ACCOUNT),
    (re.compile("sensitive|nsfw|violat|contentpolicy|prohibited|moderation|risk|privacy|copyright"), POLICY),
    (re.compile("prompt"), PROMPT),
    (re.compile("notaccess|download|toolarge|unsupported"), MEDIA),
    (re.compile("param|invalid|toolong|lengthexceeded"), REQUEST),
    (re.compile("ratelimit|toomany|concurren"), BUSY),
    (re.compile("timeout"), TIMEOUT),
    (re.compile("unavailable|busy|internal"), UNAVAILABLE),
)


def classify(words: str) -> VideoError | None:
    """Our error for a fail code (or, for want of one, a message); none if nobody knows it."""
    plain = re.sub(r"[\W_]", "", words).lower()
    known = _CODES.get(plain) or next(
        (error for name, error in _CODES.items() if plain.startswith(name)),
        next((error for part, error in _PARTS if part.search(plain)), None),
    )
    from_output = known is POLICY and "output" in plain and "input" not in plain
    return OUTPUT_POLICY if from_output else known


def failure(code: str, message: str) -> VideoError:
    """Why a task failed; the message counts only where there is no code."""
    return classify(code or message) or FAILED


def detail(*words: str) -> str:
    """The provider's words for the operator's log: no links, no paths, nothing as long as a token; ASCII, cut."""
    told = ": ".join(word for word in words if word)
    plain = " ".join("[...]" if _SECRETIVE.search(word) else word for word in told.split())
    return plain.encode("ascii", "backslashreplace").decode().translate(_CONTROLS)[:MAX_DETAIL]


_SECRETIVE = re.compile(r"/.*/|%2[fF]|[^.]{43,}")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)}
