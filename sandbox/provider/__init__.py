"""A simulated video provider: a real HTTP server that speaks the provider's documented contract.

It judges requests by `sandbox/contracts/*.json` alone and never imports the product, so it can tell when the product is wrong.
How it is told to misbehave: `sandbox.provider.behaviour`.
"""

from sandbox.provider.media import ResultFile
from sandbox.provider.server import Simulator

__all__ = ["ResultFile", "Simulator"]
