"""The operator's commands, run as an operator runs them: in a process of their own, against the running stack."""

import json
import re

import pytest

from tests.integration.commands import make
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver
from tests.integration.scenes import completes, silent, unanswered
from tests.integration.waiting import until


def test_a_transfer_that_was_given_up_is_opened_again_and_completes(stack: Driver) -> None:
    video_id, task_id = silent(stack)
    key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
    stack.client("dynamodb").update_item(
        TableName=stack.stack.table,
        Key=key,
        UpdateExpression="SET #state = :failed, tries = :many, bad = :many, refreshed = :yes REMOVE #open, due_at",
        ExpressionAttributeNames={"#state": "state", "#open": "open"},
        ExpressionAttributeValues={
            ":failed": {"S": "transfer_failed"},
            ":many": {"N": "3"},
            ":yes": {"BOOL": True},
        },
    )

    said = make(stack, "recheck", f"VIDEO={video_id}")

    assert f"The provider about {task_id}: succeeded, with 1 results." in said
    assert "TransferVideo is asked" in said
    completes(stack, video_id)
    assert "its state has no use for it" in make(stack, "recheck", f"VIDEO={video_id}")


def test_a_lost_submit_is_given_its_task_and_completes(stack: Driver) -> None:
    video_id, task_id = unanswered(stack)

    assert "make adopt" in make(stack, "recheck", f"VIDEO={video_id}")
    assert "no such task" in make(stack, "adopt", f"VIDEO={video_id}", "TASK=unheard-of")
    assert "TransferVideo is asked" in make(stack, "adopt", f"VIDEO={video_id}", f"TASK={task_id}")

    completes(stack, video_id)
    assert len(stack.provider.tasks()) == 1


def test_dead_letters_go_back_and_are_counted(stack: Driver) -> None:
    video_id, _ = silent(stack)
    dead = stack.stack.transfer_dead_letters_url
    stack.client("sqs").send_message(QueueUrl=dead, MessageBody=json.dumps({"video_id": video_id}))

    assert make(stack, "redrive").startswith("1 dead letters")
    assert "no dead letters" in make(stack, "redrive")


@pytest.mark.prove("a stack of its own")
def test_the_callback_key_rotates_once_and_open_callbacks_still_count(stack_with: StackWith) -> None:
    stack = stack_with("rotation")
    video_id, task_id = silent(stack)

    assert "key k2 signs callback addresses now, k1 still verifies" in make(stack, "rotate-callback-key")
    assert re.search(r"still be needed until .* UTC", make(stack, "rotate-callback-key"))
    assert stack.provider.deliver(task_id) == [200]
    completes(stack, video_id)
    assert "key k3" in make(stack, "rotate-callback-key", "FORCE=1")


def test_logs_are_readable_and_chosen(stack: Driver) -> None:
    video_id, _ = silent(stack)

    said = until(
        lambda: make(stack, "logs", "FUNCTION=SubmitVideo", "SINCE=1h"), lambda text: video_id in text, 20
    )

    assert f"SubmitVideo     INFO    submitted video_id={video_id} answer=Accepted" in said
    assert "ReconcileVideos" not in said
    assert "is none of" in make(stack, "logs", "FUNCTION=Nobody")
    assert "is no time" in make(stack, "logs", "SINCE=soon")
