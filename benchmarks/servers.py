"""The child process with both servers: source and bucket. It ends when its input does, so nothing is left running."""

import json
import socket
import ssl
import sys
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

import botocore
import trustme

from benchmarks.limits import Limits
from benchmarks.sink import Sink
from benchmarks.source import Source


def main(authorities: Path, limits: Limits) -> None:
    """Writes the certificates to trust, tells where the servers are, then answers each line with what they have seen."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    # beside all the usual ones, because reading those costs memory too
    usual = (Path(botocore.__file__).parent / "cacert.pem").read_bytes()
    authorities.write_bytes(usual + authority.cert_pem.bytes())
    source, sink = Source(context, limits), Sink(context, limits)

    def hang_up(but: socket.socket) -> None:
        source.hang_up(but)
        sink.hang_up()

    source.end_connections = hang_up
    for server in (source, sink):
        Thread(target=server.serve_forever, daemon=True).start()
    _tell({"source": source.url, "s3": sink.url, "authority": authority.cert_pem.bytes().decode()})
    for _ in sys.stdin:
        bucket = sink.bucket
        _tell(
            {
                "gets": source.gets,
                "answered": source.answered,
                "begun": bucket.begun,
                "objects": {key: asdict(stored) for key, stored in bucket.objects.items()},
                "requests": bucket.requests,
                "open_uploads": len(bucket.uploads),
            }
        )


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Limits(**json.loads(sys.argv[2])))
