"""TLS in front of what speaks plain HTTP here, as everything on AWS does; and who trusts it.

The functions are measured with the certificate bundles that they ship, each with one more authority at its end: they load
what they would load on AWS. The peers are given botocore's own bundle, with the same addition.
"""

import shutil
import socket
from pathlib import Path

import botocore

from sandbox import tls

BUNDLES = ("certifi/cacert.pem", "botocore/cacert.pem", "reelhook/adapters/amazon-roots.pem")


class Authorities:
    """Certificate authorities made for this run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[bytes] = []
        self.bundle = folder / "authorities.pem"
        self.bundle.write_bytes((Path(botocore.__file__).parent / "cacert.pem").read_bytes())

    def front(self, port: int) -> str:
        """The https address of what listens on a port of this machine."""
        listener = socket.create_server(("127.0.0.1", 0))
        certificate = self._folder / f"front-{port}.pem"
        tls.serve(listener, port, certificate)
        self._made.append(b"\n" + certificate.read_bytes())
        _append(self.bundle, self._made[-1])
        return f"https://127.0.0.1:{listener.getsockname()[1]}"

    def trusted_by(self, layer: Path) -> None:
        """Adds them to every bundle in a layer."""
        for bundle in BUNDLES:
            if (layer / bundle).exists():
                _append(layer / bundle, b"".join(self._made))


def copied(built: Path, folder: Path) -> Path:
    """A build whose bundles may be changed; its times stay, since bytecode may depend on them."""
    return Path(shutil.copytree(built, folder / "built", symlinks=True))


def _append(bundle: Path, more: bytes) -> None:
    bundle.write_bytes(bundle.read_bytes() + more)
