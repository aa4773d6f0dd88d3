"""`make build`: what SAM builds, made lean and compiled, since that is what every cold start on Lambda pays for.

`build` is the only way to a folder that is deployed, smoked or measured: each of them gets the very same result.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from operations import sam
from operations.build import authorities, botocore_data, bytecode, libraries
from operations.build.layout import Layout
from operations.build.services import services_of
from operations.build.sizes import Sizes
from operations.errors import OperationError

type Sam = Callable[..., int]  # arguments and environment in, exit code out
type Finish = Callable[[Path], None]

FOLDER = sam.ROOT / ".aws-sam" / "build"  # where `sam build` leaves its result and `sam deploy` looks for it


def finish(folder: Path) -> None:
    """Trim and compile a built folder in place, and say what it weighs. A finished one stays as it is."""
    layout = Layout(folder)
    before = Sizes(layout)
    for packages in layout.layers.values():
        libraries.trim(packages)
    botocore_data.trim(layout.package("botocore"), services_of(sam.ROOT / "functions", sam.ROOT / "layers"))
    authorities.cut(layout.package("botocore"), layout.package("reelhook"))
    for mount, code in layout.mounted():
        bytecode.compile_all(code, mount)
    Sizes(layout).tell(before)


def build(
    *arguments: str,
    folder: Path = FOLDER,
    environment: Mapping[str, str] | None = None,
    run_sam: Sam = sam.run,
    finish: Finish = finish,
) -> None:
    """Run `sam build` with these arguments, whose result lies in the folder, and finish it; raises `OperationError`."""
    if run_sam("build", *arguments, environment=environment):
        raise OperationError("`sam build` failed; its reasons stand above.")
    finish(folder)
