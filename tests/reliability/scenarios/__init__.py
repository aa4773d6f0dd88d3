"""The situations that are put to the test, by name."""

from importlib import import_module

from tests.reliability.scenarios.registry import SCENARIOS, Scenario

for _group in (
    "life",
    "sending",
    "keyless",
    "references",
    "uploads",
    "lies",
    "expired",
    "forged",
    "transfer",
    "links",
    "outages",
    "recheck",
    "adopt",
    "table",
    "endings",
    "modellix",
    "modellix_results",
    "quotas",
    "events",
):
    import_module(f"tests.reliability.scenarios.{_group}")

__all__ = ["SCENARIOS", "Scenario"]
