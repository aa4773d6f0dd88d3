"""What each function loads and makes while Lambda starts it, in an interpreter of its own, as a cold start finds it.

A start takes as long as what it loads, so this table is each function's bill: what is not in it must not be loaded before a
call needs it, and the clients in it must be there before the first call.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests import template
from tests.template import ROOT
from tests.unit.test_settings import OURS

# Libraries and modules of ours that cost some per cent of a start, or are only for something rare.
WATCHED = (
    "aws_lambda_powertools.event_handler",
    "cryptography",
    "httpx",
    "jwt",
    "multipart",
    "pydantic",
    "reelhook.adapters.results",
    "reelhook.adapters.s3",
    "reelhook.adapters.webhook_target",
    "reelhook.providers.apixo",
    "reelhook.providers.modellix",
    "reelhook.use_cases.delivering",
    "reelhook.use_cases.submission",
    "reelhook.use_cases.transfer",
    "tinytag",
)
ROUTES = {"aws_lambda_powertools.event_handler", "pydantic"}
PROVIDERS = {"httpx", "pydantic", "reelhook.providers.apixo", "reelhook.providers.modellix"}
BUCKET, DELIVERING = "reelhook.adapters.s3", "reelhook.use_cases.delivering"
COPYING = {*PROVIDERS, BUCKET, "reelhook.adapters.results", "reelhook.use_cases.transfer"}
RECEIVERS = {"httpx", "pydantic", "reelhook.adapters.webhook_target", DELIVERING}
PATH = f"{ROOT / 'functions'}:{ROOT / 'layers' / 'reelhook'}"
STARTS = {  # of the watched modules those that are loaded, and the AWS clients that are made
    "SubmitVideo": ({*ROUTES, *PROVIDERS, "reelhook.use_cases.submission"}, ["dynamodb", "ssm"]),
    "Videos": ({*ROUTES, BUCKET}, ["dynamodb", "s3"]),
    "SubmitDrop": ({"pydantic"}, ["dynamodb", "s3"]),
    "ReceiveCallback": (COPYING, ["dynamodb", "s3", "ssm"]),
    "TransferVideo": (COPYING - PROVIDERS, ["dynamodb", "s3"]),
    "DispatchVideos": (PROVIDERS, ["dynamodb", "ssm"]),
    "PublishEvents": ({DELIVERING}, ["dynamodb", "events"]),
    "WebhookEndpoints": (ROUTES | RECEIVERS, ["dynamodb", "ssm"]),
    "DeliverWebhooks": (RECEIVERS, ["dynamodb", "ssm"]),
    "ReconcileVideos": ({*PROVIDERS, BUCKET, DELIVERING}, ["dynamodb", "s3", "ssm"]),
}
LOAD = """
import gc, importlib, json, os, sys
import aws_lambda_powertools, boto3

asked = json.load(sys.stdin)
clients, make = [], boto3.client
for service in ("dynamodb", "events", "s3", "sqs", "ssm"):
    make(service)  # its data, which every child would read

def client(service, **settings):
    clients.append(service)
    return make(service, **settings)

boto3.client = client
for case in asked["cases"]:
    if pid := os.fork():
        assert os.waitpid(pid, 0)[1] == 0
        continue
    assert not set(asked["watched"]) & set(sys.modules)
    os.environ.update(case["environment"])
    importlib.import_module(case["module"])
    loaded = [name for name in asked["watched"] if name in sys.modules]
    print(json.dumps([loaded, sorted(clients), gc.isenabled(), gc.get_freeze_count()]), flush=True)
    os._exit(0)
"""
ISSUER, ELSEWHERE = "with an issuer", "elsewhere than on Lambda"


@pytest.fixture(scope="module")
def starts() -> dict[str, Any]:
    """Of each function: the watched modules it loads, its clients, whether garbage is collected, how much of it never.

    One interpreter loads what all functions share, and a fork of it goes on as each function.
    """
    cases = {name: case(name) for name in template.FUNCTIONS}
    cases[ISSUER] = case("Videos", OIDC_ISSUER="https://issuer.example.com")
    cases[ELSEWHERE] = case("ReceiveCallback")
    del cases[ELSEWHERE]["environment"]["AWS_LAMBDA_FUNCTION_NAME"]
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={**os.environ, "AWS_DEFAULT_REGION": "eu-west-1", "PYTHONPATH": PATH},
        input=json.dumps({"watched": WATCHED, "cases": list(cases.values())}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(cases, map(json.loads, done.stdout.splitlines()), strict=True))


def case(function: str, **more: str) -> dict[str, Any]:
    """Its handler's module, and its environment on Lambda."""
    known = OURS[function]
    return {
        "module": template.properties(function)["Handler"].partition(".")[0],
        "environment": known
        | ({"OIDC_ISSUER": ""} if "OIDC_ISSUER" in known else {})
        | {"POWERTOOLS_LOG_LEVEL": "INFO", "AWS_LAMBDA_FUNCTION_NAME": function}
        | more,
    }


@pytest.mark.parametrize("function", template.FUNCTIONS)
def test_a_function_starts_with_what_its_calls_need_and_nothing_else(
    function: str, starts: dict[str, Any]
) -> None:
    modules, clients, collecting, skipped = starts[function]

    assert (set(modules), clients) == STARTS[function]
    assert collecting
    assert skipped > 10_000


def test_elsewhere_than_on_lambda_nothing_is_made_before_it_is_needed(starts: dict[str, Any]) -> None:
    _, clients, collecting, skipped = starts[ELSEWHERE]

    assert (clients, collecting, skipped) == ([], True, 0)


def test_the_jwt_library_is_loaded_where_an_issuer_is_set(starts: dict[str, Any]) -> None:
    assert {"jwt", "cryptography"} <= set(starts[ISSUER][0])
