"""Who may do what: each function has a role of its own, with exact actions on exact resources."""

import re

import pytest

from tests.grants import granted, grants, listed
from tests.template import FUNCTIONS, of_type, properties, resource, written

PARAMETERS = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/reelhook/${AWS::StackName}"
API_KEYS = (f"{PARAMETERS}/apixo-api-key", f"{PARAMETERS}/modellix-api-key")
CALLBACK_KEYS = f"{PARAMETERS}/callback-keys"
WEBHOOK_KEY = f"{PARAMETERS}/webhook-key"
VIDEOS, ACCOUNTS = "VideosTable.Arn", "AccountsTable.Arn"
STREAM = "VideosTable.StreamArn"
BUS = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}"
INBOX = "arn:${AWS::Partition}:s3:::${InboxBucketName}"
DROPS = f"NamesInbox ? {INBOX}/drops/* : ${{InboxBucket.Arn}}/drops/*"
OUTCOMES = f"NamesInbox ? {INBOX}/outcomes/* : ${{InboxBucket.Arn}}/outcomes/*"
OBJECTS, REFERENCES = "${MediaBucket.Arn}/videos/*", "${MediaBucket.Arn}/references/*"
UPLOADS = "${MediaBucket.Arn}/references/*/uploads/*"


def allowed(resource_name: str, *actions: str) -> set[tuple[str, str]]:
    return {(action, resource_name) for action in actions}


LOOKING_UP = set().union(*(allowed(key, "ssm:GetParameter") for key in API_KEYS))
SECRETS = LOOKING_UP | allowed(CALLBACK_KEYS, "ssm:GetParameter")
STORING = allowed(OBJECTS, "s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload") | allowed(
    "MediaBucket.Arn", "s3:ListBucket"
)
CHANGING = allowed(VIDEOS, "dynamodb:GetItem", "dynamodb:UpdateItem")
HANDING_OVER = allowed("TransferQueue.Arn", "sqs:SendMessage")
ROLES = {
    "SubmitVideo": CHANGING
    | allowed(VIDEOS, "dynamodb:PutItem")
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:UpdateItem")
    | allowed(REFERENCES, "s3:PutObject", "s3:GetObject")
    | allowed(UPLOADS, "s3:GetObjectVersion")
    | allowed("MediaBucket.Arn", "s3:ListBucket")
    | SECRETS,
    "SubmitDrop": allowed(VIDEOS, "dynamodb:GetItem", "dynamodb:PutItem")
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:UpdateItem")
    | allowed(DROPS, "s3:GetObject", "s3:GetObjectVersion")
    | allowed(f"NamesInbox ? {INBOX} : InboxBucket.Arn", "s3:ListBucket")
    | allowed(OUTCOMES, "s3:PutObject")
    | allowed(REFERENCES, "s3:PutObject", "s3:GetObject")
    | allowed("FailedEvents.Arn", "sqs:SendMessage"),
    "Videos": CHANGING
    | allowed(VIDEOS, "dynamodb:BatchGetItem", "dynamodb:PutItem")
    | allowed("${VideosTable.Arn}/index/owner", "dynamodb:Query")
    | allowed("${VideosTable.Arn}/index/user", "dynamodb:Query")
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem")
    | allowed(OBJECTS, "s3:GetObject")
    | allowed(UPLOADS, "s3:PutObject"),
    "ReceiveCallback": CHANGING
    | allowed("${VideosTable.Arn}/index/task", "dynamodb:Query")
    | SECRETS
    | STORING
    | HANDING_OVER,
    "TransferVideo": CHANGING
    | LOOKING_UP
    | STORING
    | allowed("TransferQueue.Arn", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "DispatchVideos": CHANGING
    | allowed("${VideosTable.Arn}/index/queue", "dynamodb:Query")
    | allowed(ACCOUNTS, "dynamodb:GetItem")
    | allowed(REFERENCES, "s3:GetObject")
    | allowed(UPLOADS, "s3:GetObjectVersion")
    | SECRETS,
    "PublishEvents": allowed(
        STREAM,
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    )
    | allowed(BUS, "events:PutEvents")
    | allowed(OUTCOMES, "s3:PutObject")
    | allowed(VIDEOS, "dynamodb:UpdateItem", "dynamodb:PutItem")
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:UpdateItem")
    | allowed("WebhookQueue.Arn", "sqs:SendMessage")
    | allowed("FailedEvents.Arn", "sqs:SendMessage"),
    "WebhookEndpoints": CHANGING
    | allowed(VIDEOS, "dynamodb:BatchGetItem")
    | allowed("${VideosTable.Arn}/index/deliveries", "dynamodb:Query")
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:UpdateItem")
    | allowed(WEBHOOK_KEY, "ssm:GetParameter")
    | allowed("WebhookQueue.Arn", "sqs:SendMessage"),
    "DeliverWebhooks": CHANGING
    | allowed(ACCOUNTS, "dynamodb:GetItem", "dynamodb:UpdateItem")
    | allowed(WEBHOOK_KEY, "ssm:GetParameter")
    | allowed("WebhookQueue.Arn", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "ReconcileVideos": CHANGING
    | allowed("${VideosTable.Arn}/index/due", "dynamodb:Query")
    | allowed("${VideosTable.Arn}/index/task", "dynamodb:Query")
    | allowed(ACCOUNTS, "dynamodb:UpdateItem")
    | LOOKING_UP
    | allowed(OBJECTS, "s3:DeleteObject")
    | allowed(REFERENCES, "s3:DeleteObject")
    | allowed("MediaBucket.Arn", "s3:ListBucket")
    | HANDING_OVER
    | allowed("WebhookQueue.Arn", "sqs:SendMessage"),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_allows_these_actions_on_these_resources_and_no_others(function: str) -> None:
    (policy,) = properties(f"{function}Role")["Policies"]
    own_log = allowed(f"{function}Log.Arn", "logs:CreateLogStream", "logs:PutLogEvents")

    assert granted(policy["PolicyDocument"]) == ROLES[function] | own_log


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_a_role_of_its_own_that_only_lambda_takes_on(function: str) -> None:
    assert properties(function)["Role"] == {"Fn::GetAtt": [f"{function}Role", "Arn"]}
    (trust,) = properties(f"{function}Role")["AssumeRolePolicyDocument"]["Statement"]
    assert trust == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_no_role_stands_beside_those_of_the_functions() -> None:
    assert set(of_type("AWS::IAM::Role")) == {f"{function}Role" for function in FUNCTIONS}


def test_no_role_carries_a_ready_made_policy_but_tracings_where_it_is_on() -> None:
    for name, role in of_type("AWS::IAM::Role").items():
        assert role["ManagedPolicyArns"] == {
            "Fn::If": ["TracingActive", [{"Ref": "TracingPolicy"}], {"Ref": "AWS::NoValue"}]
        }, name
    assert resource("TracingPolicy")["Condition"] == "TracingActive"
    assert granted(properties("TracingPolicy")["PolicyDocument"]) == allowed(
        "*", "xray:PutTraceSegments", "xray:PutTelemetryRecords"
    )


def test_nothing_is_allowed_by_a_star() -> None:
    """But what lies below `videos/`, `references/`, `drops/` or `outcomes/`, and X-Ray's two actions, which know no resource."""
    unavoidable = {("TracingPolicy", "*")}

    for name, action, target in grants():
        assert "*" not in action, name
        assert (
            "*" not in target
            or target in (OBJECTS, REFERENCES, UPLOADS, DROPS, OUTCOMES)
            or (name, target) in unavoidable
        ), name


def test_only_the_reconciler_may_delete_an_object_no_version_of_it_and_nobody_a_record() -> None:
    deleting = [
        each for each in grants() if re.match(r"(s3|dynamodb):.*(Delete|PartiQL|Batch.*Write)", each[1])
    ]

    assert sorted(deleting) == [
        ("ReconcileVideosRole", "s3:DeleteObject", REFERENCES),
        ("ReconcileVideosRole", "s3:DeleteObject", OBJECTS),
    ]


def test_only_the_publisher_sends_events_and_on_this_bus_alone() -> None:
    sending = [each for each in grants() if each[1].startswith("events:")]

    assert sending == [("PublishEventsRole", "events:PutEvents", BUS)]


def test_who_takes_drops_puts_outcomes_and_references_and_changes_no_drop() -> None:
    putting = [(name, target) for name, action, target in grants() if action == "s3:PutObject"]

    assert {target for name, target in putting if name == "SubmitDropRole"} == {OUTCOMES, REFERENCES}
    assert {name for name, target in putting if target == OUTCOMES} == {"SubmitDropRole", "PublishEventsRole"}


def test_only_those_who_serve_clients_or_send_for_them_read_accounts() -> None:
    assert {(name, action) for name, action, target in grants() if target == ACCOUNTS} == {
        ("SubmitVideoRole", "dynamodb:GetItem"),
        ("SubmitVideoRole", "dynamodb:UpdateItem"),
        ("SubmitDropRole", "dynamodb:GetItem"),
        ("SubmitDropRole", "dynamodb:UpdateItem"),
        ("VideosRole", "dynamodb:GetItem"),
        ("VideosRole", "dynamodb:BatchGetItem"),
        ("VideosRole", "dynamodb:UpdateItem"),
        ("DispatchVideosRole", "dynamodb:GetItem"),
        ("PublishEventsRole", "dynamodb:GetItem"),
        ("PublishEventsRole", "dynamodb:UpdateItem"),
        ("WebhookEndpointsRole", "dynamodb:GetItem"),
        ("WebhookEndpointsRole", "dynamodb:UpdateItem"),
        ("DeliverWebhooksRole", "dynamodb:GetItem"),
        ("DeliverWebhooksRole", "dynamodb:UpdateItem"),
        ("ReconcileVideosRole", "dynamodb:UpdateItem"),
    }


def leading(table: str, *actions: str) -> dict[str, list[str]]:
    """Which items, by the beginnings of their keys, roles may touch in these ways; without a bound, `*`."""
    found = dict[str, list[str]]()
    for role, about in of_type("AWS::IAM::Role").items():
        for statement in about["Policies"][0]["PolicyDocument"]["Statement"]:
            if set(actions) & set(listed(statement["Action"])) and written(statement["Resource"]) == table:
                bound = statement.get(
                    "Condition", {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["*"]}}
                )
                assert list(bound) == ["ForAllValues:StringLike"]
                found.setdefault(role, []).extend(bound["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
    return found


def test_of_the_accounts_nothing_is_written_but_the_ledger_and_endpoints() -> None:
    """No function can make a key, or lift a limit."""
    ledger, endpoints = ["day#*", "in_flight#*"], ["endpoint#*"]

    assert leading(ACCOUNTS, "dynamodb:UpdateItem", "dynamodb:PutItem") == {
        **{
            f"{name}Role": ledger
            for name in ("SubmitVideo", "SubmitDrop", "Videos", "PublishEvents", "ReconcileVideos")
        },
        **{f"{name}Role": endpoints for name in ("WebhookEndpoints", "DeliverWebhooks")},
    }


def test_who_tells_the_world_sees_no_key_and_who_delivers_no_video() -> None:
    reading = leading(ACCOUNTS, "dynamodb:GetItem")
    assert reading["PublishEventsRole"] == reading["DeliverWebhooksRole"] == ["endpoint#*"]

    assert leading(VIDEOS, "dynamodb:GetItem")["DeliverWebhooksRole"] == ["delivery#*"]
    assert leading(VIDEOS, "dynamodb:PutItem")["PublishEventsRole"] == ["delivery#*"]
    for role in ("WebhookEndpointsRole", "DeliverWebhooksRole"):
        assert leading(VIDEOS, "dynamodb:UpdateItem")[role] == ["delivery#*"]
