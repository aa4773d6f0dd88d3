"""The simulated video providers: a real HTTP server that speaks the documented contracts of APIXO and Modellix.

They judge requests by `sandbox/contracts/*.json` alone (`sandbox.provider.judging`) and never import the product, so they can tell when the product is wrong.
How they are told to misbehave: `sandbox.provider.behaviour_keys`.
"""

from sandbox.provider.media import ResultFile
from sandbox.provider.server import Simulator

__all__ = ["ResultFile", "Simulator"]
