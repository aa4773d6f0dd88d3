"""A simulator for each test, whose tasks run until they are ended."""

from collections.abc import Iterator

import pytest

from sandbox.provider.server import Simulator
from tests.unit.simulated_provider.client import Client
from tests.unit.simulated_provider.modellix_client import ModellixClient
from tests.unit.simulated_provider.receiver import Receiver


@pytest.fixture
def client() -> Iterator[Client]:
    with Simulator(behaviour={"generate_seconds": 60, "time_scale": 0.001}) as simulator:
        yield Client(simulator)


@pytest.fixture
def modellix(client: Client) -> ModellixClient:
    return ModellixClient(client.simulator)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()
