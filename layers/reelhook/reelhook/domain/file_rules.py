"""What a model's page says about the files themselves: how long they may be, alone and together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reelhook.domain.errors.requests import Problem
from reelhook.domain.model import FileLimits, Model

# Ours: a video "of 15 seconds" is some frames longer by its container, and its sound by some more.
GRACE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """A file we hold: what the client calls it, its kind, and how many seconds it lasts (0: it does not say)."""

    param: str
    kind: str
    seconds: float = 0


def file_problems(model: Model, files: Sequence[ExaminedFile]) -> Iterator[Problem]:
    """Everything about these files that the model's declaration excludes."""
    for kind, limits in model.files.items():
        given = [file for file in files if file.kind == kind]
        wrong = [problem for file in given for problem in _of_one(model, limits, file)]
        yield from wrong
        together = sum(file.seconds for file in given)
        if not wrong and together > limits.together + GRACE_SECONDS:
            param = given[-1].param
            words = f"all {kind} references last at most {limits.together} seconds together for {model.name}"
            yield Problem(param, f"{param}: {words}, got {together:.1f}")


def _of_one(model: Model, limits: FileLimits, file: ExaminedFile) -> Iterator[Problem]:
    least, most = limits.seconds
    if file.seconds and not least - GRACE_SECONDS <= file.seconds <= most + GRACE_SECONDS:
        words = f"{least} to {most} seconds for {model.name}, got {file.seconds:.1f}"
        yield Problem(file.param, f"{file.param}: {words}")
