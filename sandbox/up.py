"""`make run`: the real template on one machine. Says `Reelhook is ready`, writes stack.json, stops on Ctrl-C."""

import os
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack
from types import FrameType

from sandbox import lock
from sandbox.emulator import Emulator
from sandbox.errors import SandboxError
from sandbox.front import Front
from sandbox.options import Options, from_environment

API_IDS = {"Api": "a0000001", "CallbackApi": "a0000002"}  # eight hexadecimal digits, or they are not found
FOR_THIS_RUN = ("stack.json", "ca.pem")
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run until told to stop; 0 if that is what ended it."""
    for number in ENDINGS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup is respected
            signal.signal(number, _interrupt)
    if "--end-with-stdin" in sys.argv[1:]:
        threading.Thread(target=_follow_stdin, name="stdin", daemon=True).start()
    try:
        with ExitStack() as at_end:
            _run(from_environment(), at_end)
    except KeyboardInterrupt:
        say("Stopped; nothing is left running.")
        return 0
    except SandboxError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def say(text: str) -> None:
    """A line for the user, at once."""
    print(text, flush=True)


def _run(options: Options, at_end: ExitStack) -> None:
    began = time.monotonic()
    at_end.enter_context(lock.take(options.home))
    for name in FOR_THIS_RUN:
        (options.home / name).unlink(missing_ok=True)
        at_end.callback((options.home / name).unlink, missing_ok=True)
    emulator = Emulator(options.home)
    front = at_end.enter_context(Front(options.port, emulator.port, API_IDS))
    secure = socket.create_server(("127.0.0.1", 0))

    say("Starting the emulated AWS account ...")
    at_end.callback(emulator.stop)
    ca_file = options.home / "ca.pem"
    s3_tls_url = f"https://127.0.0.1:{secure.getsockname()[1]}"
    emulator.start({"SANDBOX_S3": s3_tls_url, "SANDBOX_CA": str(ca_file)})

    from sandbox import tls  # slow imports, while the emulator boots
    from sandbox.bring_up import bring_up

    tls.serve(secure, emulator.port, ca_file)
    stack = bring_up(options, emulator, front, s3_tls_url, at_end, say)
    stack.write(options.home / "stack.json")
    say("Reelhook is ready")
    say(_what_to_try(stack.api_url, stack.api_key, time.monotonic() - began))
    emulator.process.wait()
    raise SandboxError(f"The emulator ended by itself; see {emulator.log}.")


def _what_to_try(api_url: str, api_key: str, seconds: float) -> str:
    return f"""
  api url  {api_url}
  api key  {api_key}
  it took  {seconds:.1f} s

Ask for a video, look at it, fetch it when it is completed (a few seconds later):

  KEY={api_key}
  curl -s {api_url}/v1/videos -H "Authorization: Bearer $KEY" \\
    -H "Content-Type: application/json" -d '{{"prompt": "A paper boat sails down a rainy street"}}'
  curl -s {api_url}/v1/videos/VIDEO_ID -H "Authorization: Bearer $KEY"
  curl -sL -o video.mp4 {api_url}/v1/videos/VIDEO_ID/content -H "Authorization: Bearer $KEY"

Ctrl-C or `make stop` ends it."""


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in ENDINGS:  # the end is on its way and is not to be interrupted
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _follow_stdin() -> None:
    """End this process in order once whoever started it has gone."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
