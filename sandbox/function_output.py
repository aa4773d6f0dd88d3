"""What a function's process writes, line by line, and whether somebody has taken all of it."""

import array
import fcntl
import os
import select
import termios
import time

READ_BYTES = 65_536
READ_SECONDS = 2.0
LOOK_SECONDS = 0.001


class FunctionOutput:
    """The read end of a pipe, as the emulator's thread reads it: it takes a line, hands it on and asks for the next."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._buffer = pipe, b""
        self._readable = select.poll()
        self._readable.register(pipe, select.POLLIN)
        self._handing_on = False  # from before bytes leave the pipe until their last whole line was handed on

    def readline(self) -> bytes:
        """The next line with its end; the rest without one, then nothing, once the process has closed the pipe."""
        while b"\n" not in self._buffer:
            self._handing_on = False
            self._readable.poll()
            self._handing_on = True
            if not (read := os.read(self._pipe, READ_BYTES)):
                rest, self._buffer = self._buffer, b""
                return rest
            self._buffer += read
        line, end, self._buffer = self._buffer.partition(b"\n")
        return line + end

    def wait_until_read(self) -> None:
        """Wait, though not for ever, until all that was written by now was handed on."""
        until = time.monotonic() + READ_SECONDS
        # in this order: what has left the pipe is being handed on
        while (self._unread() or self._handing_on) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)

    def close(self) -> None:
        """Let the pipe go; nothing is being handed on any more."""
        self._handing_on = False
        if self._pipe >= 0:
            pipe, self._pipe = self._pipe, -1
            os.close(pipe)

    def _unread(self) -> int:
        """Bytes that lie in the pipe."""
        amount = array.array("i", [0])
        try:
            fcntl.ioctl(self._pipe, termios.FIONREAD, amount)
        except (OSError, ValueError):  # closed by now
            return 0
        return amount[0]
