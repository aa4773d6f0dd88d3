"""The template, as written and as SAM makes it, for the tests that hold its rules."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sandbox.template import package, read, transform

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = (
    "SubmitVideo",
    "SubmitDrop",
    "Videos",
    "ReceiveCallback",
    "TransferVideo",
    "DispatchVideos",
    "PublishEvents",
    "WebhookEndpoints",
    "DeliverWebhooks",
    "ReconcileVideos",
)
TABLES = ("VideosTable", "AccountsTable")
BUCKETS = ("MediaBucket", "InboxBucket")

type Properties = dict[str, Any]


@cache
def source() -> Properties:
    """template.yaml, with `!Ref x` as {"Ref": "x"} and so on."""
    return read(ROOT)


@cache
def transformed() -> Properties:
    """Plain CloudFormation, nothing expanded or left out: what AWS would be given."""
    return on_aws(source())


def on_aws(template: Properties) -> Properties:
    """What SAM makes of a template."""
    return transform(package(template, ROOT, "artifacts")[0], "eu-west-1")


def resource(name: str) -> Properties:
    """One resource of the transformed template, whole."""
    found: Properties = transformed()["Resources"][name]
    return found


def properties(name: str) -> Properties:
    """One resource's properties."""
    found: Properties = resource(name)["Properties"]
    return found


def of_type(resource_type: str) -> dict[str, Properties]:
    """The properties of every resource of a type, by logical id."""
    resources = transformed()["Resources"].items()
    return {name: about["Properties"] for name, about in resources if about["Type"] == resource_type}


def layers() -> dict[str, Properties]:
    """The layers as written, with their Metadata, which the transform leaves out of the ids."""
    resources = source()["Resources"].items()
    return {name: about for name, about in resources if about["Type"] == "AWS::Serverless::LayerVersion"}


def written(value: Any) -> str:
    """An intrinsic function in one line: {"Fn::GetAtt": ["Table", "Arn"]} is `Table.Arn`."""
    match value:
        case str():
            return value
        case {"Ref": name}:
            return str(name)
        case {"Fn::GetAtt": [name, attribute]}:
            return f"{name}.{attribute}"
        case {"Fn::Sub": str(text)}:
            return text
        case {"Fn::If": [condition, yes, no]}:
            return f"{condition} ? {written(yes)} : {written(no)}"
    return str(value)


def top_level_order() -> list[str]:
    """The template's sections as they follow each other in the file."""
    document = yaml.compose((ROOT / "template.yaml").read_text())
    assert isinstance(document, yaml.MappingNode)
    return [key.value for key, _ in document.value]
