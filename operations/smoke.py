"""Does what we ship start? `python -m operations.smoke` builds for Lambda and for this machine, and looks.

The arm64 build is what is deployed: its compiled wheels must be aarch64. The same template built for x86_64 is imported
here, handler by handler, in a bare interpreter that sees only the built folders, in Lambda's order.
"""

import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from operations import sam
from operations.errors import OperationError

OUTPUT = sam.ROOT / ".aws-sam" / "smoke"
AARCH64 = 183  # e_machine of an ELF file for 64-bit ARM (elf.h: EM_AARCH64)
IMPORTED_LATER = "reelhook.adapters.oidc"  # only where an issuer is set, so no handler imports it by itself
BARE = {"AWS_DEFAULT_REGION": "eu-west-1", "PATH": ""}


def main() -> int:
    """0 if every library fits Lambda and every handler imports."""
    try:
        check_libraries(built("arm64"))
        check_handlers(built("x86_64"))
    except OperationError as error:
        print(error, file=sys.stderr)
        return 1
    print("Both builds are sound. Next: make deploy")
    return 0


def built(architecture: str) -> Path:
    """The folder of a build for this architecture, made anew where something changed."""
    print(f"Building for {architecture} ...", flush=True)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    template = OUTPUT / f"template-{architecture}.yaml"
    template.write_text((sam.ROOT / "template.yaml").read_text().replace("arm64", architecture))
    folder = OUTPUT / architecture
    where = ("--template", str(template), "--base-dir", str(sam.ROOT), "--build-dir", str(folder))
    if sam.run("build", *where, "--cache-dir", str(OUTPUT / "cache" / architecture)) != 0:
        raise OperationError(f"sam build for {architecture} failed; see above.")
    return folder


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


def check_handlers(folder: Path) -> None:
    """Every handler of the template imports from its build alone."""
    if platform.machine() != "x86_64":
        print(f"This machine is {platform.machine()}, so the x86_64 build is not imported.")
        return
    resources = yaml_parse((folder / "template.yaml").read_text())["Resources"]
    layers = [folder / name / "python" for name in _of_type(resources, "AWS::Serverless::LayerVersion")]
    for name in _of_type(resources, "AWS::Serverless::Function"):
        properties = resources[name]["Properties"]
        code, handler = folder / properties["CodeUri"], properties["Handler"]
        module, _, attribute = handler.partition(".")
        path = ":".join(str(part) for part in (code, *layers))
        program = f"import {module}, {IMPORTED_LATER}; assert callable({module}.{attribute})"
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


def _of_type(resources: dict[str, dict[str, object]], kind: str) -> Iterator[str]:
    return (name for name, resource in resources.items() if resource["Type"] == kind)


if __name__ == "__main__":
    sys.exit(main())
