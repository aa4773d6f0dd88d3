"""The emulator's reading of a stream, put right: what a function says it failed at comes again, and nothing before it."""

from typing import Any

from sandbox.ministack_process import from_the_failed_record

FUNCTION: dict[str, Any] = {"config": {}}


def record(number: int) -> dict[str, Any]:
    return {
        "eventSourceARN": "arn:stream",
        "dynamodb": {"SequenceNumber": f"{number:030d}"},
    }


BATCH = {"Records": [record(number) for number in (8, 9, 10, 11)]}


class Function:
    """Answers as it is told, one time after the other, and remembers what it got."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers, self.got = list(answers), list[Any]()

    def __call__(self, _function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        self.got.append(event)
        return self.answers.pop(0)

    @property
    def numbers(self) -> list[list[int]]:
        return [[int(each["dynamodb"]["SequenceNumber"]) for each in event["Records"]] for event in self.got]


def failed_at(number: int) -> dict[str, Any]:
    return {"body": {"batchItemFailures": [{"itemIdentifier": f"{number:030d}"}]}}


DONE: dict[str, Any] = {"body": {"batchItemFailures": []}}
CRASHED = {"error": True, "body": {"errorType": "Exit"}}


def test_a_batch_is_not_over_until_the_function_names_no_failure() -> None:
    function = Function(failed_at(9), failed_at(10), DONE)
    execute = from_the_failed_record(function)

    assert [bool(execute(FUNCTION, BATCH).get("error")) for _ in range(3)] == [True, True, False]
    assert function.numbers == [[8, 9, 10, 11], [9, 10, 11], [10, 11]]


def test_after_a_crash_it_begins_where_it_would_have_begun() -> None:
    function = Function(failed_at(10), CRASHED, DONE, DONE)
    execute = from_the_failed_record(function)

    answers = [execute(FUNCTION, BATCH) for _ in range(3)]
    execute(FUNCTION, {"Records": [record(12)]})

    assert answers[1] == CRASHED
    assert function.numbers == [[8, 9, 10, 11], [10, 11], [10, 11], [12]]
