"""What a function must not load before it needs it, in an interpreter of its own, as a cold start finds it."""

import json
import os
import subprocess
import sys

import pytest

from tests import template
from tests.template import ROOT

LOAD = """
import json, os, sys
import functions.submit_video, functions.videos
from reelhook.wiring import production
production().authorization
print(json.dumps([name for name in ("jwt", "cryptography", "tinytag") if name in sys.modules]))
"""


def loaded(issuer: str) -> list[str]:
    """What of the JWT library is there once the API's functions can tell who asks."""
    names = {*template.properties("SubmitVideo")["Environment"]["Variables"]}
    settings = dict.fromkeys(names, "1") | {
        "OIDC_ISSUER": issuer,
        "OWNER_LIMITS": ",,",
        "USER_LIMITS": ",,",
        "MODEL_PRICES": "",
    }
    environment = {
        **os.environ,
        **settings,
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOAD], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("issuer", "modules"), [("", []), ("https://issuer.example.com", ["jwt", "cryptography"])]
)
def test_the_jwt_library_is_loaded_only_where_an_issuer_is_set(issuer: str, modules: list[str]) -> None:
    assert loaded(issuer) == modules
