"""The same webhook with the usual stack: Powertools' Logger, Metrics, Tracer, resolver and parser, pydantic-settings,
httpx, boto3's S3 client and DynamoDB resource. It makes every call that ReceiveCallback makes.
"""

import json
from typing import Any

import boto3
import httpx
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parser import BaseModel
from pydantic_settings import BaseSettings

from benchmarks.lambdas.webhook import genuine


class Settings(BaseSettings):
    """The environment."""

    videos_table: str
    transfer_queue_url: str
    parameter_path: str
    apixo_base_url: str


class Task(BaseModel):
    """What a callback is about."""

    taskId: str  # noqa: N815 - the provider's name


class Callback(BaseModel):
    """A callback's body."""

    data: Task


logger, metrics, tracer, app = Logger(), Metrics(), Tracer(), APIGatewayHttpResolver()
settings = Settings()
http, s3, sqs = httpx.Client(), boto3.client("s3"), boto3.client("sqs")
table = boto3.resource("dynamodb").Table(settings.videos_table)


@app.post("/v1/callbacks/<provider>/<video_id>/<token>")
def receive(provider: str, video_id: str, token: str) -> Response[str]:  # noqa: ARG001 - the route's parts
    """One delivery."""
    event = app.current_event.raw_event
    genuine(event)
    secret(f"{settings.parameter_path}/callback-keys")
    task_id = Callback.model_validate_json(event["body"]).data.taskId
    key = {"pk": f"video#{video_id}", "sk": "video"}
    table.get_item(Key=key, ConsistentRead=True)
    write(key, "called_back", task_id)
    authorization = {"Authorization": f"Bearer {secret(settings.parameter_path + '/apixo-api-key')}"}
    url = f"{settings.apixo_base_url}/statusTask/seedance-2-0-fast"
    answer = http.get(url, params={"taskId": task_id}, headers=authorization)
    write(key, "usual_results", answer.raise_for_status().json()["data"]["resultJson"])
    sqs.send_message(QueueUrl=settings.transfer_queue_url, MessageBody=json.dumps({"video_id": video_id}))
    metrics.add_metric(name="Callback", unit="Count", value=1)
    logger.info("callback", extra={"video_id": video_id})
    return Response(200, "application/json", '{"status":"ok"}')


def secret(name: str) -> str:
    """Read once in five minutes."""
    return str(parameters.get_parameter(name, decrypt=True, max_age=300))


def write(key: Any, name: str, value: str) -> None:
    """One conditional write."""
    table.update_item(
        Key=key,
        UpdateExpression="SET #name = :value",
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":value": value},
        ReturnValues="ALL_NEW",
    )


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """API Gateway's event."""
    return app.resolve(event, context)
