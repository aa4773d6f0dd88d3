"""The bus: an event arrives as it was sent, or nobody believes that it did."""

import pytest

from reelhook.domain.errors.running import EventBusError
from reelhook.domain.time import SECOND
from tests.builders import NOW
from tests.contracts.aws import Bus
from tests.fakes import RecordingEventBus

DETAIL = {"id": "evt_1", "data": {"prompt": "Ein Löwe, \U0001f981", "size": None}, "owner": "owner-1"}


def test_an_event_arrives_as_it_was_sent(bus: Bus) -> None:
    bus.port.put("video.completed", NOW, DETAIL)
    bus.port.put("video.failed", NOW + SECOND, DETAIL)

    assert bus.received() == [("video.completed", NOW, DETAIL), ("video.failed", NOW + SECOND, DETAIL)]


def test_a_bus_that_does_not_take_it_says_so() -> None:
    fake = RecordingEventBus()
    fake.broken = True

    with pytest.raises(EventBusError):
        fake.put("video.completed", NOW, DETAIL)
