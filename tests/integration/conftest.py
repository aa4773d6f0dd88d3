"""The real template in the sandbox: one stack for all tests, others with other parameters where a test asks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.stack import Sandbox
from tests.integration.auditing import what_logs_give_away
from tests.integration.driving import Driver
from tests.integration.permissions import uses
from tests.issuer import DISCOVERY, ec_jwk, serving
from tests.permissions import record

type StackWith = Callable[..., Driver]
type Asked = tuple[str, frozenset[tuple[str, str]]]  # a name, and template parameters

HERE = Path(__file__).parent
OF_ITS_OWN = {
    "APIXO_BASE_URL": "",
    "MODELLIX_BASE_URL": "",
    "RESULT_ORIGINS": "",
    "SANDBOX_RECORD_IAM": "1",
}  # whatever the user has set
AS_IT_COMES: Asked = ("", frozenset())
OTHERS_AT_ONCE = 2
ALIASED = "apixo/seedance-2-0-mini"  # the adapted stack knows it as sora-2, too


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the sandbox."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("sandbox")


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[StackWith]:
    """Starts a stack with these template parameters and keeps it; a name makes it another one.

    The stack with the template's own parameters stays for the session. Of the others the youngest stay, since even an
    idle stack has its ticks; a file's tests follow each other, so hardly any is started twice.

    Everything that a stack ever logged is searched for secrets at its end: one found there is an error.
    What its functions used their roles for is kept to be judged.
    """
    running: dict[Asked, tuple[Sandbox, Driver]] = {}
    found: list[str] = []

    def start(name: str = "", /, **parameters: object) -> Driver:
        asked = {parameter: str(value) for parameter, value in parameters.items()}
        key = name, frozenset(asked.items())
        if key not in running:
            others = [each for each in running if each != AS_IT_COMES]
            for oldest in others[: len(others) - OTHERS_AT_ONCE + 1]:
                end(*running.pop(oldest))
            sandbox = Sandbox(tmp_path_factory.mktemp("sandbox"), parameters=asked, environment=OF_ITS_OWN)
            running[key] = (sandbox, Driver(sandbox.start()))
        return running[key][1]

    def end(sandbox: Sandbox, driver: Driver) -> None:
        try:
            found.extend(what_logs_give_away(driver))
            record(pytestconfig, uses(driver.stack))
            driver.close()
        finally:
            sandbox.stop()

    yield start
    for one in running.values():
        end(*one)
    assert not found, "\n".join(["The logs give something away:", *found])


@pytest.fixture
def stack_with(stacks: StackWith) -> StackWith:
    """Gives the stack with these template parameters, nothing queued, and a provider that behaves and remembers nothing."""

    def fresh(name: str = "", /, **parameters: object) -> Driver:
        driver = stacks(name, **parameters)
        driver.empty_queues()
        driver.provider.reset()
        return driver

    return fresh


@pytest.fixture
def stack(stack_with: StackWith) -> Driver:
    """The stack with the template's own parameters, and a provider that behaves and remembers nothing."""
    return stack_with()


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The URL of an issuer that serves its documents over http on loopback."""
    with serving(
        lambda url: {
            DISCOVERY: {"issuer": url, "jwks_uri": f"{url}/keys"},
            "/keys": {"keys": [ec_jwk("ec-1")]},
        }
    ) as url:
        yield url


@pytest.fixture
def adapted(stack_with: StackWith, issuer: str) -> Driver:
    """The one stack for tests that need other parameters and do not mind each other's; lanes.py keeps them together.

    Callbacks count as missing after 3 s, a user may ask for 3 videos and 5 USD a day, the issuer's JWTs are taken,
    and a model has another name.
    """
    return stack_with(
        CallbackDeadlineSeconds=3,
        UserVideosPerDay=3,
        UserUsdPerDay="5",
        OidcIssuer=issuer,
        OidcAudience="another,app",
        ModelAliases=f"sora-2={ALIASED}",
    )
