"""From a booting emulator to a stack that works: provider, template, secrets, resources, key, ticks."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

from operations.keys import create_key
from operations.parameters import (
    MODELLIX_API_KEY,
    ensure_callback_keys,
    ensure_webhook_key,
    put_api_key,
)
from sandbox.access_log import AccessLog
from sandbox.clients import Clients
from sandbox.deploy import ARTIFACTS, Deployed, api_logs, deploy
from sandbox.emulator import Emulator
from sandbox.front import Front
from sandbox.options import PARAMETER_PATH, REGION, ROOT, Options
from sandbox.parameters import effective_values, origin_of, parameter_values
from sandbox.provider import Simulator
from sandbox.receiver import Receiver
from sandbox.stack import Stack
from sandbox.template import Template, for_emulator, package, read, transform
from sandbox.ticks import Ticks

TICKING = ("DispatchVideos", "ReconcileVideos")
OWNER = "sandbox"


def bring_up(
    options: Options,
    emulator: Emulator,
    front: Front,
    s3_tls_url: str,
    at_end: ExitStack,
    say: Callable[[str], None],
) -> Stack:
    """Do all that stands between a booting emulator and the first request."""
    simulator_url = at_end.enter_context(_simulator(options)).url
    receiver_url = at_end.enter_context(Receiver()).url
    source = read(ROOT)
    values = parameter_values(source["Parameters"], options, front.url, simulator_url, receiver_url)
    packaged, archives = package(source, ROOT, ARTIFACTS)
    template = for_emulator(transform(packaged, REGION, values), front.api_ids)

    emulator.wait_until_ready()
    say("Deploying the template ...")
    clients = Clients(emulator.url, REGION)
    # CloudFormation cannot make SecureStrings, here or on AWS.
    put_api_key(clients("ssm"), PARAMETER_PATH, options.apixo_api_key)
    put_api_key(clients("ssm"), PARAMETER_PATH, options.modellix_api_key, MODELLIX_API_KEY)
    ensure_callback_keys(clients("ssm"), PARAMETER_PATH)
    ensure_webhook_key(clients("ssm"), PARAMETER_PATH)
    deployed = deploy(template, archives, values, clients)
    _open(emulator, front, template, deployed, at_end)
    key = create_key(clients("dynamodb"), deployed.outputs["AccountsTable"], OWNER, time.time_ns() // 10**6)
    return Stack(
        api_url=front.url,
        callback_url=front.url,
        api_key=key,
        aws_endpoint_url=emulator.url,
        s3_tls_url=s3_tls_url,
        ca_bundle=str(options.home / "ca.pem"),
        media_bucket=deployed.outputs["MediaBucket"],
        inbox_bucket=deployed.outputs["InboxBucket"],
        table=deployed.outputs["VideosTable"],
        accounts_table=deployed.outputs["AccountsTable"],
        transfer_queue_url=deployed.outputs["TransferQueueUrl"],
        transfer_dead_letters_url=deployed.outputs["TransferDeadLettersUrl"],
        failed_events_url=deployed.outputs["FailedEventsUrl"],
        provider_url=origin_of(options.apixo_base_url) if options.apixo_base_url else simulator_url,
        simulated=options.apixo_base_url is None,
        parameters=effective_values(source["Parameters"], values),
        functions=deployed.of_type("AWS::Lambda::Function"),
        log_groups=deployed.of_type("AWS::Logs::LogGroup"),
        ministack=emulator.process.pid,
        home=str(options.home),
        webhook_queue_url=deployed.outputs["WebhookQueueUrl"],
        receiver_url=receiver_url,
    )


def _simulator(options: Options) -> Simulator:
    """The simulated providers; one that has another server in its place is simply not asked."""
    return Simulator(api_key=options.apixo_api_key, modellix_api_key=options.modellix_api_key)


def _open(
    emulator: Emulator, front: Front, template: Template, deployed: Deployed, at_end: ExitStack
) -> None:
    """Let requests and ticks in."""
    clients = Clients(emulator.url, REGION)  # used by threads of their own
    access_log = AccessLog(clients("logs"), api_logs(template, deployed, clients))
    at_end.callback(access_log.stop)
    front.told = access_log.add
    serve = threading.Thread(target=front.serve_forever, args=(0.1,), name="front", daemon=True)
    serve.start()
    at_end.callback(front.shutdown)
    functions = deployed.of_type("AWS::Lambda::Function")
    ticks = Ticks(clients("lambda"), [functions[name] for name in TICKING if name in functions])
    ticks.start()
    at_end.callback(ticks.stop)
