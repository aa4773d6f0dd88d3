"""Lambda's python3.13 runtime: started once, it makes a process for each environment of a function, libraries loaded.

A process of its own, started as a script by runtime_client.py, which asks for processes through the socket at stdin.
Loading the libraries is most of a cold start here; what Reelhook itself loads is loaded anew in each process.
"""

import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LIBRARIES = (
    "anyio._backends._asyncio",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.logging",
    "aws_lambda_powertools.metrics",
    "boto3.dynamodb.types",
    "boto3.s3.inject",
    "boto3.session",
    "botocore.httpsession",
    "h2",
    "httpx",
    "pydantic.dataclasses",
    "pydantic.functional_validators",
    "pydantic.main",
    "simplejson",
    "tinytag",
    "urllib3",
)
SERVICES = ("dynamodb", "events", "s3", "sqs", "ssm")  # another one is read when it is asked for
REQUEST_BYTES = 1024 * 1024
# Functions that transfer reach S3 over TLS, as on AWS; the others keep plain http, so that the links they sign open in
# curl and in browsers.
OVER_TLS = ("receive_callback.", "transfer_video.")
JSON_LOGS = ("submit_drop.",)  # as its LoggingConfig says
# The limit counts address space, of which an interpreter maps more than it uses.
MAPPED_MIB = 400


def environment_of(given: Mapping[str, str]) -> dict[str, str]:
    """What a function finds in its environment, of what the emulator gives."""
    own = {"AWS_EXECUTION_ENV": "AWS_Lambda_python3.13", "TZ": ":UTC"}
    if given["_HANDLER"].startswith(OVER_TLS):
        own |= {"AWS_ENDPOINT_URL_S3": given["SANDBOX_S3"], "AWS_CA_BUNDLE": given["SANDBOX_CA"]}
    if given["_HANDLER"].startswith(JSON_LOGS):
        own["AWS_LAMBDA_LOG_FORMAT"] = "JSON"
    return {**given, **own}


def become(folder: str, environment: Mapping[str, str]) -> None:
    """Turn this process into an environment of a function: its folder, variables, paths, memory and name."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.path[:0] = [environment["LAMBDA_TASK_ROOT"], *environment["SANDBOX_LAYERS"].split(os.pathsep)]
    memory = (int(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) + MAPPED_MIB) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    Path("/proc/self/comm").write_text(environment["_HANDLER"][:15])  # processes.py finds it by this


def serve_invocations(handler: str) -> int:
    """AWS's own runtime client, to its end; the exit status."""
    from awslambdaric.__main__ import main  # type: ignore[import-untyped]

    try:
        main([sys.executable, handler])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - the process's last words
        traceback.print_exc()
        return 1
    return 0


def fork(request: bytes, output: int) -> int:
    """One more process, whose standard output and error are `output`; its id."""
    if child := os.fork():
        return child
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for standard in (1, 2):
            os.dup2(output, standard)
        os.close(output)
        asked = json.loads(request)
        environment = environment_of(asked["environment"])
        become(asked["folder"], environment)
        status = serve_invocations(environment["_HANDLER"])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def read_descriptions() -> None:
    """Let the clients of all processes share what botocore reads of AWS's services: most of what making one takes."""
    import botocore.session

    botocore.session.create_loader = cache(botocore.session.create_loader)
    session = botocore.session.Session()
    session.set_credentials("nobody", "nothing")
    for service in SERVICES:
        session.create_client(service, "eu-west-1")


def main() -> None:
    """Load the libraries, then make processes until nobody can ask for one any more."""
    os.environ["AWS_EXECUTION_ENV"] = (
        "AWS_Lambda_python3.13"  # Powertools tells it to botocore when it is loaded
    )
    for library in LIBRARIES:
        importlib.import_module(library)
    read_descriptions()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # their ends are told by their pidfds
    with socket.socket(fileno=os.dup(0)) as asked:
        while True:
            request, outputs, _, _ = socket.recv_fds(asked, REQUEST_BYTES, 1)
            if not request:
                return
            child = fork(request, outputs[0])
            os.close(outputs[0])
            try:
                handle = os.pidfd_open(child)
            except ProcessLookupError:  # it has ended already
                asked.send(b"0")
                continue
            socket.send_fds(asked, [str(child).encode()], [handle])
            os.close(handle)


if __name__ == "__main__":
    main()
