"""A guided deployment: what is asked, and in which order things are made."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from operations import parameters
from operations.deploy import deploy
from operations.errors import OperationError
from operations.questions import Questions
from tests.deployment import PATH, Sam, World


@pytest.fixture(autouse=True)
def emulated() -> Iterator[None]:
    with mock_aws():
        yield


def test_a_first_deployment_makes_the_secrets_then_builds_then_deploys() -> None:
    world = World(None)
    sam = Sam(world.ssm)

    deploy("films", world.account, {"LogLevel": "DEBUG"}, "sk-1", Questions(yes=True), sam)

    assert sam.calls == [
        ("build",),
        (
            "deploy",
            "--stack-name",
            "films",
            "--region",
            "eu-west-1",
            "--parameter-overrides",
            "CallbackReservedConcurrency=20",
            "LogLevel=DEBUG",
        ),
    ]
    assert sorted(sam.secrets) == [f"{PATH}/apixo-api-key", f"{PATH}/callback-keys"]


def test_what_was_chosen_on_the_command_line_is_not_asked() -> None:
    world = World(None)
    sam = Sam(world.ssm)
    given = {"CallbackReservedConcurrency": "5", "AlarmEmail": "me@example.com"}

    deploy("films", world.account, given, "sk-1", Questions(yes=True), sam)

    assert sam.calls[1][5:] == (
        "--parameter-overrides",
        "CallbackReservedConcurrency=5",
        "AlarmEmail=me@example.com",
    )


def test_a_later_deployment_keeps_secrets_and_choices() -> None:
    world = World("UPDATE_COMPLETE")
    parameters.put_api_key(world.ssm, PATH, "sk-1")
    sam = Sam(world.ssm)

    deploy("films", world.account, {}, None, Questions(yes=True), sam)

    assert sam.calls[1] == ("deploy", "--stack-name", "films", "--region", "eu-west-1")
    found = world.ssm.get_parameter(Name=f"{PATH}/apixo-api-key", WithDecryption=True)
    assert found["Parameter"]["Value"] == "sk-1"


def test_without_a_provider_key_nothing_is_deployed() -> None:
    world = World(None)
    sam = Sam(world.ssm)

    with pytest.raises(OperationError, match="APIXO_API_KEY"):
        deploy("films", world.account, {}, None, Questions(yes=True), sam)

    assert sam.calls == []


def test_a_failed_build_deploys_nothing() -> None:
    world = World(None)
    sam = Sam(world.ssm, failing="build")

    with pytest.raises(OperationError, match="sam build"):
        deploy("films", world.account, {}, "sk-1", Questions(yes=True), sam)

    assert sam.calls == [("build",)]


@pytest.mark.parametrize("stack", ["", "1films", "my films", "f" * 49, "films/../x"])
def test_a_stack_whose_functions_could_not_be_named_is_refused(stack: str) -> None:
    world = World(None)

    with pytest.raises(OperationError, match="cannot be a stack"):
        deploy(stack, world.account, {}, "sk-1", Questions(yes=True), Sam(world.ssm))


def test_the_remains_of_a_failed_first_deployment_are_named() -> None:
    world = World("ROLLBACK_COMPLETE")

    with pytest.raises(OperationError, match="make delete STACK=films"):
        deploy("films", world.account, {}, "sk-1", Questions(yes=True), Sam(world.ssm))
