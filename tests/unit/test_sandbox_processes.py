"""The sandbox's own housekeeping: its lock, the processes it finds, the files it checks."""

import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import lock, mp4, processes
from sandbox.errors import SandboxError
from sandbox.provider.media import SAMPLE

HOLD = "import sys; from pathlib import Path; from sandbox import lock; held = lock.take(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


def test_a_home_folder_holds_one_sandbox_at_a_time(tmp_path: Path) -> None:
    assert lock.holder(tmp_path) is None
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert lock.holder(tmp_path) == other.pid
        with pytest.raises(SandboxError, match=rf"already running here \(process {other.pid}\)"):
            lock.take(tmp_path)
        other.kill()  # however it ends, the folder is free
    assert lock.holder(tmp_path) is None
    lock.take(tmp_path).close()


# A process with the name that the runtime gives a function's, below another one, as below the emulator.
FUNCTION = "from pathlib import Path; Path('/proc/self/comm').write_text('receive_callback.handler'[:15])"
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"


def test_function_processes_are_found_by_their_handler_wherever_they_are_below_the_emulator() -> None:
    program = f"{FUNCTION}; import os, sys; print(os.getpid(), flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", PARENT, PARENT, program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as emulator:
        assert emulator.stdout is not None
        function = int(emulator.stdout.readline())
        parent = int(Path(f"/proc/{function}/stat").read_text().rpartition(")")[2].split()[1])
        assert parent != emulator.pid
        for above in (parent, emulator.pid):
            assert processes.find_function_processes("receive_callback.handler", above) == [function]
        assert processes.find_function_processes("receive_callback", parent) == [function]
        assert processes.find_function_processes("videos.handler", parent) == []
        assert processes.find_function_processes("receive_callback.handler", function) == []
        assert processes.peak_memory(function) > 1024 * 1024


def test_a_whole_mp4_is_walked_to_its_end() -> None:
    assert mp4.boxes(SAMPLE)[0] == "ftyp"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "begins with nothing"),
        (b"<html></html>", "goes .* beyond the end"),
        (SAMPLE.read_bytes()[:-1], "beyond the end"),
        (SAMPLE.read_bytes() + b"abc", "3 stray bytes"),
        (SAMPLE.read_bytes()[:32], "beyond the end|has no"),
        (b"\0\0\0\x08free" + SAMPLE.read_bytes(), "not with ftyp"),
        (b"\0\0\0\x02ftyp", "a box of 2 bytes"),
        (b"\0\0\0\0ftypisom", "has no mdat and no moov"),
    ],
)
def test_a_file_that_is_no_whole_mp4_is_told_apart(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "file.mp4").write_bytes(content)
    with pytest.raises(mp4.NotWhole, match=why):
        mp4.boxes(tmp_path / "file.mp4")
