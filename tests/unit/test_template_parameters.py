"""The knobs of the template: their names and defaults, and what they refuse."""

import re

import pytest

from reelhook.domain.webhooks.delivery import SCHEDULE, schedule_of
from tests.models import CATALOG
from tests.template import source

DEFAULTS = {
    "CallbackBaseUrl": "",
    "ApixoBaseUrl": "https://api.apixo.ai/api/v1",
    "ModellixBaseUrl": "https://api.modellix.ai/api/v1",
    "ResultOrigins": "https://file.apixo.ai,https://cdn.apixo.ai,https://file.modellix.ai",
    "CallbackDeadlineSeconds": 0,
    "ProviderEndSeconds": 0,
    "InlineTransferSeconds": 18,
    "TransferSeconds": 300,
    "MaxVideoBytes": 2 * 1024**3,
    "QueueMaxAgeHours": 7 * 24,
    "EventBusName": "default",
    "InboxBucketName": "",
    "WebhookOrigins": "",
    "WebhookScheduleSeconds": "60,300,1800,7200,18000,36000,50400,72000,86400",
    "RetentionDays": 0,
    "SubmitSafeStatuses": "429",
    "DefaultModel": "apixo/seedance-2-0-fast",
    "ModelAliases": "",
    "RequireIdempotencyKey": "false",
    "OidcIssuer": "",
    "OidcAudience": "",
    "OwnerVideosPerDay": "",
    "OwnerInFlight": "",
    "OwnerUsdPerDay": "",
    "OwnerUploadsPerDay": 200,
    "UserVideosPerDay": "",
    "UserInFlight": "",
    "UserUsdPerDay": "",
    "ModelPrices": "",
    "LogRetentionDays": 30,
    "LogLevel": "INFO",
    "AwsCaBundle": "amazon",
    "CorsAllowOrigins": "",
    "AlarmEmail": "",
    "AlarmTopicArn": "",
    "CallbackReservedConcurrency": 0,
    "Tracing": "PassThrough",
}


def test_parameters_keep_their_names_and_defaults() -> None:
    parameters = source()["Parameters"]

    assert {name: parameters[name]["Default"] for name in DEFAULTS} == DEFAULTS
    assert set(parameters) - set(DEFAULTS) == {
        "ApiThrottleRate",
        "ApiThrottleBurst",
        "CallbackThrottleRate",
        "CallbackThrottleBurst",
    }


def test_every_parameter_has_a_description_and_refuses_nonsense() -> None:
    for name, about in source()["Parameters"].items():
        assert about["Description"].endswith("."), name
        bounds = ("AllowedPattern", "AllowedValues", "MinValue")
        assert any(bound in about for bound in bounds), name


def test_the_default_model_may_be_any_of_the_catalog_and_no_other() -> None:
    assert tuple(source()["Parameters"]["DefaultModel"]["AllowedValues"]) == CATALOG.names


@pytest.mark.parametrize("model", CATALOG.names)
def test_every_model_of_the_catalog_may_be_given_a_price(model: str) -> None:
    assert re.fullmatch(source()["Parameters"]["ModelPrices"]["AllowedPattern"], f"{model}=0.123456")


@pytest.mark.parametrize("model", CATALOG.names)
def test_every_model_of_the_catalog_may_have_another_name_and_none_may_give_its_own(model: str) -> None:
    pattern = source()["Parameters"]["ModelAliases"]["AllowedPattern"]

    assert re.fullmatch(pattern, f"sora-2={model}")
    assert not re.fullmatch(pattern, f"{model}=apixo/seedance-2-0")


def test_results_are_fetched_from_every_origin_that_a_model_names() -> None:
    origins = {origin for model in CATALOG.models for origin in model.result_origins}
    assert set(source()["Parameters"]["ResultOrigins"]["Default"].split(",")) == origins


def test_no_origin_is_exempt_from_the_webhooks_rule_unless_it_is_listed() -> None:
    assert source()["Parameters"]["WebhookOrigins"]["Default"] == ""


def test_webhooks_are_tried_by_the_schedule_that_the_documents_give() -> None:
    assert schedule_of(source()["Parameters"]["WebhookScheduleSeconds"]["Default"]) == SCHEDULE


def test_every_default_passes_its_own_rule() -> None:
    for name, about in source()["Parameters"].items():
        if "AllowedPattern" in about:
            assert re.fullmatch(about["AllowedPattern"], about["Default"]), name
        if "AllowedValues" in about:
            assert about["Default"] in about["AllowedValues"], name
        if "MinValue" in about:
            assert about["MinValue"] <= about["Default"] <= about.get("MaxValue", about["Default"]), name


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("ResultOrigins", "file.apixo.ai"),
        ("ResultOrigins", "https://file.apixo.ai/"),
        ("ResultOrigins", "https://file.apixo.ai, https://cdn.apixo.ai"),
        ("SubmitSafeStatuses", "429;503"),
        ("CallbackBaseUrl", "https://callbacks.example.com/"),
        ("ApixoBaseUrl", "api.apixo.ai/api/v1"),
        ("ModellixBaseUrl", "api.modellix.ai/api/v1"),
        ("AlarmTopicArn", "alarms"),
        ("OidcIssuer", "http://issuer.example.com"),
        ("OidcIssuer", "https://issuer.example.com/?pool=1"),
        ("OidcIssuer", "issuer.example.com"),
        ("OidcAudience", "app, web"),
        ("OwnerVideosPerDay", "-1"),
        ("UserUsdPerDay", "5 USD"),
        ("UserUsdPerDay", ".5"),
        ("ModelPrices", "apixo/seedance-2-0"),
        ("ModelPrices", "apixo/seedance-9=0.10"),
        ("ModelPrices", "apixo/seedance-2-0=0.10 modellix/seedance-2.0-v2v=0.2"),
        ("ModelAliases", "sora-2"),
        ("ModelAliases", "sora-2=sora-2-pro"),
        ("ModelAliases", "sora-2=apixo/seedance-9"),
        ("ModelAliases", "=apixo/seedance-2-0"),
        ("ModelAliases", "sora 2=apixo/seedance-2-0"),
        ("ModelAliases", "sora-2=apixo/seedance-2-0,"),
        ("ModelAliases", "sora-2=apixo/seedance-2-0 sora-2-pro=apixo/seedance-2-0"),
        ("InboxBucketName", "s3://inbox"),
        ("InboxBucketName", "Inbox"),
        ("WebhookOrigins", "hooks.example.com"),
        ("WebhookOrigins", "http://user@127.0.0.1:9000"),
        ("WebhookOrigins", "http://127.0.0.1:9000/in"),
        ("WebhookScheduleSeconds", ""),
        ("WebhookScheduleSeconds", "60, 300"),
        ("WebhookScheduleSeconds", "1.5"),
        ("CorsAllowOrigins", "app.example.com"),
        ("CorsAllowOrigins", "https://app.example.com/"),
        ("CorsAllowOrigins", "https://*.example.com"),
        ("CorsAllowOrigins", "*,https://app.example.com"),
    ],
)
def test_a_parameter_that_could_not_work_is_refused_before_the_deploy(parameter: str, value: str) -> None:
    assert not re.fullmatch(source()["Parameters"][parameter]["AllowedPattern"], value)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("ResultOrigins", "https://file.apixo.ai,http://127.0.0.1:8788"),
        ("SubmitSafeStatuses", "429,503"),
        ("CallbackBaseUrl", "http://127.0.0.1:8787"),
        ("ApixoBaseUrl", "http://127.0.0.1:8788/api/v1"),
        ("OidcIssuer", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a1B2c3D4e"),
        ("OidcIssuer", "https://example.eu.auth0.com/"),
        ("OidcIssuer", "http://127.0.0.1:8790"),
        ("OidcAudience", "app,https://api.example.com"),
        ("OwnerVideosPerDay", "0"),
        ("ModelPrices", "apixo/seedance-2-0=0.10,modellix/seedance-2.0-v2v=1"),
        ("ModelAliases", "sora-2=apixo/seedance-2-0-fast,sora-2-pro=apixo/seedance-2-0"),
        ("ModelAliases", "google/veo-3:free=modellix/seedance-1.0-pro-fast-t2v"),
        ("OwnerUsdPerDay", "0.50"),
        ("WebhookOrigins", "http://127.0.0.1:9000,https://hooks.internal.example:8443"),
        ("WebhookScheduleSeconds", "1,1,1"),
        ("AlarmTopicArn", "arn:aws:sns:eu-west-1:123456789012:alarms"),
        ("InboxBucketName", "films.example.com-inbox"),
        ("CorsAllowOrigins", "*"),
        ("CorsAllowOrigins", "https://app.example.com,http://localhost:5173"),
    ],
)
def test_a_parameter_that_can_work_is_taken(parameter: str, value: str) -> None:
    assert re.fullmatch(source()["Parameters"][parameter]["AllowedPattern"], value)
