"""What pip installs and nobody imports: its own records, scripts, tests.

Names, versions and licences stay (`METADATA`, `licenses/`): scanners such as Amazon Inspector find libraries by them,
pydantic looks for plugins among them, and the licences ask to be passed on.
"""

import shutil
from pathlib import Path

RECORDS = ("RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json")


def trim(packages: Path) -> None:
    """Trim a folder of installed packages in place."""
    for folder in [*packages.glob("*.data"), *packages.glob("*/tests"), *packages.glob("bin")]:
        shutil.rmtree(folder)
    for folder in packages.glob("*.dist-info"):
        for name in RECORDS:
            (folder / name).unlink(missing_ok=True)
