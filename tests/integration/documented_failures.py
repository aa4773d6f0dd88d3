"""Every failure that the providers document, as their pages spell it, and what it has to be to a client: code, category."""

from typing import Any

type Verdict = tuple[str, str]

APIXO, MODELLIX = "apixo/seedance-2-0-fast", "modellix/seedance-1.0-pro-fast-t2v"
REQUEST_ID = "req-0217c4a9"  # what providers add to their words; no client may see it
INPUT: Verdict = ("content_policy_violation", "input_moderation")
OUTPUT: Verdict = ("content_policy_violation", "output_moderation")
REQUEST: Verdict = ("invalid_request", "invalid_input")
PROMPT: Verdict = ("invalid_prompt", "invalid_input")
TOO_LONG: Verdict = ("prompt_too_long", "invalid_input")
MEDIA: Verdict = ("invalid_media", "invalid_input")
BUSY: Verdict = ("provider_busy", "provider_busy")
TIMEOUT: Verdict = ("provider_timeout", "provider_timeout")
UNAVAILABLE: Verdict = ("provider_unavailable", "provider_unavailable")
MODEL: Verdict = ("model_unavailable", "provider_unavailable")
FAILED: Verdict = ("generation_failed", "provider_unavailable")
ACCOUNT: Verdict = ("provider_account", "account")
UNKNOWN: Verdict = ("submission_unknown", "submission_unknown")


def _apixo_400(error: str) -> dict[str, Any]:
    return {"status": 400, "message": "Invalid request", "data": {"error": f"{error} ({REQUEST_ID})"}}


def _says(status: int, message: str, **more: Any) -> dict[str, Any]:
    return {"status": status, "message": f"{message} ({REQUEST_ID})", **more}


# Model, answer to the submit, verdict. A number is the status with its page's own body.
REFUSALS: list[tuple[str, Any, Verdict]] = [
    # seedance-2-0-fast page, "Common request validation errors"
    (APIXO, _apixo_400("Missing required parameter: input.prompt"), REQUEST),
    (APIXO, _apixo_400("Invalid parameter type: input.duration"), REQUEST),
    (APIXO, _apixo_400("Invalid parameter value: input.resolution"), REQUEST),
    (APIXO, _apixo_400("Param length exceeded: input.image_urls"), REQUEST),
    (APIXO, _apixo_400("ImageNotAccess"), MEDIA),
    # the same page, "HTTP errors"
    (APIXO, 400, REQUEST),
    (APIXO, 401, ACCOUNT),
    (APIXO, 402, ACCOUNT),
    (APIXO, 403, ACCOUNT),
    (APIXO, 404, MODEL),
    (APIXO, _says(401, "Invalid or missing API key"), ACCOUNT),
    (APIXO, _says(402, "Insufficient balance or quota"), ACCOUNT),
    (APIXO, _says(403, "Key or route cannot access the model"), ACCOUNT),
    # gpt-image-1 page: an empty account as a 400; its third shape is a fail code, below
    (APIXO, "insufficient_credits", ACCOUNT),
    (APIXO, _says(400, "Insufficient credits"), ACCOUNT),
    # errors page: 403 is about the content there, and an immediate error may carry a fail code
    (APIXO, _says(403, "Content violates policy"), INPUT),
    (APIXO, _says(400, "Invalid request", data={"failCode": "SensitiveContentDetected"}), INPUT),
    # "API" and "Error handling" pages
    (MODELLIX, _says(400, "Invalid parameters: duration must be an integer"), REQUEST),
    (MODELLIX, _says(400, "Missing required parameter: prompt"), REQUEST),
    (MODELLIX, _says(400, "Invalid format: not JSON"), REQUEST),
    (MODELLIX, _says(400, "Value out of range: seed"), REQUEST),
    (MODELLIX, 401, ACCOUNT),
    (MODELLIX, 402, ACCOUNT),
    (MODELLIX, 403, ACCOUNT),
    (MODELLIX, 404, MODEL),
    (MODELLIX, _says(401, "Authentication failed: key expired"), ACCOUNT),
    (MODELLIX, _says(402, "Insufficient balance: account in arrears"), ACCOUNT),
    (MODELLIX, _says(403, "Forbidden: this key has no access to the model"), ACCOUNT),
    (MODELLIX, _says(404, "Resource not found: model"), MODEL),
    # the model's maker refuses real faces at submit
    (MODELLIX, _says(400, "Invalid parameters: InputImageSensitiveContentDetected.PrivacyInformation"), INPUT),
]  # fmt: skip
# After these nobody can say whether a task was begun.
UNCLEAR = [
    *((APIXO, status) for status in (500, 502, 503, 504)),
    *((MODELLIX, status) for status in (500, 502, 503, 504)),
]

# Fail codes of APIXO's tasks: three generations of pages, three vocabularies.
APIXO_CODES: dict[str, Verdict] = {
    # seedance-2-0-fast page, "Task failure codes"
    "PromptInvalid": PROMPT,
    "SensitiveContent": INPUT,
    "RateLimited": BUSY,
    "Timeout": TIMEOUT,
    "Unknown error": FAILED,
    # errors page
    "SensitiveContentDetected": INPUT,
    "InputImageSensitiveContentDetected": INPUT,
    "InputOutputSensitiveContentDetected": INPUT,
    "NSFW": INPUT,
    "ProhibitedContentDetected": INPUT,
    "PromptLengthExceeded": TOO_LONG,
    # error-codes page
    "CONTENT_VIOLATION": INPUT,
    "NSFW_DETECTED": INPUT,
    "PROMPT_TOO_LONG": TOO_LONG,
    "INVALID_PROMPT": PROMPT,
    "INVALID_IMAGE_URL": MEDIA,
    "IMAGE_TOO_LARGE": MEDIA,
    "UNSUPPORTED_FORMAT": MEDIA,
    "IMAGE_DOWNLOAD_FAILED": MEDIA,
    "PROCESSING_TIMEOUT": TIMEOUT,
    "MODEL_UNAVAILABLE": UNAVAILABLE,
    "GENERATION_FAILED": FAILED,
    "INSUFFICIENT_CREDITS": ACCOUNT,
}
# Codes of the model's maker, which either provider may pass through.
MAKERS_CODES: dict[str, Verdict] = {
    "OutputVideoSensitiveContentDetected": OUTPUT,
    "InputVideoSensitiveContentDetected.PrivacyInformation": INPUT,
    "InputTextRiskDetection": INPUT,
    "OutputImageRiskDetection": OUTPUT,
    "ContentSecurityDetectionError": INPUT,
    "InvalidParameter.duration": REQUEST,
}
# On nobody's page: judged by their parts, or by nothing.
UNKNOWN_CODES: dict[str, Verdict] = {
    "E1042": FAILED,
    "WholeNewTrouble": FAILED,
    "AudioCopyrightRestricted": INPUT,
    "QuotaExceeded": ACCOUNT,
    "InternalServiceError": UNAVAILABLE,
}
# Reasons of Modellix's tasks: no page shows one, so its HTTP errors' words, each in another of the places seen.
MODELLIX_REASONS: list[tuple[str, str, Verdict]] = [
    ("error", "Invalid parameters: duration", REQUEST),
    ("error_object", "Missing required parameter: prompt", REQUEST),
    ("error_message", "Invalid format: image", REQUEST),
    ("message", "Value out of range: seed", REQUEST),
    ("fail_reason", "Authentication failed: key expired", ACCOUNT),
    ("reason", "Insufficient balance: account in arrears", ACCOUNT),
    ("result_error", "Rate limit exceeded: 100 per minute", BUSY),
    ("envelope", "Concurrent limit exceeded: 3", BUSY),
    ("error", "Service unavailable: circuit breaker open", UNAVAILABLE),
    ("error_message", "Resource not found: model", MODEL),
    ("reason", "expired", TIMEOUT),
    ("envelope", "task failed: OutputVideoSensitiveContentDetected", OUTPUT),
    ("nowhere", "Value out of range: seed", FAILED),
]
