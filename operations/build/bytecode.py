"""Compiled beforehand: Lambda's folders cannot be written, so what ships without bytecode compiles at every cold start.

The bytecode is of the kind that is never compared with its source (PEP 552, unchecked hash): a packer may change times
as it likes. Python compiles for its own version only, so the one that runs this has to be the template's.
"""

import compileall
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

from operations.errors import OperationError

PYTHON = (3, 13)  # the template's Runtime
MAGIC = (3571).to_bytes(
    2, "little"
) + b"\r\n"  # of every CPython 3.13 (Include/internal/pycore_magic_number.h)
UNCHECKED_HASH = 0b01  # PEP 552: the lowest bit says "hash", the next one "compare it"


def compile_all(folder: Path, mount: str) -> None:
    """Compile every module below the folder anew; `mount` is where Lambda shows it, as tracebacks will say.

    Raises `OperationError` where the Python is another, or a module does not compile.
    """
    if sys.version_info[:2] != PYTHON or importlib.util.MAGIC_NUMBER != MAGIC:
        raise OperationError(f"Python {PYTHON[0]}.{PYTHON[1]} has to compile this, not {sys.version}.")
    mode, hidden = PycInvalidationMode.UNCHECKED_HASH, re.compile(r"(?!)")
    if not compileall.compile_dir(
        folder, force=True, quiet=1, rx=hidden, stripdir=str(folder), prependdir=mount, invalidation_mode=mode
    ):
        raise OperationError(f"A module below {folder} does not compile; its reasons stand above.")


def stale(folder: Path) -> Iterator[Path]:
    """The modules below the folder that Lambda would have to compile."""
    for module in sorted(folder.rglob("*.py")):
        compiled = Path(importlib.util.cache_from_source(str(module)))
        try:
            head = compiled.read_bytes()[:8]
        except FileNotFoundError:
            yield module
            continue
        if head != MAGIC + UNCHECKED_HASH.to_bytes(4, "little"):
            yield module
