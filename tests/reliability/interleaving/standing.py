"""What must be true of every item at every moment, seen from outside."""

from tests.reliability.watch import FINAL
from tests.reliability.world import World


def wrong_in(world: World) -> list[str]:
    """Each open or just deleted video is due, only a queued one is in the queue, and nobody is asked about more than eight times."""
    found = []
    for key, item in world.watch.videos.items.items():
        if item["kind"] == "tombstone":
            if ("open" in item) != ("due_at" in item):
                found.append(f"half due, and deleted: {key.id}")
            continue
        state = str(item["state"])
        if state not in FINAL and not {"open", "due_at"} <= set(item):
            found.append(f"{state} and never due: {key.id}")
        if ("queue" in item) != (state == "queued"):
            found.append(f"{state} with queue {item.get('queue')}: {key.id}")
        if item.get("asked", 0) > 8:
            found.append(f"asked {item['asked']} times: {key.id}")
        if state == "transferring" and not {"lease", "lease_until"} <= set(item):
            found.append(f"transferring without a lease: {key.id}")
    return found
