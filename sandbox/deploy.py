"""Creates the stack in the emulator, and sets what its CloudFormation accepts but drops."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.access_log import ApiLog
from sandbox.clients import Clients
from sandbox.errors import SandboxError
from sandbox.http_api import route_keys
from sandbox.intrinsics import Values
from sandbox.options import REGION, STACK_NAME
from sandbox.template import Template

ARTIFACTS = "artifacts"


@dataclass(frozen=True)
class Deployed:
    """The stack as it was created."""

    outputs: dict[str, str]
    physical: dict[str, str]  # logical id -> physical id
    types: dict[str, str]  # logical id -> resource type

    def of_type(self, resource_type: str) -> dict[str, str]:
        """Physical ids by logical id, of one type of resource."""
        return {name: self.physical[name] for name, type_ in self.types.items() if type_ == resource_type}


def deploy(
    template: Template, archives: Mapping[str, bytes], parameters: Mapping[str, str], clients: Clients
) -> Deployed:
    """Put the code in S3, create the stack, wait for it, settle what was dropped."""
    s3, cloudformation = clients("s3"), clients("cloudformation")
    s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})
    for key, content in {**archives, "template.json": json.dumps(template).encode()}.items():
        s3.put_object(Bucket=ARTIFACTS, Key=key, Body=content)
    cloudformation.create_stack(
        StackName=STACK_NAME,
        TemplateURL=f"{s3.meta.endpoint_url}/{ARTIFACTS}/template.json",
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    stack = _wait(cloudformation)
    resources = cloudformation.describe_stack_resources(StackName=STACK_NAME)["StackResources"]
    deployed = Deployed(
        outputs={output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])},
        physical={resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources},
        types={resource["LogicalResourceId"]: resource["ResourceType"] for resource in resources},
    )
    settle(template, deployed, parameters, clients)
    return deployed


def settle(template: Template, deployed: Deployed, parameters: Mapping[str, str], clients: Clients) -> None:
    """Set through the services' own APIs what the emulator's CloudFormation leaves out."""
    known = {name: str(about.get("Default", "")) for name, about in template["Parameters"].items()}
    values = Values(template, known | dict(parameters) | deployed.physical)
    for name, physical in deployed.physical.items():
        resource = template["Resources"][name]
        properties = resource.get("Properties", {})

        def setting(key: str, properties: Mapping[str, Any] = properties) -> Any:
            return values.resolve(properties[key]) if key in properties else None

        match resource["Type"]:
            case "AWS::ApiGatewayV2::Api" if cors := setting("CorsConfiguration"):
                clients("apigatewayv2").update_api(ApiId=physical, CorsConfiguration=cors)
            case "AWS::DynamoDB::Table" if ttl := setting("TimeToLiveSpecification"):
                clients("dynamodb").update_time_to_live(TableName=physical, TimeToLiveSpecification=ttl)
            case "AWS::Lambda::Function" if reserved := setting("ReservedConcurrentExecutions"):
                clients("lambda").put_function_concurrency(
                    FunctionName=physical, ReservedConcurrentExecutions=int(reserved)
                )


def api_logs(template: Template, deployed: Deployed, clients: Clients) -> dict[str, ApiLog]:
    """The access log of each HTTP API, as its stage was deployed."""
    found = {}
    for name, api_id in deployed.of_type("AWS::ApiGatewayV2::Api").items():
        for stage in clients("apigatewayv2").get_stages(ApiId=api_id)["Items"]:
            if settings := stage.get("AccessLogSettings"):
                group = settings["DestinationArn"].partition(":log-group:")[2].removesuffix(":*")
                found[name] = ApiLog(api_id, group, settings["Format"], route_keys(template, name))
    return found


def _wait(cloudformation: Any) -> dict[str, Any]:
    while True:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
        if stack["StackStatus"] == "CREATE_COMPLETE":
            return stack
        if stack["StackStatus"] != "CREATE_IN_PROGRESS":
            events = cloudformation.describe_stack_events(StackName=STACK_NAME)["StackEvents"]
            reasons = [
                f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
                for event in events
                if "FAILED" in event["ResourceStatus"]
            ]
            raise SandboxError("\n".join(["The stack was not created:", *reasons]))
        time.sleep(0.02)
