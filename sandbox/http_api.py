"""HTTP APIs: SAM writes an OpenAPI body, which the emulator ignores; here it becomes single resources."""

import hashlib
from typing import Any

METHODS = {"get", "post", "put", "patch", "delete", "head", "options"}
ANY_METHOD = "x-amazon-apigateway-any-method"


def expand(resources: dict[str, Any], name: str, custom_id: str | None) -> None:
    """Replace an API's Body by an integration and a route resource for each of its operations."""
    api = resources[name]["Properties"]
    body = api.pop("Body")
    api.pop("FailOnWarnings", None)
    api.update(Name=body.get("info", {}).get("title", name), ProtocolType="HTTP")
    if custom_id:
        api.setdefault("Tags", {})["ms-custom-id"] = custom_id
    if cors := body.get("x-amazon-apigateway-cors"):
        api["CorsConfiguration"] = _capitalized(cors)
    if body.get("components", {}).get("securitySchemes"):
        raise NotImplementedError(f"{name}: authorizers are not expanded; clients are checked in functions")
    for path, operations in body["paths"].items():
        for method, operation in operations.items():
            if method in METHODS or method == ANY_METHOD:
                _add_route(resources, name, _route_key(path, method), operation)


def route_keys(template: dict[str, Any], api: str) -> list[str]:
    """The route keys of an expanded API, e.g. `GET /v1/videos/{video_id}` or `$default`."""
    return [
        resource["Properties"]["RouteKey"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route" and resource["Properties"]["ApiId"] == {"Ref": api}
    ]


def _capitalized(cors: Any) -> Any:
    """OpenAPI's names as CloudFormation writes them, also where a condition decides."""
    match cors:
        case {"Fn::If": [condition, *choices]}:
            return {"Fn::If": [condition, *map(_capitalized, choices)]}
        case {"Ref": _}:
            return cors
    return {key[0].upper() + key[1:]: value for key, value in cors.items()}


def _route_key(path: str, method: str) -> str:
    if path == "/$default":
        return "$default"
    return f"{'ANY' if method == ANY_METHOD else method.upper()} {path}"


def _add_route(resources: dict[str, Any], api: str, key: str, operation: dict[str, Any]) -> None:
    integration = operation["x-amazon-apigateway-integration"]
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    resources[f"{api}Integration{digest}"] = {
        "Type": "AWS::ApiGatewayV2::Integration",
        "Properties": {
            "ApiId": {"Ref": api},
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": integration["uri"],
            "PayloadFormatVersion": integration.get("payloadFormatVersion", "2.0"),
        },
    }
    resources[f"{api}Route{digest}"] = {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {
            "ApiId": {"Ref": api},
            "RouteKey": key,
            "Target": {"Fn::Join": ["/", ["integrations", {"Ref": f"{api}Integration{digest}"}]]},
        },
    }
