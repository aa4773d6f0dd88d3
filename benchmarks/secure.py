"""TLS in front of what speaks plain HTTP here, as everything on AWS does; and who trusts it."""

import socket
from pathlib import Path

import botocore

from sandbox import tls


class Authorities:
    """Certificate authorities made for this run; `bundle` is all the usual ones and these, `made` these alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made = b""
        self.bundle = folder / "authorities.pem"
        self.bundle.write_bytes((Path(botocore.__file__).parent / "cacert.pem").read_bytes())

    def front(self, port: int) -> str:
        """The https address of what listens on a port of this machine."""
        listener = socket.create_server(("127.0.0.1", 0))
        certificate = self._folder / f"front-{port}.pem"
        tls.serve(listener, port, certificate)
        self.made += certificate.read_bytes()
        self.bundle.write_bytes(self.bundle.read_bytes() + certificate.read_bytes())
        return f"https://127.0.0.1:{listener.getsockname()[1]}"
