"""kill -9 in the middle of a copy: nobody handles anything, and the video is completed all the same."""

import pytest

from tests.integration.auditing import assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver
from tests.integration.waiting import until

MB = 1_000_000
IDLE_SECONDS = 0.5  # between two looks, while the lease of somebody dead runs out
# The longest an attempt may take, its lease's margin, the time until it is due, a tick, and the copy itself.
PATIENCE = 18 + 30 + 30 + 5 + 25


pytestmark = pytest.mark.prove("takes long")


@pytest.fixture(scope="module")
def stack(stacks: StackWith) -> Driver:
    """A stack with short attempts."""
    stack = stacks(TransferSeconds=20, InlineTransferSeconds=8)
    stack.provider.reset()
    return stack


@pytest.fixture(scope="module")
def killed(stack: Driver) -> dict[str, str]:
    """Two videos, killed one after the other, then to be waited for together."""
    return {"in parts": killed_in_parts(stack), "in one put": killed_in_callback(stack)}


@pytest.mark.parametrize(("how", "left_open"), [("in one put", 0), ("in parts", 1)])
def test_a_copy_killed_in_the_middle_is_made_again_and_stored_once(
    stack: Driver, killed: dict[str, str], how: str, left_open: int
) -> None:
    video_id = killed[how]
    until(lambda: stack.item(video_id)["state"], lambda state: state == "stored", PATIENCE, IDLE_SECONDS)

    assert stack.get(video_id)["status"] == "completed"
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.requests("submit", stack.provider.task_id(video_id))) == 1
    # What only the dead one knew of is left to the bucket's rule, which removes it after a day.
    assert len(stack.open_uploads(video_id)) == left_open


def killed_in_callback(stack: Driver) -> str:
    """A callback that copies 8 MB in one put, killed when 3 to 5 of them were served."""
    video_id, task_id = asked(stack, 8 * MB, pause_after=3 * MB, openings=1)
    served = wait_for_bytes(stack, task_id, at_least=3 * MB)
    assert 3 * MB <= served <= 5 * MB
    assert stack.item(video_id)["state"] == "transferring"
    assert stack.open_uploads(video_id) == []
    assert stack.kill("receive_callback") >= 1
    delivery = until(lambda: stack.provider.deliveries(task_id)[0], lambda one: bool(one["ended_at"]), 10)
    assert delivery["status"] == 500
    return video_id


def killed_in_parts(stack: Driver) -> str:
    """A transfer of 150 MB in eight parts, killed while the upload is listed as open."""
    video_id, task_id = asked(
        stack, 150 * MB, pause_after=2 * MB, openings=9
    )  # the callback looks at its size
    wait_for_bytes(stack, task_id, at_least=2 * MB, requests=8)
    (upload,) = stack.open_uploads(video_id)
    assert upload["Key"] == f"videos/{video_id}/0.mp4"
    assert stack.kill("transfer_video") >= 1
    assert len(stack.open_uploads(video_id)) == 1  # nobody was left to abort it
    return video_id


def asked(stack: Driver, size: int, pause_after: int, openings: int) -> tuple[str, str]:
    """A video whose link, the first times it is opened, gives so much and then nothing more."""
    result = {"bytes": size, "pause_after": pause_after, "pause_seconds": 600, "pause_times": openings}
    stack.provider.behave(next={"generate_seconds": 0.1, "result": result})
    video_id = str(stack.submit()["id"])
    return video_id, stack.provider.task_id(video_id)


def wait_for_bytes(stack: Driver, task_id: str, at_least: int, requests: int = 1) -> int:
    """How much of the file so many requests were served at least, when it came to this much."""

    def served() -> int:
        counts = sorted(request["bytes"] for request in stack.provider.requests("file", task_id))
        return counts[-requests] if len(counts) >= requests else 0

    return until(served, lambda count: count >= at_least, 30)
