"""The certificate authorities of AWS itself, cut from botocore's own bundle.

botocore reads its whole bundle (over a hundred authorities) at every new connection. AWS's endpoints have certificates
of Amazon Trust Services, which asks whoever keeps a list of its own to put these five on it
(https://www.amazontrust.com/repository).
"""

import re
from pathlib import Path

from operations.errors import OperationError

FILE = Path("adapters") / "amazon-roots.pem"
NAMES = (
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
)
_ENTRY = re.compile(
    r'^# Label: "(?P<label>[^"]+)"\n(?:#.*\n)*?(?P<pem>-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)',
    re.MULTILINE,
)


def cut(botocore: Path, reelhook: Path) -> None:
    """Write AWS's authorities beside our AWS clients; raises as `roots`."""
    (reelhook / FILE).write_text(roots(botocore))


def roots(botocore: Path) -> str:
    """AWS's authorities in PEM; raises `OperationError` if botocore's bundle lacks one of them."""
    bundle = (botocore / "cacert.pem").read_text()
    known = {entry["label"]: entry["pem"] for entry in _ENTRY.finditer(bundle)}
    if missing := [name for name in NAMES if name not in known]:
        raise OperationError(f"{botocore / 'cacert.pem'} does not hold {', '.join(missing)}.")
    return "".join(f"# {name}\n{known[name]}" for name in NAMES)
