"""APIXO's fail codes in our words. Three generations of its pages name three vocabularies, each cut short."""

from reelhook.providers.errors import (
    ACCOUNT,
    BUSY,
    FAILED,
    MEDIA,
    POLICY,
    PROMPT,
    PROMPT_LENGTH,
    REQUEST,
    TIMEOUT,
    UNAVAILABLE,
    UNREACHABLE,
)
from reelhook.providers.failures import Codes

# Codes, or what a message begins with; normalised: letters and digits only, lower case.
CODES: Codes = {
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
    "imagenotaccess": UNREACHABLE,
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
    "invalidimageurl": UNREACHABLE,
    "imagetoolarge": MEDIA,
    "unsupportedformat": MEDIA,
    "imagedownloadfailed": UNREACHABLE,
    "processingtimeout": TIMEOUT,
    "modelunavailable": UNAVAILABLE,
    "generationfailed": FAILED,
    "insufficientcredits": ACCOUNT,
}
