"""Every fail code on APIXO's pages has a public error in our words; codes nobody listed fall in by their parts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.answers import TaskFailed
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.providers import errors as provider_errors
from reelhook.providers.apixo_answers import task_answer
from reelhook.providers.apixo_failures import CODES
from reelhook.providers.failures import detail, failure
from reelhook.wire.exchange import Reply

# Code as the page spells it, what the page says to do about it: change the input, wait and retry, or tell the operator.
PAGES = {
    # seedance-2-0-fast, "Task failure codes"
    "PromptInvalid": ("invalid_prompt", Category.INVALID_INPUT, False),
    "SensitiveContent": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "RateLimited": ("provider_busy", Category.PROVIDER_BUSY, True),
    "Timeout": ("provider_timeout", Category.PROVIDER_TIMEOUT, True),
    "Unknown error": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
    # seedance-2-0-fast, "Common request validation errors"
    "Missing required parameter": ("invalid_request", Category.INVALID_INPUT, False),
    "Invalid parameter type": ("invalid_request", Category.INVALID_INPUT, False),
    "Invalid parameter value": ("invalid_request", Category.INVALID_INPUT, False),
    "Param length exceeded": ("invalid_request", Category.INVALID_INPUT, False),
    "ImageNotAccess": ("invalid_media", Category.INVALID_INPUT, False),
    # errors page
    "SensitiveContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InputImageSensitiveContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InputOutputSensitiveContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "NSFW": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "ProhibitedContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "PromptLengthExceeded": ("prompt_too_long", Category.INVALID_INPUT, False),
    # error-codes page
    "CONTENT_VIOLATION": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "NSFW_DETECTED": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "PROMPT_TOO_LONG": ("prompt_too_long", Category.INVALID_INPUT, False),
    "INVALID_PROMPT": ("invalid_prompt", Category.INVALID_INPUT, False),
    "INVALID_IMAGE_URL": ("invalid_media", Category.INVALID_INPUT, False),
    "IMAGE_TOO_LARGE": ("invalid_media", Category.INVALID_INPUT, False),
    "UNSUPPORTED_FORMAT": ("invalid_media", Category.INVALID_INPUT, False),
    "IMAGE_DOWNLOAD_FAILED": ("invalid_media", Category.INVALID_INPUT, False),
    "PROCESSING_TIMEOUT": ("provider_timeout", Category.PROVIDER_TIMEOUT, True),
    "MODEL_UNAVAILABLE": ("provider_unavailable", Category.PROVIDER_UNAVAILABLE, True),
    "GENERATION_FAILED": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
    "INSUFFICIENT_CREDITS": ("provider_account", Category.ACCOUNT, False),
    # not on APIXO's pages: the model's maker's, which may pass through
    "OutputVideoSensitiveContentDetected": ("content_policy_violation", Category.OUTPUT_MODERATION, False),
    "OutputImageRiskDetection": ("content_policy_violation", Category.OUTPUT_MODERATION, False),
    "InputImageSensitiveContentDetected.PrivacyInformation": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InputVideoSensitiveContentDetected.PrivacyInformation": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InputTextSensitiveContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InputAudioSensitiveContentDetected": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "OutputAudioSensitiveContentDetected": ("content_policy_violation", Category.OUTPUT_MODERATION, False),
    "InputImageRiskDetection": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "AccountOverdueError": ("provider_account", Category.ACCOUNT, False),
    "InputTextRiskDetection": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "ContentSecurityDetectionError": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "InvalidParameter.duration": ("invalid_request", Category.INVALID_INPUT, False),
    # nobody's
    "QuotaExceeded": ("provider_account", Category.ACCOUNT, False),
    "CopyrightRestricted": ("content_policy_violation", Category.INPUT_MODERATION, False),
    "TooManyRequests": ("provider_busy", Category.PROVIDER_BUSY, True),
    "ConcurrencyLimit": ("provider_busy", Category.PROVIDER_BUSY, True),
    "InternalServiceError": ("provider_unavailable", Category.PROVIDER_UNAVAILABLE, True),
    "E1042": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
    "": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
}  # fmt: skip


@pytest.mark.parametrize("code", PAGES)
def test_a_fail_code_becomes_ours(code: str) -> None:
    error = failure(code, "", CODES)
    assert (error.code, error.category, error.retryable) == PAGES[code]
    assert error.billed is Billed.UNKNOWN
    assert error.param == ("prompt" if error.code in ("invalid_prompt", "prompt_too_long") else None)


@pytest.mark.parametrize("code", PAGES)
def test_no_failure_over_content_input_or_account_is_worth_repeating(code: str) -> None:
    error = failure(code, "", CODES)
    never = (Category.INPUT_MODERATION, Category.OUTPUT_MODERATION, Category.INVALID_INPUT, Category.ACCOUNT)
    assert error.retryable is (error.category not in never)


@pytest.mark.parametrize("code", ["promptinvalid", "PROMPT_INVALID", "Prompt-Invalid", " Prompt Invalid "])
def test_spelling_does_not_matter(code: str) -> None:
    assert failure(code, "", CODES).code == "invalid_prompt"


def test_without_a_code_the_message_is_judged() -> None:
    assert failure("", "Output video was flagged as sensitive", CODES).category is Category.OUTPUT_MODERATION
    assert failure("", "Prompt is invalid or rejected by provider", CODES).code == "invalid_prompt"


def test_a_message_never_overrules_a_code() -> None:
    assert failure("Timeout", "insufficient credits", CODES).code == "provider_timeout"
    assert failure("E1042", "insufficient credits", CODES).code == "generation_failed"


def test_content_at_fault_is_never_passed_for_a_failure_worth_repeating() -> None:
    for code in ("E1042", "Unknown error", "GENERATION_FAILED"):
        error = failure(code, "Output video was flagged as sensitive", CODES)
        assert (error.category, error.retryable) == (Category.OUTPUT_MODERATION, False)


ERRORS = [error for error in vars(provider_errors).values() if isinstance(error, VideoError)]


def test_the_public_codes_are_few_and_their_messages_are_sentences() -> None:
    assert {error.code for error in ERRORS} == {
        "content_policy_violation",
        "invalid_prompt",
        "prompt_too_long",
        "invalid_media",
        "invalid_request",
        "provider_busy",
        "provider_timeout",
        "provider_unavailable",
        "provider_account",
        "model_unavailable",
        "generation_failed",
    }
    assert all(error.message.endswith(".") and "APIXO" not in error.message for error in ERRORS)


@given(st.text(max_size=120), st.text(max_size=400))
def test_what_the_provider_wrote_reaches_only_the_log_short_and_plain(code: str, message: str) -> None:
    assert failure(code, message, CODES).message in [error.message for error in ERRORS]
    told = detail(code, message)
    assert len(told) <= 256
    assert told.isascii()
    assert told == "" or told.isprintable()


def test_a_detail_of_64_kib_is_cut_at_once() -> None:
    assert len(detail("x" * 65_536, "/" * 65_536, "a b " * 16_384)) <= 256


@pytest.mark.parametrize(
    ("code", "unfetched"),
    [
        ("ImageNotAccess", True),
        ("INVALID_IMAGE_URL", True),
        ("IMAGE_DOWNLOAD_FAILED", True),
        ("VideoDownloadTimeout", True),  # nobody's
        ("IMAGE_TOO_LARGE", False),
        ("UNSUPPORTED_FORMAT", False),
        ("SensitiveContent", False),
        ("Unknown error", False),
    ],
)
def test_media_that_could_not_be_fetched_are_told_apart_from_media_that_are_no_good(
    code: str, unfetched: bool
) -> None:
    body = {"code": 200, "data": {"taskId": "t", "state": "failed", "failCode": code, "failMsg": "no"}}

    answer = task_answer(Reply(200, {}, json.dumps(body).encode()), "t")

    assert isinstance(answer, TaskFailed)
    assert answer.unfetched is unfetched
