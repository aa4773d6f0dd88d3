"""What a worker would do again for each test, it does once: two cores are shared by all of them."""

import gc
from collections.abc import Generator
from functools import cache

import botocore.session
import pytest
from xdist import get_xdist_worker_id, is_xdist_worker  # type: ignore[import-untyped]


def pytest_configure() -> None:
    """All sessions share what one has read of a service's description; a large heap is walked through less often."""
    botocore.session.create_loader = cache(botocore.session.create_loader)
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Each worker begins a folder elsewhere, and finds that the others have compiled the rest of it meanwhile."""
    report = yield
    if isinstance(collector, pytest.Directory) and is_xdist_worker(collector.session):
        which = int(get_xdist_worker_id(collector.session).removeprefix("gw"))
        begin = which * len(report.result) // collector.config.workerinput["workercount"]  # type: ignore[attr-defined]
        report.result = report.result[begin:] + report.result[:begin]
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Wherever a worker began, its list is the others'."""
    items.sort(key=lambda item: str(item.path))
    return (yield)


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001
    """What was imported and collected stays: no search for garbage walks through it again."""
    gc.collect()
    gc.freeze()
