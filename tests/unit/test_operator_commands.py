"""The parts of the operator's commands that the sandbox does not show: SQS's own redrive, the clock of a rotation."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from operations import logs
from operations.errors import OperationError
from operations.recheck import report
from operations.redrive import redrive
from operations.rotate import REMEMBERED, rotate, token_life
from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskAnswer, TaskFailed, UnknownTask
from reelhook.domain.time import DAY, HOUR
from reelhook.use_cases.rechecking import Rechecked, Verdict
from tests.builders import NOW, a_video, an_error

LIFE = 48 * HOUR


class Sqs:
    """SQS with message move tasks; each look at the task answers the next status."""

    def __init__(self, *statuses: str) -> None:
        self.statuses, self.started = list(statuses), list[str]()

    def get_queue_attributes(self, **_: Any) -> dict[str, Any]:
        return {"Attributes": {"QueueArn": "arn:dead"}}

    def start_message_move_task(self, SourceArn: str) -> None:  # noqa: N803
        self.started.append(SourceArn)

    def list_message_move_tasks(self, **_: Any) -> dict[str, Any]:
        return {"Results": [{"Status": self.statuses.pop(0), "ApproximateNumberOfMessagesMoved": 3}]}


class Ssm:
    """One parameter with a pair of keys, changed at `NOW`."""

    def __init__(self, previous: bool, current: str = "k4") -> None:
        old = {"id": "k3", "secret": "b2xk"} if previous else None
        self.ring: dict[str, Any] = {"current": {"id": current, "secret": "bmV3"}, "previous": old}

    def get_parameter(self, **_: Any) -> dict[str, Any]:
        changed = datetime.fromtimestamp(NOW / 1000, UTC)
        return {"Parameter": {"Value": json.dumps(self.ring), "LastModifiedDate": changed}}

    def put_parameter(self, Value: str, **_: Any) -> None:  # noqa: N803
        self.ring = json.loads(Value)


def test_on_aws_sqs_moves_the_dead_letters_itself() -> None:
    sqs = Sqs("COMPLETED")

    assert (redrive(sqs, "dead", "queue"), sqs.started) == (3, ["arn:dead"])


def test_a_move_that_failed_is_told() -> None:
    with pytest.raises(OperationError, match="FAILED"):
        redrive(Sqs("FAILED"), "dead", "queue")


def test_the_old_key_still_verifies_and_the_one_before_goes() -> None:
    ssm = Ssm(previous=True)

    assert rotate(ssm, "/p", LIFE, NOW + LIFE + REMEMBERED, force=False) == ("k5", "k4")
    assert (ssm.ring["current"]["id"], ssm.ring["previous"]) == ("k5", {"id": "k4", "secret": "bmV3"})


def test_a_previous_key_is_kept_as_long_as_a_token_of_it_may_live_unless_forced() -> None:
    ssm, early = Ssm(previous=True), NOW + LIFE + REMEMBERED - 1
    with pytest.raises(OperationError, match=r"UTC.*FORCE=1"):
        rotate(ssm, "/p", LIFE, early, force=False)
    assert ssm.ring["current"]["id"] == "k4"

    assert rotate(ssm, "/p", LIFE, early, force=True) == ("k5", "k4")


def test_the_first_rotation_waits_for_nothing_and_a_foreign_id_does_no_harm() -> None:
    assert rotate(Ssm(previous=False, current="mine"), "/p", LIFE, NOW, force=False) == ("k1", "mine")


def test_a_tokens_life_follows_the_stacks_parameters() -> None:
    # a task may ask Modellix for 259,200 s; with the hour on top, and a token's day after that
    assert token_life({}) == 3 * DAY + HOUR + DAY
    assert token_life({"ProviderEndSeconds": "3600", "CallbackDeadlineSeconds": "0"}) == HOUR + DAY


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ({"time": "2026-11-21T15:09:02Z", "type": "platform.report", "record": {}}, ""),
        (
            {"log_level": "ERROR", "errorType": "StoreError", "errorMessage": "S3: 503", "stackTrace": []},
            "00:00:00 SubmitDrop      ERROR   StoreError: S3: 503",
        ),
    ],
)
def test_what_lambda_itself_logs_in_json_is_told_or_left_out(record: dict[str, object], shown: str) -> None:
    assert logs.readable(0, "SubmitDrop", json.dumps(record)) == shown


def test_log_lines_lose_their_plumbing() -> None:
    record = {"level": "INFO", "message": "stored", "service": "x", "cold_start": True, "files": 1}

    assert (
        logs.readable(0, "TransferVideo", json.dumps(record))
        == "00:00:00 TransferVideo   INFO    stored files=1"
    )
    assert logs.readable(0, "TransferVideo", "REPORT RequestId: 1") == ""
    assert logs.readable(0, "TransferVideo", '{"_aws": {}}') == ""
    assert logs.readable(0, "Videos", "Traceback").endswith("Traceback")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Succeeded(("a", "b")), "2 results"),
        (Succeeded(()), "not published yet"),
        (TaskFailed(an_error(), "why"), "failed (content_policy: why)"),
        (UnknownTask(), "no such task"),
        (NotAnswered("401", account=True), "refused our key"),
        (Running("processing"), "not finished (processing)"),
    ],
)
def test_every_answer_of_the_provider_has_its_words(answer: TaskAnswer, words: str) -> None:
    assert words in report("video_1", Rechecked(Verdict.UNCHANGED, a_video(), {"task-1": answer}))
