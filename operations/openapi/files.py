"""Where the document goes: docs/openapi.json for readers, and beside the code for the function that serves it."""

import json
from pathlib import Path

from operations.openapi.document import document
from operations.openapi.page import page

_ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = _ROOT / "docs" / "openapi.json"
_SERVED = _ROOT / "layers" / "reelhook" / "reelhook" / "api"


def files() -> dict[Path, str]:
    """Every file and its text."""
    told = document()
    return {
        DOCUMENT: json.dumps(told, indent=2, ensure_ascii=False) + "\n",
        _SERVED / "openapi.json": json.dumps(told, separators=(",", ":"), ensure_ascii=False),
        _SERVED / "docs.html": page(told),
    }
