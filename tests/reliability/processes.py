"""Real processes under attack: `python -m tests.reliability.processes [--videos 100] [--seed N]`.

A stack of its own makes videos while functions are killed (-9) or stopped for a while (SIGSTOP) at random and 30 % of
the provider's callbacks never come. In the end every video is completed, paid once, and one object of one version.
SubmitVideo and DispatchVideos are stopped, but not killed: a submit that died with its answer, and whose callback never
comes either, ends `expired` by design. Each completed video is told on the bus, at least once.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from sandbox.stack import Sandbox
from tests.integration.driving import Driver
from tests.integration.listening import Listener
from tests.reliability.table import Row, printed

PARAMETERS = {
    "CallbackDeadlineSeconds": "6",
    "ProviderEndSeconds": "3600",
    "InlineTransferSeconds": "4",
    "TransferSeconds": "20",
}
KILLED = ("receive_callback", "transfer_video", "reconcile_videos", "publish_events", "videos")
STOPPED = (*KILLED, "submit_video", "dispatch_videos")
DROPPED = 0.3
SABOTAGE_SECONDS = 60.0
TELLING_SECONDS = 60.0
PATIENCE_SECONDS = 300.0  # two leases of 78 s one after the other, and the ticks between


class Saboteur(threading.Thread):
    """Kills and stops function processes until it is told to end."""

    def __init__(self, driver: Driver, seed: int) -> None:
        super().__init__(daemon=True)
        self.done = Counter[str]()
        self._driver, self._random, self._over = driver, random.Random(seed), threading.Event()

    def run(self) -> None:
        """One attack after the other, each on one process."""
        until = time.monotonic() + SABOTAGE_SECONDS
        while time.monotonic() < until and not self._over.wait(self._random.uniform(0.2, 0.8)):
            kills = self._random.random() < 0.7
            handler = self._random.choice(KILLED if kills else STOPPED)
            found = self._driver.processes(handler)
            if found:
                with suppress(ProcessLookupError):
                    self._attack(self._random.choice(found), handler, kills=kills)

    def end(self) -> None:
        """No more attacks."""
        self._over.set()
        self.join()

    def _attack(self, pid: int, handler: str, *, kills: bool) -> None:
        self.done[f"{'kill -9' if kills else 'SIGSTOP'} {handler}"] += 1
        if kills:
            os.kill(pid, signal.SIGKILL)
            return
        os.kill(pid, signal.SIGSTOP)
        self._over.wait(self._random.uniform(0.5, 2.0))
        os.kill(pid, signal.SIGCONT)


def submitted(driver: Driver, count: int, seed: int) -> list[str]:
    """So many videos, one after the other; whether a callback will come is drawn for each."""
    draw, ids = random.Random(seed + 1), []
    for number in range(count):
        callback = {"when": "never"} if draw.random() < DROPPED else {"when": "done"}
        driver.provider.behave(next={"callback": callback, "count": 1})
        ids.append(driver.submit(f"video {number}")["id"])
    return ids


def completed(driver: Driver, ids: list[str]) -> int:
    """How many are, told as they come, for as long as patience lasts."""
    until, waiting = time.monotonic() + PATIENCE_SECONDS, set(ids)
    while waiting and time.monotonic() < until:
        asked = sorted(waiting)
        with ThreadPoolExecutor(4) as pool:
            states = [item["state"] for item in pool.map(driver.item, asked)]
        stored = {video_id for video_id, state in zip(asked, states, strict=True) if state == "stored"}
        if stored:
            waiting -= stored
            print(f"  {len(ids) - len(waiting):4d} of {len(ids)} completed", flush=True)
        time.sleep(0.5)
    return len(ids) - len(waiting)


def heard(listener: Listener, ids: list[str]) -> int:
    """Of how many videos the completion was told, within a minute of the last attack."""
    until, told = time.monotonic() + TELLING_SECONDS, 0
    while time.monotonic() < until:
        told = sum("video.completed" in listener.types(video_id) for video_id in ids)
        if told == len(ids):
            break
        time.sleep(0.5)
    return told


def under_attack(videos: int, seed: int) -> Row:
    """Makes videos under attack on a stack of its own; what was done, and whether each is stored and paid once."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home, Sandbox(Path(home), parameters=PARAMETERS) as stack:
        driver = Driver(stack)
        driver.provider.behave(result={"bytes": 3_000_000, "bytes_per_second": 3_000_000})
        listener, saboteur = Listener(driver), Saboteur(driver, seed)
        saboteur.start()
        ids = submitted(driver, videos, seed)
        done = completed(driver, ids)
        saboteur.end()
        told = heard(listener, ids)
        versions = Counter(len(driver.versions(video_id)) for video_id in ids)
        paid = Counter(len(driver.provider.tasks(video_id)) for video_id in ids)
        driver.close()
    for attack, times in sorted(saboteur.done.items()):
        print(f"  {times:4d} x {attack}")
    note = f"{done} completed, {told} told; tasks paid for each {dict(paid)}; versions of each object {dict(versions)}"
    wrong = max(videos - done, videos - told, videos - paid[1], videos - versions[1])
    return Row("videos of real processes", videos, wrong, time.monotonic() - began, note)


def main() -> int:
    """0 if nothing was lost and nothing paid twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--videos", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"{asked.videos} videos under attack, seed {asked.seed}", flush=True)
    row = under_attack(asked.videos, asked.seed)
    print(printed([row]))
    print(f"VIOLATION, seed {asked.seed}" if row.violations else "Nothing lost, nothing paid twice.")
    return int(bool(row.violations))


if __name__ == "__main__":
    sys.exit(main())
