"""What stops an operation, in words for the person at the terminal."""

import sys
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError


class OperationError(Exception):
    """A reason not to go on, told in a line or two without a traceback."""


def told(operation: Callable[[], None]) -> int:
    """Run an operation; what stops it is told plainly and makes the exit code 1."""
    try:
        operation()
    except (OperationError, BotoCoreError, ClientError) as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nStopped at your wish.", file=sys.stderr)
        return 130
    return 0
