"""`make stop`: ends the sandbox of this home folder, and waits until nothing of it is left."""

import os
import signal
import sys
import time

from sandbox.lock import holder
from sandbox.options import home_folder

PATIENCE_SECONDS = 15


def main() -> int:
    """Ask it to end; if it does not, make it."""
    home = home_folder()
    pid = holder(home)
    if not pid:
        print("No sandbox is running.")
        return 0
    for ending in (signal.SIGTERM, signal.SIGKILL):  # the emulator follows either by itself
        os.kill(pid, ending)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if holder(home) != pid:
                print("Stopped; nothing is left running.")
                return 0
            time.sleep(0.05)
    print(f"The sandbox (process {pid}) does not end.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
