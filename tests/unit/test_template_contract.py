"""What the template promises to code, operators and other tools: functions, routes, settings, names."""

import re

import pytest

from tests.template import FUNCTIONS, ROOT, layers, of_type, properties, source, top_level_order, written

EVERY_FUNCTION = {
    "VIDEOS_TABLE": "VideosTable",
    "MEDIA_BUCKET": "MediaBucket",
    "TRANSFER_QUEUE_URL": "TransferQueue",
    "PARAMETER_PATH": "/reelhook/${AWS::StackName}",
    "STAGE": "AWS::StackName",
    "APIXO_BASE_URL": "ApixoBaseUrl",
    "MODELLIX_BASE_URL": "ModellixBaseUrl",
    "RESULT_ORIGINS": "ResultOrigins",
    "INLINE_TRANSFER_SECONDS": "InlineTransferSeconds",
    "TRANSFER_SECONDS": "TransferSeconds",
    "MAX_VIDEO_BYTES": "MaxVideoBytes",
    "CALLBACK_DEADLINE_SECONDS": "CallbackDeadlineSeconds",
    "PROVIDER_END_SECONDS": "ProviderEndSeconds",
    "QUEUE_MAX_AGE_HOURS": "QueueMaxAgeHours",
    "RETENTION_DAYS": "RetentionDays",
    "MODEL_PRICES": "ModelPrices",
    "CA_BUNDLE": "TrustsAmazonOnly ? amazon : full",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
    "POWERTOOLS_SERVICE_NAME": "AWS::StackName",
    "POWERTOOLS_METRICS_NAMESPACE": "Reelhook",
    "POWERTOOLS_LOG_LEVEL": "LogLevel",
}
ACCOUNTS = {"ACCOUNTS_TABLE": "AccountsTable"}
QUEUEING = {"WEBHOOK_QUEUE_URL": "WebhookQueue"}
CLIENTS = {
    **ACCOUNTS,
    "OIDC_ISSUER": "OidcIssuer",
    "OIDC_AUDIENCE": "OidcAudience",
    "OWNER_LIMITS": "${OwnerVideosPerDay},${OwnerInFlight},${OwnerUsdPerDay}",
    "USER_LIMITS": "${UserVideosPerDay},${UserInFlight},${UserUsdPerDay}",
}
ASKING = {"DEFAULT_MODEL": "DefaultModel", "MODEL_ALIASES": "ModelAliases"}
LIMITS = {name: CLIENTS[name] for name in ("OWNER_LIMITS", "USER_LIMITS")}
INBOX = {"INBOX_BUCKET": "NamesInbox ? InboxBucketName : InboxBucket"}
SENDING = {
    "CALLBACK_BASE_URL": "HasCallbackBaseUrl ? CallbackBaseUrl : CallbackApi.ApiEndpoint",
    "SUBMIT_SAFE_STATUSES": "SubmitSafeStatuses",
}
OWN = {
    "SubmitVideo": {
        **CLIENTS,
        **SENDING,
        **ASKING,
        "REQUIRE_IDEMPOTENCY": "RequireIdempotencyKey",
    },
    "Videos": {**CLIENTS, "OWNER_UPLOADS_PER_DAY": "OwnerUploadsPerDay"},
    "SubmitDrop": {**ACCOUNTS, **LIMITS, **INBOX, **ASKING},
    "DispatchVideos": {**ACCOUNTS, **SENDING},
    "PublishEvents": {**ACCOUNTS, **INBOX, **QUEUEING, "EVENT_BUS_NAME": "EventBusName"},
    "WebhookEndpoints": {**CLIENTS, **QUEUEING, "WEBHOOK_ORIGINS": "WebhookOrigins"},
    "DeliverWebhooks": {
        **ACCOUNTS,
        "WEBHOOK_ORIGINS": "WebhookOrigins",
        "WEBHOOK_SCHEDULE": "WebhookScheduleSeconds",
    },
    "ReconcileVideos": {**ACCOUNTS, **QUEUEING},
}
HANDLERS = {
    "SubmitVideo": "submit_video",
    "SubmitDrop": "submit_drop",
    "Videos": "videos",
    "ReceiveCallback": "receive_callback",
    "TransferVideo": "transfer_video",
    "DispatchVideos": "dispatch_videos",
    "PublishEvents": "publish_events",
    "WebhookEndpoints": "webhook_endpoints",
    "DeliverWebhooks": "deliver_webhooks",
    "ReconcileVideos": "reconcile_videos",
}
ENDPOINT = "/v1/webhook_endpoints/{webhook_endpoint_id}"
ROUTES = {
    ("Api", "post /v1/videos"): "SubmitVideo",
    ("Api", "get /v1/videos/models"): "Videos",
    ("Api", "get /v1/videos"): "Videos",
    ("Api", "post /v1/uploads"): "Videos",
    ("Api", "get /v1/usage"): "Videos",
    ("Api", "get /v1/videos/{video_id}"): "Videos",
    ("Api", "delete /v1/videos/{video_id}"): "Videos",
    ("Api", "post /v1/videos/{video_id}/cancel"): "Videos",
    ("Api", "get /v1/videos/{video_id}/content"): "Videos",
    ("Api", "get /v1/webhook_event_types"): "WebhookEndpoints",
    ("Api", "post /v1/webhook_endpoints"): "WebhookEndpoints",
    ("Api", "get /v1/webhook_endpoints"): "WebhookEndpoints",
    ("Api", f"get {ENDPOINT}"): "WebhookEndpoints",
    ("Api", f"post {ENDPOINT}"): "WebhookEndpoints",
    ("Api", f"delete {ENDPOINT}"): "WebhookEndpoints",
    ("Api", f"post {ENDPOINT}/rotate_secret"): "WebhookEndpoints",
    ("Api", f"post {ENDPOINT}/test"): "WebhookEndpoints",
    ("Api", f"get {ENDPOINT}/deliveries"): "WebhookEndpoints",
    ("Api", f"post {ENDPOINT}/deliveries/{{event_id}}/redeliver"): "WebhookEndpoints",
    ("Api", "get /openapi.json"): "Videos",
    ("Api", "get /docs"): "Videos",
    ("Api", "x-amazon-apigateway-any-method /$default"): "Videos",
    ("CallbackApi", "post /v1/callbacks/{provider}/{video_id}/{token}"): "ReceiveCallback",
}


def test_these_are_all_the_functions() -> None:
    assert set(of_type("AWS::Lambda::Function")) == set(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_gets_exactly_the_settings_it_needs(function: str) -> None:
    variables = properties(function)["Environment"]["Variables"]

    assert {name: written(value) for name, value in variables.items()} == EVERY_FUNCTION | OWN.get(
        function, {}
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_the_module_of_its_name(function: str) -> None:
    assert properties(function)["Handler"] == f"{HANDLERS[function]}.handler"
    assert properties(function)["Runtime"] == "python3.13"


@pytest.mark.parametrize("module", HANDLERS.values())
def test_a_handler_exists_and_fits_in_35_lines(module: str) -> None:
    text = (ROOT / "functions" / f"{module}.py").read_text()

    assert re.search(r"^(def handler\(|handler(: .+)? = )", text, re.MULTILINE)
    assert len(text.splitlines()) <= 35


def test_every_function_module_is_a_function_of_the_template() -> None:
    assert {path.stem for path in (ROOT / "functions").glob("*.py")} == set(HANDLERS.values())


def test_these_are_all_the_routes() -> None:
    found = {}
    for api, about in of_type("AWS::ApiGatewayV2::Api").items():
        for path, operations in about["Body"]["paths"].items():
            for method, operation in operations.items():
                uri = written(operation["x-amazon-apigateway-integration"]["uri"])
                found[api, f"{method} {path}"] = uri.partition("/functions/${")[2].partition(".Arn}")[0]

    assert found == ROUTES


def test_every_output_has_a_description_and_a_name_that_cloudformation_takes() -> None:
    outputs = source()["Outputs"]

    assert {"ApiUrl", "CallbackUrl", "MediaBucket", "InboxBucket", "VideosTable", "AccountsTable"} < set(
        outputs
    )
    for name, about in outputs.items():
        assert name.isalnum()
        assert about["Description"].endswith("."), name


def test_layers_are_built_for_the_architecture_that_the_functions_run_on() -> None:
    (architecture,) = source()["Globals"]["Function"]["Architectures"]

    for layer in layers().values():
        assert layer["Metadata"] == {"BuildMethod": "python3.13", "BuildArchitecture": architecture}
        assert layer["Properties"]["CompatibleArchitectures"] == [architecture]
    for function in of_type("AWS::Lambda::Function").values():
        assert function["Architectures"] == [architecture]


def test_the_layers_are_ours_and_the_libraries_and_do_not_pile_up() -> None:
    assert {about["Properties"]["ContentUri"] for about in layers().values()} == {
        "layers/dependencies",
        "layers/reelhook",
    }
    assert all(about["Properties"]["RetentionPolicy"] == "Delete" for about in layers().values())


def test_the_sections_follow_the_readers_questions() -> None:
    assert top_level_order()[2:] == [
        "Description",
        "Parameters",
        "Conditions",
        "Globals",
        "Resources",
        "Outputs",
    ]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_tracing_is_off_unless_asked_for(function: str) -> None:
    assert properties(function)["TracingConfig"] == {"Mode": {"Ref": "Tracing"}}
    shipped = (ROOT / "layers" / "dependencies" / "requirements.txt").read_text()
    assert "boto3==" in shipped
    assert "xray" not in shipped
