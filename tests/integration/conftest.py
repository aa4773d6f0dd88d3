"""The real template in the sandbox: one stack for all tests, others with other parameters where a test asks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandbox.stack import Sandbox
from tests.integration.auditing import what_logs_give_away
from tests.integration.driving import Driver
from tests.integration.permissions import uses
from tests.permissions import record

type StackWith = Callable[..., Driver]

HERE = Path(__file__).parent
OF_ITS_OWN = {
    "APIXO_BASE_URL": "",
    "MODELLIX_BASE_URL": "",
    "RESULT_ORIGINS": "",
    "SANDBOX_RECORD_IAM": "1",
}  # whatever the user has set
# Files that mostly wait: begun first, they wait while the others work.
FIRST = (
    "test_killed_functions.py",
    "test_missing_callbacks.py",
    "test_ambiguous_submits.py",
    "test_queue.py",
    "test_operator_commands.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the sandbox; what takes longest is begun first."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("sandbox")
    ranks = {name: rank for rank, name in enumerate(FIRST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(FIRST)))


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[StackWith]:
    """Starts a stack with these template parameters, once, and keeps it for the session; a name makes it another one.

    At the session's end everything that every stack ever logged is searched for secrets: one found there is an error.
    What its functions used their roles for is kept to be judged.
    """
    running: dict[tuple[str, frozenset[tuple[str, str]]], tuple[Sandbox, Driver]] = {}

    def start(name: str = "", /, **parameters: object) -> Driver:
        asked = {parameter: str(value) for parameter, value in parameters.items()}
        key = name, frozenset(asked.items())
        if key not in running:
            home = tmp_path_factory.mktemp("sandbox")
            sandbox = Sandbox(home, parameters=asked, environment=OF_ITS_OWN)
            running[key] = (sandbox, Driver(sandbox.start()))
        return running[key][1]

    yield start
    found: list[str] = []
    try:
        for _, driver in running.values():
            found += what_logs_give_away(driver)
            record(pytestconfig, uses(driver.stack))
            driver.close()
    finally:
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda pair: pair[0].stop(), running.values()))
    assert not found, "\n".join(["The logs give something away:", *found])


@pytest.fixture
def stack_with(stacks: StackWith) -> StackWith:
    """Gives the stack with these template parameters, and a provider that behaves and remembers nothing."""

    def fresh(name: str = "", /, **parameters: object) -> Driver:
        driver = stacks(name, **parameters)
        driver.provider.reset()
        return driver

    return fresh


@pytest.fixture
def stack(stack_with: StackWith) -> Driver:
    """The stack with the template's own parameters, and a provider that behaves and remembers nothing."""
    return stack_with()
