"""Deployment archives that depend on nothing but their content."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_ALWAYS = (1980, 1, 1, 0, 0, 0)


def zipped(folder: Path, prefix: str, executables: Mapping[str, bytes]) -> bytes:
    """The folder's files below a prefix, and executable files beside them."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = prefix + path.relative_to(folder).as_posix()
                file.writestr(zipfile.ZipInfo(name, _ALWAYS), path.read_bytes())
        for name, content in executables.items():
            entry = zipfile.ZipInfo(name, _ALWAYS)
            entry.external_attr = 0o755 << 16
            file.writestr(entry, content)
    return archive.getvalue()
