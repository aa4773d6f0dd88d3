"""Our SAM template as plain CloudFormation, and then as CloudFormation that the emulator can deploy."""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from sandbox.archive import zipped
from sandbox.http_api import expand
from sandbox.options import REGION, ROOT

# The emulator wants a program in the archive; what runs in its place is runtime.py.
BOOTSTRAP = b"#!/bin/sh\nexit 70\n"

type Template = dict[str, Any]


def read(root: Path) -> Template:
    """The SAM template of the project."""
    template: Template = yaml_parse((root / "template.yaml").read_text())
    return template


def package(source: Template, root: Path, bucket: str) -> tuple[Template, dict[str, bytes]]:
    """The template with code locations in S3, and the archives to put there, by key."""
    template, archives = deepcopy(source), {}

    def upload(folder: str, prefix: str = "", extra: dict[str, bytes] | None = None) -> str:
        content = zipped(root / folder, prefix, extra or {})
        key = f"{Path(folder).name}-{hashlib.sha256(content).hexdigest()[:12]}.zip"
        archives[key] = content
        return f"s3://{bucket}/{key}"

    bootstrap = {"bootstrap": BOOTSTRAP}
    common = template.get("Globals", {}).get("Function", {})
    if "CodeUri" in common:
        common["CodeUri"] = upload(common["CodeUri"], extra=bootstrap)
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and "CodeUri" in properties:
            properties["CodeUri"] = upload(properties["CodeUri"], extra=bootstrap)
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            properties["ContentUri"] = upload(properties["ContentUri"], "python/")
    return template, archives


def transform(packaged: Template, region: str, parameters: Mapping[str, str] | None = None) -> Template:
    """What SAM makes of a packaged template on AWS: nothing added, nothing left out.

    In a few places SAM itself puts the `parameters` in, and their defaults where none are given.
    """
    session = boto3.Session(region_name=region)
    translator = Translator({}, Parser(), boto_session=session)
    transformed: Template = translator.translate(deepcopy(packaged), parameter_values=dict(parameters or {}))
    return transformed


def for_emulator(transformed: Template, api_ids: Mapping[str, str]) -> Template:
    """The same stack in the parts that the emulator deploys, with fixed ids for the HTTP APIs."""
    template = deepcopy(transformed)
    resources = template["Resources"]
    for name, resource in list(resources.items()):
        properties = resource.get("Properties", {})
        match resource["Type"]:
            case "AWS::ApiGatewayV2::Api" if "Body" in properties:
                expand(resources, name, api_ids.get(name))
            case "AWS::CloudWatch::CompositeAlarm":
                del resources[name]  # the emulator refuses the whole stack
            case "AWS::CloudWatch::Alarm" if "Metrics" in properties:
                del resources[name]
            case "AWS::S3::BucketPolicy" | "AWS::SQS::QueuePolicy":
                _allow_plain_http(resources, name)
            case "AWS::Lambda::Function":  # run by our runtime; layers come by PYTHONPATH
                properties |= {"Runtime": "provided.al2023", "Architectures": ["x86_64"]}
    return template


def _allow_plain_http(resources: dict[str, Any], name: str) -> None:
    """Leave out statements on TLS: inside one machine the emulator is spoken to without it."""
    document = resources[name]["Properties"]["PolicyDocument"]
    document["Statement"] = [
        statement
        for statement in document["Statement"]
        if "aws:SecureTransport" not in str(statement.get("Condition", ""))
    ]
    if not document["Statement"]:
        del resources[name]


def main() -> None:
    """Print what SAM makes of the template, for the linters: only there can a circular reference be seen."""
    packaged, _ = package(read(ROOT), ROOT, "artifacts")
    print(json.dumps(transform(packaged, REGION), indent=1))


if __name__ == "__main__":
    main()
