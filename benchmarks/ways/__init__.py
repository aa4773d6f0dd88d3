"""How else a video gets from a URL into S3. Each way is made ready first, then moves one URL to one key."""

from importlib import import_module

from benchmarks.ways.way import Move

WAYS = {  # module and function: a process loads what its own way needs, and nothing else
    "download to /tmp (httpx), upload_file": "boto.on_disk",
    "download to /tmp (urllib3), upload_file": "boto.on_disk_lean",
    "httpx to upload_fileobj": "boto.httpx_fileobj",
    "urllib3 to upload_fileobj": "boto.urllib3_fileobj",
    "urllib3 to put_object": "boto.urllib3_put",
    "urllib3 to smart_open": "libraries.smart_open",
    "urllib3 to obstore": "libraries.obstore",
    "curl piped to aws s3 cp": "libraries.aws_cli",
    "TLS relay in Python (no signature, no checksum)": "relay.relay",
}


def made_ready(way: str) -> Move:
    """A way with its libraries loaded and its clients made."""
    module, _, function = WAYS[way].partition(".")
    move: Move = getattr(import_module(f"benchmarks.ways.{module}"), function)()
    return move
