"""`make recheck` and `make adopt`: one more look at a video's task, by the operator's own credentials."""

import argparse
import os
import re
import sys
import time

from operations import target
from operations.errors import OperationError, told
from reelhook.domain.answers import NotAnswered, Succeeded, TaskAnswer, TaskFailed, UnknownTask
from reelhook.domain.errors import ReelhookError
from reelhook.domain.ports.journal import Metric
from reelhook.domain.video import Video
from reelhook.neighbours.providers import Providers
from reelhook.neighbours.queues import Queues
from reelhook.neighbours.tables import Tables
from reelhook.settings import Settings
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.rechecking import Rechecked, Rechecking, Verdict

NEXT = {
    Verdict.NOT_OPEN_TO_THIS: "Nothing was done: its state has no use for it. `make logs` shows how it came there.",
    Verdict.NO_TASK: "No task of it is known. Find it on the provider's pages, then `make adopt VIDEO={video} TASK=...`.",
    Verdict.TASK_TAKEN: "Nothing was done: another video has this task. Look for another one on the provider's pages.",
    Verdict.NOT_ADOPTED: "Nothing was recorded. Check the task's id and the provider's key, then try again.",
    Verdict.TRANSFERRING: "The success is on record and TransferVideo is asked to copy it. `make logs` shows it happen.",
    Verdict.FAILED: "The failure is on record; nothing more will come.",
    Verdict.ADOPTED: "The task is on record. Its end is looked up in a minute, and in 3, 10 and 30.",
    Verdict.UNCHANGED: "Nothing was changed. Try again once the answer may be another.",
}


class Quiet:
    """Implements `Journal`: the terminal hears the verdict, not the steps."""

    def note(self, message: str, **fields: object) -> None:
        """Says nothing."""

    def warn(self, message: str, **fields: object) -> None:
        """Says nothing."""

    def count(self, metric: Metric, value: int = 1) -> None:
        """Counts nothing: an operator's look is no symptom."""


def settings_of(where: target.Target) -> Settings:
    """What a function of this stack would find in its environment."""
    given = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper(): value for name, value in where.parameters.items()}
    return Settings(
        {
            **given,
            "VIDEOS_TABLE": where.videos_table,
            "TRANSFER_QUEUE_URL": where.transfer_queue_url,
            "PARAMETER_PATH": where.parameter_path,
        }
    )


class Near(Tables, Providers, Queues):
    """What rechecking speaks to."""


def rechecking(where: target.Target) -> Rechecking:
    """The use case over the real neighbours; from here on this process acts where the target is."""
    if "AWS_ENDPOINT_URL" in where.environment:
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            os.environ.pop(name, None)
    os.environ.update(where.environment)
    settings, journal = settings_of(where), Quiet()

    def clock() -> int:
        return time.time_ns() // 1_000_000

    near = Near(settings, clock)
    days = settings.retention_days
    confirmation = Confirmation(near.videos, near.providers, near.catalog, clock, journal, days)
    return Rechecking(near.videos, near.queue, confirmation, clock, journal)


def report(video_id: str, done: Rechecked) -> str:
    """What came of it, and what to do next."""
    if done.verdict is Verdict.NO_VIDEO:
        raise OperationError(f"There is no video {video_id}.")
    lines = [f"The provider about {task}: {_in_words(answer)}." for task, answer in done.answers.items()]
    return "\n".join([*lines, _standing(done.video), NEXT[done.verdict].format(video=video_id)])


def _standing(video: Video | None) -> str:
    return "It is gone." if video is None else f"{video.video_id} is {video.state}."


def _in_words(answer: TaskAnswer) -> str:
    match answer:
        case Succeeded(results):
            return (
                f"succeeded, with {len(results)} results"
                if results
                else "succeeded, its links not published yet"
            )
        case TaskFailed(error, detail):
            return f"failed ({error.code}{f': {detail:.200}' if detail else ''})"
        case UnknownTask():
            return "no such task of this model"
        case NotAnswered(reason, account):
            return f"no answer ({reason}{'; it refused our key' if account else ''})"
        case _:
            return f"not finished ({answer.state})"


def main() -> None:
    """Recheck a video, or with a task adopt it."""
    parser = argparse.ArgumentParser(prog="python -m operations.recheck", description=__doc__)
    parser.add_argument("video", help="its id, video_...")
    parser.add_argument("--adopt", metavar="TASK", help="the provider's task that was found for it")
    arguments = parser.parse_args()
    where = target.find()
    print(f"In {where.title}:")
    look = rechecking(where)
    try:
        if arguments.adopt:
            done = look.adopt(arguments.video, arguments.adopt)
        else:
            done = look.recheck(arguments.video)
    except ReelhookError as error:
        raise OperationError(f"{error} Nothing is lost; try again.") from error
    print(report(arguments.video, done))


if __name__ == "__main__":
    sys.exit(told(main))
