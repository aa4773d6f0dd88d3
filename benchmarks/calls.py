"""A typical call of every function: its event as AWS sends it, and what it works on, anew for each call."""

import json
import secrets
from base64 import b64decode
from collections.abc import Callable
from typing import Any

from benchmarks.account import BenchmarkAccount, example, in_an_hour
from benchmarks.drops import a_drop
from reelhook.adapters.items.attributes import Item
from reelhook.domain.token import Bearing, SigningKey, mint

type Event = dict[str, Any]

PROVIDER = "apixo"


class Calls:
    """Makes the events.

    `before`, `ready` and `stored` are a video before its callback, with its result, and completed; `told` gives the
    messages that PublishEvents leaves for so many completions. The last three are the functions' own work, so somebody
    has to run them first.
    """

    def __init__(self, account: BenchmarkAccount) -> None:
        self._account = account
        self._before = account.submitted()
        self.before = account.item(self._before)
        self.ready: Item = {}
        self.stored: Item = {}
        self.told: Callable[[int], list[str]] = _nothing
        answer = account.driver.api.post(
            "/v1/webhook_endpoints",
            json={
                "name": "benchmark",
                "url": f"{account.stack.receiver_url}/benchmark",
                "event_types": ["video.completed"],
            },
        )
        assert answer.status_code in (200, 201), answer.text
        path = f"{account.stack.parameter_path}/callback-keys"
        found = account.driver.client("ssm").get_parameter(Name=path, WithDecryption=True)
        current = json.loads(found["Parameter"]["Value"])["current"]
        self.signing_key = SigningKey(current["id"], b64decode(current["secret"]))

    def of(self, function: str) -> Callable[[int], list[Event]]:
        """What makes the events of a function's typical calls."""
        return {
            "SubmitVideo": self._submits,
            "SubmitDrop": lambda count: [a_drop(self._account) for _ in range(count)],
            "Videos": self._reads,
            "ReceiveCallback": self.callbacks,
            "TransferVideo": self._transfers,
            "DispatchVideos": lambda count: [example("dispatch_videos")] * count,
            "PublishEvents": self.changes,
            "WebhookEndpoints": self._endpoints,
            "DeliverWebhooks": self._deliveries,
            "ReconcileVideos": lambda count: [example("reconcile_videos")] * count,
        }[function]

    def callbacks(self, count: int) -> list[Event]:
        """The success of as many tasks."""
        return [self._callback(video_id) for video_id in self._copies(count, self.before)]

    def repeated_callbacks(self, count: int) -> list[Event]:
        """The same, once more, long after their videos were completed."""
        return [self._callback(video_id) for video_id in self._copies(count, self.stored)]

    def changes(self, count: int) -> list[Event]:
        """The completion of as many videos, one at a time."""
        return [self._change(video_id) for video_id in self._copies(count, self.stored)]

    def _copies(self, count: int, item: Item) -> list[str]:
        return self._account.copies(item["pk"]["S"].partition("#")[2], count, item)

    def _callback(self, video_id: str) -> Event:
        event: Event = example("receive_callback")
        bearing = Bearing(self._account.stack.stack_name, PROVIDER, video_id)
        token = mint(self.signing_key, bearing, in_an_hour())
        event["pathParameters"] = {"provider": PROVIDER, "video_id": video_id, "token": token}
        event["rawPath"] = event["requestContext"]["http"]["path"] = (
            f"/v1/callbacks/{PROVIDER}/{video_id}/{token}"
        )
        body = json.loads(event["body"])
        body["data"]["taskId"] = self.before["task_id"]["S"]
        event["body"] = json.dumps(body)
        return event

    def _submits(self, count: int) -> list[Event]:
        return [
            self._request("submit_video", {"idempotency-key": secrets.token_hex(8)}) for _ in range(count)
        ]

    def _reads(self, count: int) -> list[Event]:
        video_id, event = self._before, self._request("videos", {})
        path = f"/v1/videos/{video_id}"
        event |= {"rawPath": path, "pathParameters": {"video_id": video_id}}
        event["requestContext"]["http"]["path"] = path
        return [event] * count

    def _endpoints(self, count: int) -> list[Event]:
        event = self._request("webhook_endpoints", {})
        event |= {"routeKey": "GET /v1/webhook_endpoints", "body": None}
        event["requestContext"]["http"]["method"] = "GET"
        return [event] * count

    def _request(self, name: str, headers: dict[str, str]) -> Event:
        """A client's request, with a key that is good."""
        event: Event = example(name)
        event["headers"] |= {"authorization": f"Bearer {self._account.stack.api_key}", **headers}
        return event

    def _transfers(self, count: int) -> list[Event]:
        bodies = [json.dumps({"video_id": video_id}) for video_id in self._copies(count, self.ready)]
        return [_message("transfer_video", body) for body in bodies]

    def _change(self, video_id: str) -> Event:
        event: Event = example("publish_events")
        [record] = event["Records"][:1]
        new = self._account.item(video_id)
        old = json.loads(json.dumps(self.ready).replace(self.ready["pk"]["S"], new["pk"]["S"]))
        record["dynamodb"] |= {
            "Keys": {name: new[name] for name in ("pk", "sk")},
            "NewImage": new,
            "OldImage": old,
        }
        return {"Records": [record]}

    def _deliveries(self, count: int) -> list[Event]:
        """What PublishEvents hands over for as many completions."""
        return [_message("deliver_webhooks", body) for body in self.told(count)]


def _nothing(_count: int) -> list[str]:
    return []


def _message(name: str, body: str) -> Event:
    event: Event = example(name)
    event["Records"][0]["body"] = body
    return event
