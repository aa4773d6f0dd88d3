"""Taking a stack down: what goes, what stays, and who is asked."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from operations import parameters
from operations.delete import delete
from operations.errors import OperationError
from operations.questions import Questions
from tests.deployment import PATH, World


@pytest.fixture(autouse=True)
def emulated() -> Iterator[None]:
    with mock_aws():
        yield


def test_deleting_says_what_goes_what_stays_and_what_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    world = World("CREATE_COMPLETE")
    parameters.put_api_key(world.ssm, PATH, "sk-1")
    parameters.ensure_callback_keys(world.ssm, PATH)
    parameters.ensure_webhook_key(world.ssm, PATH)

    delete("films", world.account, Questions(yes=True))

    said = capsys.readouterr().out
    assert world.cloudformation.deleted == ["films"]
    assert parameters.existing(world.ssm, PATH) == []
    assert f"deleted: {PATH}/apixo-api-key" in said
    for kept in ("media", "videos", "accounts"):
        assert f"stays:   {kept}\n" in said
    assert "8 videos are not finished" in said
    assert "aws dynamodb delete-table --region eu-west-1 --table-name videos" in said


@pytest.mark.parametrize(("named", "told"), [("", True), ("inbox", False)])
def test_how_to_remove_an_inbox_is_told_only_of_one_that_the_stack_made(
    named: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World("CREATE_COMPLETE")
    world.cloudformation.parameters = {"InboxBucketName": named}

    delete("films", world.account, Questions(yes=True))

    said = capsys.readouterr().out
    assert ("  inbox: S3 console, Empty" in said) is told
    assert "  media: S3 console, Empty" in said


def test_deleting_needs_the_stacks_name(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World("CREATE_COMPLETE")
    monkeypatch.setattr("builtins.input", lambda _: "yes")

    with pytest.raises(OperationError, match="Nothing was done"):
        delete("films", world.account, Questions(yes=False))

    assert world.cloudformation.deleted == []


def test_deleting_what_is_not_there_says_so() -> None:
    with pytest.raises(OperationError, match="no stack films in eu-west-1"):
        delete("films", World(None).account, Questions(yes=True))


def test_secrets_left_by_a_deployment_that_never_was_can_be_deleted() -> None:
    world = World(None)
    parameters.put_api_key(world.ssm, PATH, "sk-1")

    delete("films", world.account, Questions(yes=True))

    assert parameters.existing(world.ssm, PATH) == []
    assert world.cloudformation.deleted == []
