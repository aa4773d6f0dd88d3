"""What stops the sandbox, in words for the person who started it."""


class SandboxError(Exception):
    """A reason not to go on, told in a line or two without a traceback."""
