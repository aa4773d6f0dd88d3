"""Every message that Modellix's pages show is one of our errors; what nobody documented falls in by its parts."""

import pytest

from reelhook.domain.failure import Category
from reelhook.providers.errors import FAILED
from reelhook.providers.failures import failure
from reelhook.providers.modellix_failures import CODES

MODERATION = ("content_policy_violation", Category.INPUT_MODERATION, False)
# A failed task's reason as it may come, since no page shows one: our code, category, and whether to try again.
MESSAGES = {
    # the categories of HTTP errors ("API" and "Error handling" pages), with some detail behind them
    "Invalid parameters: duration must be an integer": ("invalid_request", Category.INVALID_INPUT, False),
    "Missing required parameter: prompt": ("invalid_request", Category.INVALID_INPUT, False),
    "Invalid format: not JSON": ("invalid_request", Category.INVALID_INPUT, False),
    "Value out of range: seed": ("invalid_request", Category.INVALID_INPUT, False),
    "Authentication failed: key expired": ("provider_account", Category.ACCOUNT, False),
    "Resource not found: model": ("model_unavailable", Category.PROVIDER_UNAVAILABLE, False),
    "Rate limit exceeded: 100 per minute": ("provider_busy", Category.PROVIDER_BUSY, True),
    "Concurrent limit exceeded: 3": ("provider_busy", Category.PROVIDER_BUSY, True),
    "Service unavailable: circuit breaker open": ("provider_unavailable", Category.PROVIDER_UNAVAILABLE, True),
    "Internal server error": ("provider_unavailable", Category.PROVIDER_UNAVAILABLE, True),
    # the model maker's codes, alone or within a message
    "InputImageSensitiveContentDetected.PrivacyInformation": MODERATION,
    "Invalid parameters: InputImageSensitiveContentDetected.PrivacyInformation (real person)": MODERATION,
    "task failed: OutputVideoSensitiveContentDetected": ("content_policy_violation", Category.OUTPUT_MODERATION, False),
    "ContentSecurityDetectionError": MODERATION,
    # free words
    "Insufficient balance": ("provider_account", Category.ACCOUNT, False),
    "Account in arrears": ("provider_account", Category.ACCOUNT, False),
    "The task timed out": ("provider_timeout", Category.PROVIDER_TIMEOUT, True),
    "expired": ("provider_timeout", Category.PROVIDER_TIMEOUT, True),
    "The prompt violates our content policy": MODERATION,
    "canceled": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
    "": ("generation_failed", Category.PROVIDER_UNAVAILABLE, True),
}  # fmt: skip


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_becomes_ours(message: str) -> None:
    error = failure("", message, CODES)
    assert (error.code, error.category, error.retryable) == MESSAGES[message]
    assert not message or message not in error.message


def test_an_http_status_in_place_of_a_code_says_nothing_and_the_message_is_judged() -> None:
    for code in ("400", "402", "429"):
        assert failure(code, "Value out of range: seed", CODES).code == "invalid_request"
        assert failure(code, "Concurrent limit exceeded: 3", CODES).code == "provider_busy"
        assert failure(code, "Insufficient balance", CODES).category is Category.ACCOUNT
        assert failure(code, "", CODES) is FAILED


def test_a_code_counts_before_a_message_and_an_unknown_one_is_just_a_failure() -> None:
    assert failure("OutputVideoSensitiveContentDetected", "Rate limit exceeded", CODES).category is (
        Category.OUTPUT_MODERATION
    )
    assert failure("E-77", "Rate limit exceeded", CODES) is FAILED
