"""A running sandbox as its operator sees it: items, objects, queue, gate and logs."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from sandbox.logs import LogLine, log_lines
from sandbox.stack import Stack
from tests.integration.waiting import until

TICK_SECONDS = 0.25
_PLAIN = TypeDeserializer().deserialize


class Operator:
    """Looks behind the scenes of one running stack, as the account's administrator."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.client = stack.clients()

    def item(self, video_id: str) -> dict[str, Any]:
        """The video's item with plain values; empty if there is none."""
        key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        answer = self.client("dynamodb").get_item(TableName=self.stack.table, Key=key, ConsistentRead=True)
        return {name: _PLAIN(value) for name, value in answer.get("Item", {}).items()}

    def wait_for_item(
        self, video_id: str, fits: Callable[[dict[str, Any]], bool], timeout: float = 30
    ) -> dict[str, Any]:
        """Wait until the video's item fits."""
        return until(lambda: self.item(video_id), fits, timeout)

    def versions(self, video_id: str) -> list[dict[str, Any]]:
        """Every version of every object of a video, deleted ones included."""
        answer = self.client("s3").list_object_versions(
            Bucket=self.stack.media_bucket, Prefix=f"videos/{video_id}/"
        )
        return [*answer.get("Versions", []), *answer.get("DeleteMarkers", [])]

    def open_uploads(self, video_id: str) -> list[dict[str, Any]]:
        """Multipart uploads under way for a video."""
        answer = self.client("s3").list_multipart_uploads(
            Bucket=self.stack.media_bucket, Prefix=f"videos/{video_id}/"
        )
        return list(answer.get("Uploads", []))

    def run(self, function: str) -> None:
        """One tick of a scheduled function, by its logical id, from beginning to end."""
        answer = self.client("lambda").invoke(FunctionName=self.stack.functions[function], Payload=b"{}")
        assert "FunctionError" not in answer, answer["Payload"].read()

    @contextmanager
    def ticking(self, function: str) -> Iterator[None]:
        """Run a scheduled function over and over for as long as the block takes: nobody waits for the next tick."""
        ended = threading.Event()

        def tick() -> None:
            while not ended.wait(TICK_SECONDS):
                self.run(function)

        with ThreadPoolExecutor(1) as worker:
            ticks = worker.submit(tick)
            try:
                yield
            finally:
                ended.set()
        ticks.result()

    def read_stream(self, on: bool = True, **about: object) -> None:
        """The table's stream is read by PublishEvents from now on, or is not; perhaps in another way."""
        client, function = self.client("lambda"), self.stack.functions["PublishEvents"]
        [mapping] = client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on, **about)

    def hand_to_queue(self, video_id: str) -> None:
        """One more message for TransferVideo: the queue may deliver one twice at any time."""
        self.client("sqs").send_message(
            QueueUrl=self.stack.transfer_queue_url, MessageBody=json.dumps({"video_id": video_id})
        )

    def open_gate(self, provider: str = "apixo") -> None:
        """Forget that the provider refused anything."""
        key = {"pk": {"S": f"gate#{provider}"}, "sk": {"S": "gate"}}
        self.client("dynamodb").delete_item(TableName=self.stack.table, Key=key)

    def empty_queues(self) -> None:
        """Forget the videos that still wait to be sent: an earlier test left them, a later one would see them sent."""
        client = self.client("dynamodb")
        for item in client.scan(TableName=self.stack.table, IndexName="queue")["Items"]:
            client.delete_item(TableName=self.stack.table, Key={key: item[key] for key in ("pk", "sk")})

    def log_lines(self) -> list[LogLine]:
        """All that was logged so far."""
        return list(log_lines(self.stack, self.client))

    def records(self, function: str, video_id: str) -> list[dict[str, Any]]:
        """What a function, by its logical id, logged about a video."""
        group = self.stack.log_groups[f"{function}Log"]
        lines = [line.message for line in self.log_lines() if line.group == group]
        return [json.loads(line) for line in lines if f'"{video_id}"' in line]

    def logged(self, function: str, video_id: str, message: str) -> list[dict[str, Any]]:
        """What a function logged about a video in these words, once it did: a log is there when its invocation has ended."""

        def look() -> list[dict[str, Any]]:
            return [record for record in self.records(function, video_id) if record["message"] == message]

        return until(look, bool, 20)

    def wait_for_count(self, metric: str, count: int) -> None:
        """Wait until so much of a metric was reported."""
        until(lambda: self.counted(metric), lambda counted: counted == count, 20)

    def counted(self, metric: str) -> int:
        """How much of a metric the functions reported so far."""
        lines = [line.message for line in self.log_lines() if f'"{metric}":[' in line.message]
        return int(sum(sum(json.loads(line)[metric]) for line in lines))
