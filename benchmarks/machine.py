"""What it was measured on."""

import os
import platform
import ssl
from functools import cache
from importlib.metadata import version
from pathlib import Path

NAMED = ("boto3", "botocore", "s3transfer", "urllib3", "httpx", "pydantic", "aws-lambda-powertools")


@cache
def machine() -> dict[str, str]:
    """Processor, memory, system, interpreter and the libraries that matter."""
    return {
        "processor": f"{os.cpu_count()} cores of {_line_of('/proc/cpuinfo', 'model name') or platform.machine()}",
        "memory": _line_of("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "openssl": ssl.OPENSSL_VERSION,
        "libraries": ", ".join(f"{name} {version(name)}" for name in NAMED),
    }


def _line_of(file: str, name: str) -> str:
    """What stands after a name and a colon in one of the kernel's files."""
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
