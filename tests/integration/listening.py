"""Listening on the bus of a running stack, as a user would: a queue behind a rule."""

import json
from typing import Any

from tests.integration.driving import Driver
from tests.integration.waiting import until

type Event = dict[str, Any]


class Listener:
    """A queue behind a rule on the bus, as a user would set one up."""

    def __init__(self, stack: Driver) -> None:
        self._sqs, self.heard = stack.client("sqs"), list[Event]()
        self._url = self._sqs.create_queue(QueueName="listener")["QueueUrl"]
        about = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        events = stack.client("events")
        events.put_rule(Name="listener", EventPattern=json.dumps({"source": ["reelhook"]}))
        arn = about["Attributes"]["QueueArn"]
        events.put_targets(Rule="listener", Targets=[{"Id": "queue", "Arn": arn}])

    def of(self, video_id: str) -> list[Event]:
        """All that was heard of a video so far."""
        while messages := self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10).get(
            "Messages", []
        ):
            for message in messages:
                self.heard.append(json.loads(message["Body"]))
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        return [event for event in self.heard if event["detail"]["data"]["id"] == video_id]

    def types(self, video_id: str) -> list[str]:
        """The same, in a word each."""
        return [event["detail-type"] for event in self.of(video_id)]

    def until_told(self, video_id: str, *types: str) -> None:
        """Waits until exactly these have been heard."""
        until(lambda: self.types(video_id), lambda told: len(told) >= len(types), 30)
        assert self.types(video_id) == list(types)
