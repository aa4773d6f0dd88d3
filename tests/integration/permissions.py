"""What the functions' roles were really used for, as the emulated IAM was asked."""

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

from sandbox.options import ACCOUNT
from sandbox.stack import Stack
from tests.grants import grants

ROLE = re.compile(r":assumed-role/.*?([A-Za-z]+Role)-[^/]*/(.*)")
INBOX = re.compile(r"NamesInbox \? (.*) : (.*)")
type Use = tuple[str, str, str]  # whose role, which action, on which resource


def uses(stack: Stack) -> set[Use]:
    """Every use of a function's role; one that a grant of the template covers is named as that grant."""
    lines = (Path(stack.home) / "iam.jsonl").read_text().splitlines()
    arns = _arns(stack)
    allowed = [(role, action, _resolved(target, arns), target) for role, action, target in grants()]
    found = set()
    for principal, action, resource in map(json.loads, lines):
        role = ROLE.search(principal)
        if role is None or role[2] not in stack.functions.values():
            continue  # not a function, but whoever looks behind the scenes
        covering = (
            target
            for whose, what, pattern, target in allowed
            if (whose, what) == (role[1], action) and fnmatchcase(resource, pattern)
        )
        found.add((role[1], action, next(covering, resource)))
    return found


def _resolved(target: str, arns: dict[str, str]) -> str:
    """A grant's resource as it is in this stack."""
    if named := INBOX.fullmatch(target):
        target = named[1 if arns["InboxBucketName"] else 2]
    if target in arns:
        return arns[target]
    return re.sub(r"\$\{([A-Za-z:.]+)\}", lambda name: arns.get(name[1], name[0]), target)


def _arns(stack: Stack) -> dict[str, str]:
    tables = f"arn:aws:dynamodb:{stack.region}:{ACCOUNT}:table"
    queue = stack.transfer_queue_url.rpartition("/")[2]
    return {
        "VideosTable.Arn": f"{tables}/{stack.table}",
        "AccountsTable.Arn": f"{tables}/{stack.accounts_table}",
        "MediaBucket.Arn": f"arn:aws:s3:::{stack.media_bucket}",
        "InboxBucket.Arn": f"arn:aws:s3:::{stack.inbox_bucket}",
        "InboxBucketName": stack.parameters["InboxBucketName"],
        "TransferQueue.Arn": f"arn:aws:sqs:{stack.region}:{ACCOUNT}:{queue}",
        "WebhookQueue.Arn": f"arn:aws:sqs:{stack.region}:{ACCOUNT}:{stack.webhook_queue_url.rpartition('/')[2]}",
        "EventBusName": stack.parameters["EventBusName"],
        "AWS::Partition": "aws",
        "AWS::Region": stack.region,
        "AWS::AccountId": ACCOUNT,
        "AWS::StackName": stack.stack_name,
    }
