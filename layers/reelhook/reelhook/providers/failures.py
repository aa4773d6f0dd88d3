"""Why a task or a request failed, in our words: by the provider's codes, the model maker's, or parts of unknown ones.

A code nobody knows is normal: it is judged by its parts, and kept, with the provider's words, for the operator's log
only, cut and escaped.
"""

import re
from collections.abc import Mapping

from reelhook.domain.failure import VideoError
from reelhook.providers.errors import (
    ACCOUNT,
    BUSY,
    FAILED,
    MEDIA,
    OUTPUT_POLICY,
    POLICY,
    PROMPT,
    REQUEST,
    TIMEOUT,
    UNAVAILABLE,
    UNREACHABLE,
)

MAX_DETAIL = 256

type Codes = Mapping[str, VideoError]  # normalised: letters and digits only, lower case

# ByteDance's own codes (Volcengine Ark and BytePlus ModelArk, tables of error codes), which both providers may pass
# through in place of their own or in the middle of a message; more may follow behind a dot.
_MAKERS = re.compile(
    r"\b(?:(?P<side>Input|Output)[A-Za-z]*(?:SensitiveContentDetected|RiskDetection)|ContentSecurityDetectionError)"
)
# Parts of codes nobody listed, tried in this order.
_PARTS = (
    (re.compile("insufficient|credit|balance|quota|overdue|arrear"), ACCOUNT),
    (re.compile("sensitive|nsfw|violat|contentpolicy|prohibited|moderation|risk|privacy|copyright"), POLICY),
    (re.compile("prompt"), PROMPT),
    (re.compile("notaccess|download"), UNREACHABLE),
    (re.compile("toolarge|unsupported"), MEDIA),
    (re.compile("param|invalid|toolong|lengthexceeded"), REQUEST),
    (re.compile("ratelimit|toomany|concurren"), BUSY),
    (re.compile("timeout|timedout"), TIMEOUT),
    (re.compile("unavailable|busy|internal"), UNAVAILABLE),
)


def classify(words: str, codes: Codes) -> VideoError | None:
    """Our error for a fail code (or, for want of one, a message); none if nobody knows it."""
    plain = re.sub(r"[\W_]", "", words).lower()
    known = codes.get(plain)
    if known is None and (makers := _MAKERS.search(words)):
        return OUTPUT_POLICY if makers["side"] == "Output" else POLICY
    known = known or next(
        (error for name, error in codes.items() if plain.startswith(name)),
        next((error for part, error in _PARTS if part.search(plain)), None),
    )
    from_output = known is POLICY and "output" in plain and "input" not in plain
    return OUTPUT_POLICY if from_output else known


def named(code: str) -> str:
    """The code, unless it is a number: Modellix's errors carry the HTTP status beside a message that says what is wrong."""
    return "" if code.isdigit() else code


def failure(code: str, message: str, codes: Codes) -> VideoError:
    """Why a task failed; beside a code the message counts only if the code says nothing and the content is at fault."""
    known = classify(named(code) or message, codes) or FAILED
    told = classify(message, codes) if known is FAILED else None
    return told if told in (POLICY, OUTPUT_POLICY) else known


def detail(*words: str) -> str:
    """The provider's words for the operator's log: no links, no paths, nothing as long as a token; ASCII, cut."""
    told = ": ".join(word for word in words if word)
    plain = " ".join("[...]" if _SECRETIVE.search(word) else word for word in told.split())
    return plain.encode("ascii", "backslashreplace").decode().translate(_CONTROLS)[:MAX_DETAIL]


_SECRETIVE = re.compile(r"/.*/|%2[fF]|[^.]{43,}")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)}
