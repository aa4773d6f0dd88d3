"""The functions as they ship: from the built folder alone, each in an interpreter that sees nothing else.

A build is copied, since the authorities of this run are added to the certificate bundles in it: so a function loads what it
would load on AWS, and a little more. Nothing in it is written while it runs: Lambda's folders cannot be.
"""

import json
import shutil
import sys
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.rounds import ROOT
from operations.build.here import built_here
from operations.build.layout import Layout

BUNDLES = ("certifi/cacert.pem", "botocore/cacert.pem", "reelhook/adapters/amazon-roots.pem")
STARTED = ROOT / "benchmarks" / "lambdas" / "started.py"
_NUMBERS = count()
_built = cache(built_here)  # one build for all parts


class Shipped:
    """A build for this machine, in a folder of its own, that trusts one more authority."""

    def __init__(self, folder: Path, authorities: bytes) -> None:
        self.layout = Layout(Path(shutil.copytree(_built().folder, folder / "built", symlinks=True)))
        for layer in self.layout.layers.values():
            for bundle in (layer / name for name in BUNDLES):
                if bundle.exists():
                    bundle.write_bytes(bundle.read_bytes() + b"\n" + authorities)

    def environment(self, function: str, *more: Path) -> dict[str, str]:
        """Where a function's interpreter looks, and then in these folders."""
        path = ":".join(map(str, (*self.layout.search_path(function), *more)))
        return {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}

    def handler(self, function: str) -> str:
        """Module and attribute."""
        return self.layout.handlers[function]


def command(handler: str, events: list[dict[str, Any]], folder: Path) -> list[str]:
    """An interpreter with nothing but what PYTHONPATH names, which loads a handler and calls it with these events."""
    file = folder / f"events-{next(_NUMBERS)}.json"
    file.write_text(json.dumps(events))
    return [sys.executable, "-S", "-P", str(STARTED), handler, str(file)]
