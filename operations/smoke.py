"""Does what we ship start? `python -m operations.smoke` builds for Lambda and for this machine, and looks.

The arm64 build is what is deployed: its compiled wheels must be aarch64. The same template built for this machine is
imported, handler by handler, in a bare interpreter that sees only the built folders, in Lambda's order. Both must come with
all their bytecode, since Lambda's folders cannot be written.
"""

import subprocess
import sys
from pathlib import Path

from operations import build
from operations.build import bytecode
from operations.build.here import built_here
from operations.build.layout import Layout
from operations.errors import OperationError

AARCH64 = 183  # e_machine of an ELF file for 64-bit ARM (elf.h: EM_AARCH64)
IMPORTED_LATER = "reelhook.adapters.oidc"  # only where an issuer is set, so no handler imports it by itself
BARE = {"AWS_DEFAULT_REGION": "eu-west-1", "PATH": ""}


def main() -> int:
    """0 if every library fits Lambda, every module is compiled and every handler imports."""
    try:
        build.build()
        shipped, here = Layout(build.FOLDER), built_here()
        check_libraries(shipped.folder)
        for layout in (shipped, here):
            check_bytecode(layout)
        check_handlers(here)
    except OperationError as error:
        print(error, file=sys.stderr)
        return 1
    print("Both builds are sound. Next: make deploy")
    return 0


def check_libraries(folder: Path) -> None:
    """Every compiled library in the layers is one that Lambda's arm64 can load."""
    libraries = sorted(folder.rglob("*.so"))
    if not libraries:
        raise OperationError(f"No compiled library in {folder}: the dependencies' layer was not built.")
    for library in libraries:
        machine = int.from_bytes(library.read_bytes()[18:20], "little")
        if machine != AARCH64:
            raise OperationError(f"{library} is not for aarch64 (e_machine {machine}).")
    print(f"{len(libraries)} compiled libraries, all aarch64")


def check_bytecode(layout: Layout) -> None:
    """Every module that ships has bytecode for Lambda's Python that is never compared with its source."""
    if without := [module for _, folder in layout.mounted() for module in bytecode.stale(folder)]:
        raise OperationError(f"{len(without)} modules would be compiled at every start, first {without[0]}.")
    print(f"Every module in {layout.folder.name} is compiled")


def check_handlers(layout: Layout) -> None:
    """Every handler of the template imports from its build alone, and leaves nothing behind there."""
    before = set(layout.folder.rglob("*"))
    for name, handler in layout.handlers.items():
        module, _, attribute = handler.partition(".")
        program = f"import {module}, {IMPORTED_LATER}; assert callable({module}.{attribute})"
        path = ":".join(map(str, layout.search_path(name)))
        answer = subprocess.run(
            [sys.executable, "-S", "-c", program],
            env={**BARE, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise OperationError(f"{handler} does not import from its build:\n{answer.stderr}")
        print(f"  {handler} imports")
    if written := set(layout.folder.rglob("*")) - before:
        raise OperationError(f"Importing wrote {min(written)}, which Lambda would not let it.")


if __name__ == "__main__":
    sys.exit(main())
