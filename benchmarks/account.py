"""An emulated account with our stack, for calling its functions as Lambda would: their environment, and things to work on."""

import json
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.rounds import ROOT
from benchmarks.secure import Authorities
from reelhook.adapters.items.attributes import Item
from reelhook.domain.time import HOUR
from reelhook.domain.video_ids import random_video_id
from sandbox.options import REGION
from sandbox.stack import Sandbox
from tests.integration.driving import Driver
from tests.template import properties

VIDEO_BYTES = 5_000_000  # about what five seconds at 720p come to
OF_A_TABLE = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
OWN_QUEUES = ("transfers", "webhooks")  # the stack's own functions must not take what measured ones hand over


class BenchmarkAccount:
    """One running stack, with TLS in front of AWS and of the providers."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver, self.stack, self.folder = driver, driver.stack, folder
        self.authorities = Authorities(folder)
        self.aws = self.authorities.front(_port(self.stack.aws_endpoint_url))
        self.provider = self.authorities.front(_port(self.stack.provider_url))
        self._leave_to_us("PublishEvents", "TransferVideo", "DeliverWebhooks")
        sqs = driver.client("sqs")
        self.queues = {name: str(sqs.create_queue(QueueName=name)["QueueUrl"]) for name in OWN_QUEUES}
        self.inbox, s3 = "benchmark-inbox", driver.client("s3")  # for the same reason
        s3.create_bucket(Bucket=self.inbox, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=self.inbox, VersioningConfiguration={"Status": "Enabled"})
        self.empty_table = self._empty("VideosTable")
        driver.provider.behave(
            generate_seconds=0,
            callback={"when": "never"},
            result={"bytes": VIDEO_BYTES, "origin": self.provider},
        )

    def _empty(self, table: str) -> str:
        """A table like one of the stack's, with nothing in it."""
        about = {part: value for part, value in properties(table).items() if part in OF_A_TABLE}
        self.driver.client("dynamodb").create_table(TableName="benchmark-empty", **about)
        return "benchmark-empty"

    def _leave_to_us(self, *functions: str) -> None:
        """The stack's own copies of these take nothing from streams and queues any more."""
        client = self.driver.client("lambda")
        for function in functions:
            name = self.stack.functions[function]
            for mapping in client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]:
                client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)

    def environment(self, function: str) -> dict[str, str]:
        """A function's variables as the stack sets them, with its neighbours over TLS and Lambda's own variables."""
        name = self.stack.functions[function]
        found = self.driver.client("lambda").get_function_configuration(FunctionName=name)
        told: dict[str, str] = found["Environment"]["Variables"]
        return told | {
            "APIXO_BASE_URL": f"{self.provider}{urlsplit(told['APIXO_BASE_URL']).path}",
            "MODELLIX_BASE_URL": f"{self.provider}{urlsplit(told['MODELLIX_BASE_URL']).path}",
            "RESULT_ORIGINS": self.provider,
            "TRANSFER_QUEUE_URL": self.queues["transfers"],
            "WEBHOOK_QUEUE_URL": self.queues["webhooks"],
            "INBOX_BUCKET": self.inbox,
            "AWS_LAMBDA_FUNCTION_NAME": function,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(found["MemorySize"]),
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",  # the emulator's administrator
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_ENDPOINT_URL": self.aws,
            "SSL_CERT_FILE": str(self.authorities.bundle),  # in place of the system's own
            "LAMBDA_TASK_ROOT": "/var/task",
            "PYTHONHASHSEED": "0",
        }

    def submitted(self) -> str:
        """A video whose task is over at the provider, and whose callback has not come."""
        video_id = str(self.driver.submit()["id"])
        self.driver.provider.finish(self.driver.provider.task_id(video_id))
        return video_id

    def item(self, video_id: str) -> Item:
        """A video's item as DynamoDB has it."""
        key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        answer = self.driver.client("dynamodb").get_item(
            TableName=self.stack.table, Key=key, ConsistentRead=True
        )
        item: Item = answer["Item"]
        return item

    def copies(self, video_id: str, count: int, item: Mapping[str, Any] | None = None) -> list[str]:
        """The ids of so many new videos that stand exactly where this one does (or stood, as `item` has it)."""
        text = json.dumps(item or self.item(video_id))
        made = [random_video_id(secrets.token_bytes(17)) for _ in range(count)]
        for each in made:
            copy: Item = json.loads(text.replace(video_id, each))
            if "due_at" in copy:  # ReconcileVideos is not to find them
                copy["due_at"] = {"N": str(in_an_hour())}
            self.driver.client("dynamodb").put_item(TableName=self.stack.table, Item=copy)
        return made

    def handed_over(self, queue: str) -> list[str]:
        """The bodies of every message that waits in a queue of ours; they are gone from it afterwards."""
        sqs, url, bodies = self.driver.client("sqs"), self.queues[queue], list[str]()
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for message in found:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return bodies


@contextmanager
def benchmark_account() -> Iterator[BenchmarkAccount]:
    """The account, while this lasts."""
    with tempfile.TemporaryDirectory() as home, Sandbox(Path(home) / "sandbox", parameters={}) as stack:
        folder = Path(home) / "benchmark"
        folder.mkdir()
        driver = Driver(stack)
        try:
            yield BenchmarkAccount(driver, folder)
        finally:
            driver.close()


def example(name: str) -> Any:
    """A real event of AWS for a function."""
    return json.loads((ROOT / "events" / f"{name}.json").read_text())


def in_an_hour() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 10**6 + HOUR


def _port(url: str) -> int:
    return int(urlsplit(url).port or 0)
