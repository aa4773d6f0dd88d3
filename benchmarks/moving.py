"""The process of a peer: `python -m benchmarks.moving WAY SMALL_URL URL KEY`. As in `measured`, a small file goes first."""

import json
import sys

from benchmarks.meter import end_connections, metered
from benchmarks.ways import made_ready


def main(way: str, small: str, url: str, key: str) -> None:
    """Moves both; the last line of the output has the figures."""
    move = made_ready(way)
    move(small, f"{key}-small")
    end_connections(url)
    with metered() as figures:
        move(url, key)
    sys.stdout.write(json.dumps({**figures, "link": url, "key": key}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
