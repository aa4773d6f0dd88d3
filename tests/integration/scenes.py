"""Where many tests begin, and what they all come to."""

from typing import Any

from tests.integration.auditing import assert_one_right_object
from tests.integration.driving import Driver


def silent(stack: Driver, **asked: Any) -> tuple[str, str]:
    """A video whose task is over and whose callback has not been sent; with its task's id."""
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit(**asked)["id"]
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    return video_id, task_id


def unanswered(stack: Driver) -> tuple[str, str]:
    """As `silent`, but the provider's answer to the submit was lost, so its task's id is not known to us."""
    stack.provider.behave(submit={"after_accepting": "reset"})
    video_id, task_id = silent(stack)
    stack.provider.behave(submit=None)
    assert "task_id" not in stack.item(video_id)
    return video_id, task_id


def completes(stack: Driver, video_id: str) -> None:
    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)


def due_now(stack: Driver, video_id: str) -> None:
    """As if its time had come."""
    _set(stack, video_id, due_at=1)


def sent_hours_ago(stack: Driver, video_id: str, hours: int) -> None:
    """As if it had been sent so long ago, and were due."""
    earlier = int(stack.item(video_id)["sent_at"]) - hours * 3_600_000
    _set(stack, video_id, sent_at=earlier, due_at=1)


def _set(stack: Driver, video_id: str, **numbers: int) -> None:
    stack.client("dynamodb").update_item(
        TableName=stack.stack.table,
        Key={"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}},
        UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in numbers),
        ExpressionAttributeValues={f":{name}": {"N": str(value)} for name, value in numbers.items()},
    )
