"""The histories, by name."""

from importlib import import_module

from tests.reliability.guards.histories.registry import HISTORIES

for _group in (
    "access",
    "sending",
    "dropping",
    "confirming",
    "reconciling",
    "transferring",
    "zombies",
    "ending",
    "settling",
    "webhooks",
):
    import_module(f"tests.reliability.guards.histories.{_group}")

__all__ = ["HISTORIES"]
