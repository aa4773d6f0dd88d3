"""`make rotate-callback-key`: a new key signs callback addresses; the old one still verifies those that are out."""

import argparse
import json
import re
import secrets
import sys
import time
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from operations import target
from operations.errors import OperationError, told
from operations.parameters import CALLBACK_KEYS
from reelhook.domain.time import MINUTE, SECOND
from reelhook.providers.catalog import catalog

REMEMBERED = 10 * MINUTE  # functions sign with the key that they remember: 5 minutes, twice that to be safe


def rotate(ssm: Any, path: str, token_life: int, now: int, *, force: bool) -> tuple[str, str]:
    """The ids of the new key and of the one that is now previous; `token_life` and `now` in milliseconds."""
    name = f"{path}/{CALLBACK_KEYS}"
    stored = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
    ring = json.loads(stored["Value"])
    changed = int(stored["LastModifiedDate"].timestamp() * SECOND)
    needed_until = changed + token_life + REMEMBERED
    if ring.get("previous") and now < needed_until and not force:
        when = datetime.fromtimestamp(needed_until / SECOND, UTC)
        raise OperationError(
            f"the previous key may still be needed until {when:%Y-%m-%d %H:%M} UTC: callbacks on their way carry it. "
            "Come back then, or FORCE=1: they would be refused, and their videos completed later, by look-ups."
        )
    old = ring["current"]
    number = re.fullmatch(r"k([0-9]{1,9})", old["id"])
    new = {
        "id": f"k{int(number[1]) + 1}" if number else "k1",
        "secret": b64encode(secrets.token_bytes(32)).decode(),
    }
    value = json.dumps({"current": new, "previous": old})
    ssm.put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)
    return new["id"], old["id"]


def token_life(parameters: dict[str, str]) -> int:
    """How long (ms) a callback's token of this stack may be good."""
    deadline, end = (
        int(parameters.get(name) or 0) or None for name in ("CallbackDeadlineSeconds", "ProviderEndSeconds")
    )
    return catalog(deadline, end).longest.token_life


def main() -> None:
    """Rotate once."""
    parser = argparse.ArgumentParser(prog="python -m operations.rotate", description=__doc__)
    parser.add_argument("--force", action="store_true", help="even if the previous key may still be needed")
    arguments = parser.parse_args()
    where = target.find()
    life, now = token_life(dict(where.parameters)), time.time_ns() // 1_000_000
    new, old = rotate(where.client("ssm"), where.parameter_path, life, now, force=arguments.force)
    again = datetime.fromtimestamp((now + life + REMEMBERED) / SECOND, UTC)
    print(
        f"In {where.title}: key {new} signs callback addresses now, {old} still verifies. Nothing to deploy:"
    )
    print(f"functions learn of it within minutes. The next rotation is due after {again:%Y-%m-%d %H:%M} UTC.")


if __name__ == "__main__":
    sys.exit(told(main))
