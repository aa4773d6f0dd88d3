"""EventBridge, where events leave the stack."""

from collections.abc import Mapping
from datetime import UTC, datetime
from json import dumps
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.errors.running import EventBusError
from reelhook.domain.events import SOURCE
from reelhook.domain.time import SECOND, Instant

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


class EventBridgeBus:
    """`EventBus`: one event per request, so that an answer is about this one alone."""

    def __init__(self, client: "EventBridgeClient", bus_name: str) -> None:
        self._client, self._bus_name = client, bus_name

    def put(self, event_type: str, at: Instant, detail: Mapping[str, object]) -> None:
        try:
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus_name,
                        "Source": SOURCE,
                        "DetailType": event_type,
                        "Time": datetime.fromtimestamp(at // SECOND, UTC),
                        "Detail": dumps(detail, ensure_ascii=False, separators=(",", ":")),
                    }
                ]
            )
        except AWS_ERRORS as error:
            raise EventBusError(f"EventBridge: {error_code(error) or type(error).__name__}") from error
        if answer["FailedEntryCount"]:  # an answer of 200 may still hold a refusal
            code = answer["Entries"][0].get("ErrorCode", "no code")
            raise EventBusError(f"EventBridge refused the event: {code}")
