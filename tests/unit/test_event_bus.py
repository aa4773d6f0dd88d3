"""EventBridge's answers: an event counts as sent only where the answer says so of this very one."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from botocore.stub import Stubber

from reelhook.adapters.clients import events_client
from reelhook.adapters.events import EventBridgeBus
from reelhook.domain.errors.running import EventBusError
from reelhook.domain.time import SECOND
from tests.builders import NOW

type Aws = tuple[EventBridgeBus, Stubber]
SENT = {
    "Entries": [
        {
            "EventBusName": "telling",
            "Source": "reelhook",
            "DetailType": "video.completed",
            "Time": datetime.fromtimestamp(NOW // SECOND, UTC),
            "Detail": '{"id":"evt_1","prompt":"Löwe"}',
        }
    ]
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client = events_client()
    with Stubber(client) as stubber:
        yield EventBridgeBus(client, "telling"), stubber
    stubber.assert_no_pending_responses()


def put(bus: EventBridgeBus) -> None:
    bus.put("video.completed", NOW, {"id": "evt_1", "prompt": "Löwe"})


def test_an_event_names_its_source_its_bus_and_the_time_of_the_change(aws: Aws) -> None:
    bus, answers = aws
    answers.add_response("put_events", {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}, SENT)

    put(bus)


def test_an_answer_of_200_with_a_failed_entry_is_a_failure(aws: Aws) -> None:
    bus, answers = aws
    throttled = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"}
    answers.add_response("put_events", {"FailedEntryCount": 1, "Entries": [throttled]}, SENT)

    with pytest.raises(EventBusError, match="ThrottlingException"):
        put(bus)


def test_an_error_is_a_failure(aws: Aws) -> None:
    bus, answers = aws
    answers.add_client_error("put_events", "AccessDeniedException", http_status_code=403)

    with pytest.raises(EventBusError, match="AccessDeniedException"):
        put(bus)
