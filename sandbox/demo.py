"""`make demo`: one prompt to one MP4 on this machine, step by step, from nothing to nothing."""

import hashlib
import os
import sys
import time
from contextlib import ExitStack
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx

from sandbox import mp4
from sandbox.errors import SandboxError
from sandbox.logs import log_lines
from sandbox.options import from_environment
from sandbox.stack import Sandbox, Stack, running_stack
from sandbox.timeline import Timeline

PROMPT = "A paper boat sails down a rainy street, seen from just above the water"
SAVED = "reelhook-demo.mp4"
WATCH_SECONDS = 0.1  # the demo watches; the product never polls
PATIENCE_SECONDS = 40

say = partial(print, flush=True)


class DemoFailure(Exception):  # noqa: N818  # said to the user in plain words
    """What went wrong."""


def main() -> int:
    """Run it; 0 if an MP4 was saved and is what the provider served."""
    began = time.monotonic()
    try:
        with ExitStack() as at_end:
            stack = _stack(at_end)
            try:
                _show(stack)
            except (DemoFailure, httpx.HTTPError, mp4.NotWhole) as failure:
                return _failed(stack, failure)
        say(_farewell(time.monotonic() - began, running_stack(from_environment().home)))
    except SandboxError as error:
        say(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130
    return 0


def _stack(at_end: ExitStack) -> Stack:
    """The sandbox that runs already, or one for this demo alone."""
    options = from_environment()
    if (running := running_stack(options.home)) is not None:
        say(f"Using the sandbox that runs at {running.api_url}.")
        return running
    began = time.monotonic()
    say("Bringing up the stack on this machine: emulated AWS, the real template, a simulated provider ...")
    stack = at_end.enter_context(Sandbox(options.home, port=options.port))
    say(f"Ready after {time.monotonic() - began:.1f} s at {stack.api_url}.")
    return stack


def _show(stack: Stack) -> None:
    client = httpx.Client(
        base_url=stack.api_url,
        headers={"Authorization": f"Bearer {stack.api_key}"},
        trust_env=False,
        timeout=40,
        follow_redirects=True,
    )
    say(f'\nPOST /v1/videos  {{"prompt": "{PROMPT}"}}\n')
    asked = time.time()
    video = _read(client.post("/v1/videos", json={"prompt": PROMPT}), 202)
    timeline = Timeline(stack, video["id"])
    while True:
        ended = video["status"] not in ("queued", "in_progress")
        for moment in timeline.news():
            say(f"  {moment.at - asked:6.2f} s  {moment.step:<12} {moment.detail}")
        if ended:
            break
        if time.time() > asked + PATIENCE_SECONDS:
            raise DemoFailure(f"{video['id']} is still {video['status']} after {PATIENCE_SECONDS} s.")
        time.sleep(WATCH_SECONDS)
        video = _read(client.get(f"/v1/videos/{video['id']}"), 200)
    if video["status"] != "completed":
        raise DemoFailure(f"{video['id']} ended as {video['status']}: {video['error']}")
    _save(client.get(f"/v1/videos/{video['id']}/content"), stack, timeline.task_id())


def _save(answer: httpx.Response, stack: Stack, task_id: str | None) -> None:
    """Write the file, and look whether it is whole and what the provider served."""
    if answer.status_code != 200:
        raise DemoFailure(f"the content answered {answer.status_code}: {answer.text[:300]}")
    path = Path(SAVED)
    path.write_bytes(answer.content)
    boxes = ", ".join(mp4.boxes(path))
    say(f"\nSaved {path}: {len(answer.content):,} bytes, a whole MP4 ({boxes}).")
    if not stack.simulated:
        return
    control = f"{stack.provider_url}/_simulator"
    served = httpx.get(f"{control}/tasks/{task_id}/files/0", trust_env=False).raise_for_status().json()
    digest = hashlib.sha256(answer.content).hexdigest()
    if (served["bytes"], served["sha256"]) != (len(answer.content), digest):
        raise DemoFailure(f"it has SHA-256 {digest}, but the provider served {served}.")
    say("Size and SHA-256 are those of the file that the provider served.")


def _read(answer: httpx.Response, expected: int) -> dict[str, Any]:
    if answer.status_code != expected:
        raise DemoFailure(f"{answer.request.url} answered {answer.status_code}: {answer.text[:500]}")
    video: dict[str, Any] = answer.json()
    return video


def _failed(stack: Stack, failure: Exception) -> int:
    """Say what went wrong, and keep the stack's logs, which end with it."""
    kept = Path(stack.home) / "demo.log"
    lines = [f"{line.group} {line.message}" for line in sorted(log_lines(stack), key=attrgetter("timestamp"))]
    emulator_log = (Path(stack.home) / "ministack.log").read_text().splitlines()
    lines += [line for line in emulator_log if " ERROR " in line]  # what never reached a handler
    kept.write_text("\n".join(lines) + "\n")
    say(f"\nThe demo failed: {failure}\nWhat the functions logged: {os.path.relpath(kept)}", file=sys.stderr)
    return 1


def _farewell(seconds: float, still_running: Stack | None) -> str:
    left = "the sandbox keeps running (`make stop` ends it)" if still_running else "nothing is left running"
    return f"""Done in {seconds:.1f} s; {left}.

Next: play {SAVED}. Then `make run` keeps a stack up and prints how to ask it for videos with curl."""


if __name__ == "__main__":
    sys.exit(main())
