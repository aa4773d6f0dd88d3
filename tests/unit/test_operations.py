"""Secrets, the account's room, and where an operation acts."""

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from operations import parameters, target
from operations.account import room_for_callbacks
from operations.errors import OperationError, told
from tests.template import properties

PATH = "/reelhook/reelhook"


@pytest.fixture
def aws() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session("test", "test", region_name="eu-west-1")


def test_the_webhook_key_is_made_once_and_never_replaced(aws: boto3.Session) -> None:
    ssm = aws.client("ssm")
    assert parameters.ensure_webhook_key(ssm, PATH) is True
    first = secret(ssm, "webhook-key")
    assert parameters.ensure_webhook_key(ssm, PATH) is False
    assert secret(ssm, "webhook-key") == first
    assert len(b64decode(first, validate=True)) == 32


def test_callback_keys_are_made_once_and_never_replaced(aws: boto3.Session) -> None:
    ssm = aws.client("ssm")

    assert parameters.ensure_callback_keys(ssm, PATH) is True
    first = secret(ssm, "callback-keys")
    assert parameters.ensure_callback_keys(ssm, PATH) is False
    assert secret(ssm, "callback-keys") == first

    ring = json.loads(first)
    assert ring["previous"] is None
    assert ring["current"]["id"] == "k1"
    assert len(b64decode(ring["current"]["secret"], validate=True)) == 32


def test_the_providers_key_is_stored_encrypted_and_can_be_replaced(aws: boto3.Session) -> None:
    ssm = aws.client("ssm")

    parameters.put_api_key(ssm, PATH, "old")
    parameters.put_api_key(ssm, PATH, "new")

    assert secret(ssm, "apixo-api-key") == "new"
    (stored,) = ssm.get_parameters(Names=[f"{PATH}/apixo-api-key"])["Parameters"]
    assert stored["Type"] == "SecureString"
    assert stored["Value"] != "new"


def test_secrets_are_found_by_name_and_deleted(aws: boto3.Session) -> None:
    ssm = aws.client("ssm")
    assert parameters.existing(ssm, PATH) == []

    parameters.ensure_callback_keys(ssm, PATH)
    parameters.put_api_key(ssm, PATH, "mdlx-1", parameters.MODELLIX_API_KEY)
    assert secret(ssm, "modellix-api-key") == "mdlx-1"
    parameters.delete(ssm, parameters.existing(ssm, PATH))

    assert parameters.existing(ssm, PATH) == []
    parameters.delete(ssm, [])


def test_the_secrets_lie_where_the_functions_look() -> None:
    stated = properties("SubmitVideo")["Environment"]["Variables"]["PARAMETER_PATH"]["Fn::Sub"]

    assert parameters.parameter_path("films") == stated.replace("${AWS::StackName}", "films")


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(OperationError, match="neither aws nor sandbox"):
        target.find({"TARGET": "azure"})


def test_asking_for_the_sandbox_when_none_runs_says_how_to_start_one(tmp_path: Any) -> None:
    with pytest.raises(OperationError, match="make run"):
        target.find({"TARGET": "sandbox", "SANDBOX_HOME": str(tmp_path)})


def test_the_stack_is_the_environments_or_samconfigs() -> None:
    assert target.stack_name({"STACK": "films"}) == "films"
    assert target.stack_name({}) == "reelhook"


@pytest.mark.parametrize(
    ("limit", "unreserved", "proposed"),
    [(10, 10, 0), (100, 100, 0), (119, 119, 0), (1000, 1000, 20), (1000, 110, 0)],
)
def test_executions_are_reserved_only_where_there_is_room(limit: int, unreserved: int, proposed: int) -> None:
    class Lambda:
        def get_account_settings(self) -> dict[str, Any]:
            limits = {"ConcurrentExecutions": limit, "UnreservedConcurrentExecutions": unreserved}
            return {"AccountLimit": limits}

    assert room_for_callbacks(Lambda()) == (limit, proposed)


def test_what_stops_an_operation_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise OperationError("There is no stack.")

    assert told(fails) == 1
    assert capsys.readouterr().err == "Stopped: There is no stack.\n"
    assert told(lambda: None) == 0


def secret(ssm: Any, name: str) -> str:
    found: str = ssm.get_parameter(Name=f"{PATH}/{name}", WithDecryption=True)["Parameter"]["Value"]
    return found
