"""What a function writes is read whole before its invocation's log is closed, however slow the reader is."""

import os
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from sandbox import function_output
from sandbox.function_output import FunctionOutput


@pytest.fixture
def pipe() -> Iterator[tuple[FunctionOutput, int]]:
    """An output, and the end that a process writes to."""
    read, write = os.pipe()
    output = FunctionOutput(read)
    yield output, write
    output.close()


def test_lines_come_whole_and_the_rest_at_the_end(pipe: tuple[FunctionOutput, int]) -> None:
    output, write = pipe
    os.write(write, b"one\ntw")
    assert output.readline() == b"one\n"
    os.write(write, b"o\n\nrest")
    assert [output.readline(), output.readline()] == [b"two\n", b"\n"]
    os.close(write)
    assert [output.readline(), output.readline()] == [b"rest", b""]


def test_what_the_reader_has_taken_and_not_handed_on_yet_is_waited_for(
    pipe: tuple[FunctionOutput, int],
) -> None:
    output, write = pipe
    taken, go_on, waited = Event(), Event(), Event()
    handed_on: list[bytes] = []

    def read() -> None:
        for line in iter(output.readline, b""):
            taken.set()
            assert go_on.wait(10)
            handed_on.append(line)

    def wait() -> None:
        output.wait_until_read()
        waited.set()

    os.write(write, b"one\ntwo\n")
    reader, waiter = Thread(target=read), Thread(target=wait)
    reader.start()
    assert taken.wait(10)  # the pipe is empty, both lines are with the reader
    waiter.start()
    assert not waited.wait(0.05)
    go_on.set()
    assert waited.wait(10)
    assert handed_on == [b"one\n", b"two\n"]
    os.close(write)
    reader.join(10)
    waiter.join(10)


def test_a_reader_that_never_hands_on_is_not_waited_for_for_ever(
    pipe: tuple[FunctionOutput, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(function_output, "READ_SECONDS", 0.01)
    output, write = pipe
    os.write(write, b"one\n")
    output.readline()

    output.wait_until_read()

    os.close(write)


def test_of_a_closed_output_nothing_is_waited_for(pipe: tuple[FunctionOutput, int]) -> None:
    output, write = pipe
    os.write(write, b"one\n")
    output.readline()
    output.close()

    output.wait_until_read()

    os.close(write)
