"""The SAM command line in the one version we use: `python -m operations.sam validate --lint`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from operations.errors import OperationError

ROOT = Path(__file__).resolve().parent.parent
SAM_CLI = "aws-sam-cli==1.170.0"


def command(*arguments: str) -> list[str]:
    """How to call it, through uvx; pip, too, because a layer's build wants one beside its Python."""
    own = ROOT / ".tools" / "bin" / "uvx"
    uvx = str(own) if own.exists() else shutil.which("uvx")
    if uvx is None:
        raise OperationError("uvx is not here; `make setup` brings it.")
    return [uvx, "--quiet", "--python", sys.executable, "--with", "pip", "--from", SAM_CLI, "sam", *arguments]


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run it in the project's folder; its output goes to ours."""
    sys.stdout.flush()  # or our own words would come after its
    settings = {**os.environ, "SAM_CLI_TELEMETRY": "0", **(environment or {})}
    return subprocess.run(command(*arguments), cwd=ROOT, env=settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(
        run(*sys.argv[1:], environment={"AWS_DEFAULT_REGION": os.environ.get("AWS_REGION", "eu-west-1")})
    )
