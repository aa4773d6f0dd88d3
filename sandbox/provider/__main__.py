"""`python -m sandbox.provider --port N`: the simulated providers alone, until it is interrupted."""

import argparse
import signal
import threading

from sandbox.provider.server import API_KEY, MODELLIX_API_KEY, Simulator


def main() -> None:
    """Run the server until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.provider", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--api-key", default=API_KEY, help="the key that requests to APIXO must carry")
    parser.add_argument("--modellix-api-key", default=MODELLIX_API_KEY, help="the same for Modellix")
    given = parser.parse_args()
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with Simulator(given.port, api_key=given.api_key, modellix_api_key=given.modellix_api_key) as simulator:
        print(f"The simulated providers listen on {simulator.base_url}", flush=True)
        done.wait()


if __name__ == "__main__":
    main()
