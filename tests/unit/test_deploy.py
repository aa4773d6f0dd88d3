"""A guided deployment: what is asked, and in which order things are made."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from operations import parameters
from operations.deploy import deploy
from operations.errors import OperationError
from operations.questions import Questions
from tests.deployment import PATH, Sam, World

KEYS = {"apixo-api-key": "sk-1"}


@pytest.fixture(autouse=True)
def emulated() -> Iterator[None]:
    with mock_aws():
        yield


def test_a_first_deployment_makes_the_secrets_then_builds_and_finishes_then_deploys() -> None:
    world = World(None)
    sam = Sam(world.ssm)

    deploy("films", world.account, {"LogLevel": "DEBUG"}, KEYS, Questions(yes=True), sam, sam.finish)

    assert sam.calls == [
        ("build",),
        ("finish", "build"),
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
    assert sorted(sam.secrets) == [
        f"{PATH}/apixo-api-key",
        f"{PATH}/callback-keys",
        f"{PATH}/webhook-key",
    ]


def test_what_was_chosen_on_the_command_line_is_not_asked() -> None:
    world = World(None)
    sam = Sam(world.ssm)
    given = {"CallbackReservedConcurrency": "5", "AlarmEmail": "me@example.com"}

    deploy("films", world.account, given, KEYS, Questions(yes=True), sam, sam.finish)

    assert sam.calls[2][5:] == (
        "--parameter-overrides",
        "CallbackReservedConcurrency=5",
        "AlarmEmail=me@example.com",
    )


def test_a_later_deployment_keeps_secrets_and_choices() -> None:
    world = World("UPDATE_COMPLETE")
    parameters.put_api_key(world.ssm, PATH, "sk-1")
    sam = Sam(world.ssm)

    deploy("films", world.account, {}, {}, Questions(yes=True), sam, sam.finish)

    assert sam.calls[2] == ("deploy", "--stack-name", "films", "--region", "eu-west-1")
    found = world.ssm.get_parameter(Name=f"{PATH}/apixo-api-key", WithDecryption=True)
    assert found["Parameter"]["Value"] == "sk-1"


def test_without_a_provider_key_nothing_is_deployed() -> None:
    world = World(None)
    sam = Sam(world.ssm)

    with pytest.raises(OperationError, match="APIXO_API_KEY"):
        deploy("films", world.account, {}, {}, Questions(yes=True), sam, sam.finish)

    assert sam.calls == []


def test_a_failed_build_deploys_nothing() -> None:
    world = World(None)
    sam = Sam(world.ssm, failing="build")

    with pytest.raises(OperationError, match="sam build"):
        deploy("films", world.account, {}, KEYS, Questions(yes=True), sam, sam.finish)

    assert sam.calls == [("build",)]


@pytest.mark.parametrize("stack", ["", "1films", "my films", "f" * 49, "films/../x"])
def test_a_stack_whose_functions_could_not_be_named_is_refused(stack: str) -> None:
    world = World(None)

    with pytest.raises(OperationError, match="cannot be a stack"):
        deploy(stack, world.account, {}, KEYS, Questions(yes=True), Sam(world.ssm))


def test_the_remains_of_a_failed_first_deployment_are_named() -> None:
    world = World("ROLLBACK_COMPLETE")

    with pytest.raises(OperationError, match="make delete STACK=films"):
        deploy("films", world.account, {}, KEYS, Questions(yes=True), Sam(world.ssm))


class Typing(Questions):
    """Somebody who types one answer to every secret."""

    def __init__(self, answer: str) -> None:
        super().__init__(yes=True)
        self._answer = answer
        self.asked: list[str] = []

    def optional_secret(self, text: str) -> str | None:
        self.asked.append(text)
        return self._answer or None


@pytest.mark.parametrize(("typed", "stored"), [("mdlx-1", ["mdlx-1"]), ("", [])])
def test_the_second_providers_key_is_asked_for_and_may_be_left_out(typed: str, stored: list[str]) -> None:
    world, typing = World(None), Typing(typed)
    sam = Sam(world.ssm)

    deploy("films", world.account, {}, KEYS, typing, sam, sam.finish)

    name = f"{PATH}/modellix-api-key"
    assert typing.asked == ["Modellix API key"]
    found = world.ssm.get_parameters(Names=[name], WithDecryption=True)["Parameters"]
    assert [parameter["Value"] for parameter in found] == stored


def test_the_second_providers_key_is_not_asked_for_where_it_is_known() -> None:
    world, typing = World(None), Typing("never typed")
    sam = Sam(world.ssm)

    deploy("films", world.account, {}, {**KEYS, "modellix-api-key": "mdlx-1"}, typing, sam, sam.finish)
    deploy("films", world.account, {}, {}, typing, sam, sam.finish)

    assert typing.asked == []


@pytest.mark.parametrize(
    ("standing", "given", "looked"),
    [
        (None, {}, ["eu-west-1"]),
        (None, {"AwsCaBundle": "full"}, []),
        ("full", {}, []),
        ("full", {"AwsCaBundle": "amazon"}, ["eu-west-1"]),
    ],
)
def test_whose_certificates_aws_shows_is_looked_at_if_only_amazons_are_believed(
    standing: str | None, given: dict[str, str], looked: list[str]
) -> None:
    world = World("UPDATE_COMPLETE" if standing else None)
    world.cloudformation.parameters = {"AwsCaBundle": standing} if standing else {}
    sam, seen = Sam(world.ssm), list[str]()

    deploy("films", world.account, given, KEYS, Questions(yes=True), sam, sam.finish, seen.append)

    assert seen == looked


def test_where_the_functions_would_not_believe_aws_nothing_is_made() -> None:
    world = World(None)
    sam = Sam(world.ssm)

    def refused(_region: str) -> None:
        raise OperationError("AwsCaBundle=full")

    with pytest.raises(OperationError, match="AwsCaBundle=full"):
        deploy("films", world.account, {}, KEYS, Questions(yes=True), sam, sam.finish, refused)

    assert sam.calls == []
    assert parameters.existing(world.ssm, PATH) == []
