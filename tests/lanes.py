"""Which worker runs what: a file's tests stay together, and the files on the sandbox share few stacks, one a lane."""

from pathlib import Path

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

INTEGRATION = Path(__file__).parent / "integration"
LANES = 3  # so many workers bring up stacks; whatever else there is goes on beside them
# Begun with, so that the lanes take about as long as each other: the first two mostly wait.
FIRST = (
    "test_missing_callbacks.py",
    "test_ambiguous_submits.py",
    "test_documented_failures.py",
    "test_owners.py",
    "test_uploads.py",
    "test_events.py",
)
_REST = sorted({path.name for path in INTEGRATION.glob("test_*.py")} - set(FIRST))
ORDER = {name: rank for rank, name in enumerate((*FIRST, *_REST))}


class Lanes(LoadScopeScheduling):  # type: ignore[misc]
    """pytest-xdist's scheduler by scopes, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.partition("::")[0])
        if path.parent.name != INTEGRATION.name:
            return str(path)
        return f"lane {ORDER[path.name] % LANES}"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Lanes | None:
    """In place of the scheduler by files."""
    return Lanes(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)  # pytest-randomly has shuffled by then
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is on the sandbox is begun before anything else, in an order that keeps the lanes busy."""
    here = {item: ORDER[item.path.name] for item in items if item.path.is_relative_to(INTEGRATION)}
    items.sort(key=lambda item: here.get(item, len(ORDER)))
