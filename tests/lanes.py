"""Which worker runs what: a file's tests stay together, and the files on the sandbox share few stacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]
from xdist.workermanage import WorkerController  # type: ignore[import-untyped]

INTEGRATION = Path(__file__).parent / "integration"
LANES = 2  # so many workers bring up a stack each; whatever else there is goes on beside them
# These share a stack with other parameters, so they go down one lane.
ADAPTED = ("test_missing_callbacks.py", "test_owners.py", "test_quotas.py")
# What takes longest is begun with, so that nobody waits for it in the end.
LONGEST = (
    "test_webhooks.py",
    "test_ambiguous_submits.py",
    *ADAPTED,
    "test_documented_failures.py",
    "test_modellix.py",
    "test_events.py",
    "test_single_faults.py",
)


class Lanes(LoadScopeScheduling):  # type: ignore[misc]
    """pytest-xdist's scheduler by scopes: lanes take files on the sandbox first, the other workers take none."""

    def _split_scope(self, nodeid: str) -> str:
        path: str = nodeid.partition("::")[0]
        folder, _, name = path.rpartition("/")
        return f"{folder}/{ADAPTED[0]}" if name in ADAPTED and folder.endswith(INTEGRATION.name) else path

    def _assign_work_unit(self, node: WorkerController) -> None:
        """The first file of the node's own kind, or of the other kind if there is none, moves to the queue's head."""
        self.workqueue.move_to_end(next(self._fitting(node), next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        """A worker beside the lanes ends when only files on the sandbox are left: a stack for a few is dearer."""
        if not node.shutting_down and not self._in_lane(node) and not any(self._fitting(node)):
            node.shutdown()
        super()._reschedule(node)

    def _fitting(self, node: WorkerController) -> Iterator[str]:
        on_sandbox = self._in_lane(node)
        return (
            scope for scope in self.workqueue if (Path(scope).parent.name == INTEGRATION.name) == on_sandbox
        )

    def _in_lane(self, node: WorkerController) -> bool:
        return bool(self.nodes.index(node) < LANES)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Lanes | None:
    """In place of the scheduler by files."""
    return Lanes(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)  # pytest-randomly has shuffled by then
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first; the order of the rest is drawn."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))
