"""Asking at the terminal, or taking the defaults where nobody sits there."""

from getpass import getpass

from operations.errors import OperationError


class Questions:
    """What the operator is asked; with `yes`, every question gets its default."""

    def __init__(self, *, yes: bool) -> None:
        self._yes = yes

    def ask(self, text: str, default: str) -> str:
        """One line, or the default."""
        if self._yes:
            return default
        return input(f"{text} [{default or 'none'}]: ").strip() or default

    def secret(self, text: str, instead: str) -> str:
        """One line that is not echoed; where nobody is asked, say what to do `instead`."""
        if self._yes:
            raise OperationError(instead)
        if given := getpass(f"{text} (not shown): ").strip():
            return given
        raise OperationError("Nothing was entered.")

    def optional_secret(self, text: str) -> str | None:
        """One line that is not echoed, or nothing; where nobody is asked, nothing."""
        if self._yes:
            return None
        return getpass(f"{text} (not shown, Enter for none): ").strip() or None

    def confirm(self, text: str, word: str) -> None:
        """Go on only if the word is typed."""
        if not self._yes and input(f"{text} Type {word} to go on: ").strip() != word:
            raise OperationError("Nothing was done.")
