"""`make key` prints a new API key, once; `make keys` lists them; `make revoke-key` ends one."""

import argparse
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from operations import target
from operations.errors import told
from operations.keys import ListedKey, create_key, list_keys, revoke_key
from operations.owners import find_owner
from reelhook.domain.time import DAY, SECOND
from reelhook.use_cases.owners import REMEMBERED


def table(keys: Iterable[ListedKey], now_ms: int) -> str:
    """The keys as a table, times in UTC."""
    rows = [("KEY", "OWNER", "CREATED", "EXPIRES")]
    rows += [(f"rh_...{key.hint}", key.owner, _day(key.created_at), _end(key, now_ms)) for key in keys]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%Y-%m-%d %H:%M}"


def _end(key: ListedKey, now_ms: int) -> str:
    if key.expires_at is None:
        return "never"
    return f"{_day(key.expires_at)}{' (over)' if key.expires_at <= now_ms else ''}"


def _create(where: target.Target, said: argparse.Namespace, now_ms: int) -> None:
    client, accounts = where.client("dynamodb"), where.accounts_table
    end = None if said.days is None else now_ms + said.days * DAY
    key = create_key(client, accounts, said.owner, now_ms, end)
    life = "for ever" if said.days is None else f"for {said.days} days"
    print(f"A key for {said.owner} in {where.title}, good {life}. It is shown this once:", file=sys.stderr)
    print(key)
    if find_owner(client, accounts, said.owner).disabled:
        print(
            f"{said.owner} is disabled: nothing comes of it until make owner OWNER={said.owner} DISABLED=0.",
            file=sys.stderr,
        )


def _list(where: target.Target, said: argparse.Namespace, now_ms: int) -> None:
    keys = list_keys(where.client("dynamodb"), where.accounts_table, said.owner)
    if not keys:
        print(
            f"There are no keys{f' of {said.owner}' if said.owner else ''} in {where.title}: make key makes one."
        )
        return
    print(table(keys, now_ms))
    print(
        f"{len(keys)} keys in {where.title}. Next: make revoke-key KEY=rh_...{keys[0].hint} would end the first."
    )


def _revoke(where: target.Target, said: argparse.Namespace, _: int) -> None:
    key = revoke_key(where.client("dynamodb"), where.accounts_table, said.key, said.owner)
    print(
        f"In {where.title}, the key rh_...{key.hint} of {key.owner} is gone. Functions that know it forget it"
    )
    print(f"within {REMEMBERED // SECOND} s. Next: make key OWNER={key.owner} makes another one.")


def main() -> None:
    """Make, list or revoke where the environment says; a new key alone goes to standard output."""
    parser = argparse.ArgumentParser(prog="python -m operations.key_commands", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="create|list|revoke")
    create = commands.add_parser("create", help="make a key")
    create.add_argument("--owner", required=True, help="who the videos asked for with it belong to")
    create.add_argument("--days", type=int, help="how long it is good for; without, for ever")
    create.set_defaults(act=_create, key=None)
    listing = commands.add_parser("list", help="tell which keys there are")
    listing.add_argument("--owner", help="only this one's")
    listing.set_defaults(act=_list, days=None)
    revoke = commands.add_parser("revoke", help="end a key")
    revoke.add_argument("--key", required=True, help="the key, or the rh_...xxxx that the list shows")
    revoke.add_argument("--owner", help="whose, if the hint is not enough")
    revoke.set_defaults(act=_revoke, days=None)
    said = parser.parse_args()
    if said.days is not None and said.days < 1:
        parser.error("--days: at least 1")
    said.act(target.find(), said, time.time_ns() // 1_000_000)


if __name__ == "__main__":
    sys.exit(told(main))
