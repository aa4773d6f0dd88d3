"""What the environment may ask of the sandbox, and what it is told when it asks wrongly."""

from typing import Any

import pytest

from sandbox.errors import SandboxError
from sandbox.options import DEFAULT_PORT, Options, from_environment
from sandbox.parameters import effective_values, parameter_values

FRONT, PROVIDER = "http://127.0.0.1:8787", "http://127.0.0.1:9999"
DECLARED: dict[str, dict[str, Any]] = {
    "CallbackBaseUrl": {"Type": "String", "Default": ""},
    "ApixoBaseUrl": {"Type": "String", "Default": "https://api.apixo.ai/api/v1"},
    "ResultOrigins": {"Type": "String", "Default": "https://file.apixo.ai,https://cdn.apixo.ai"},
    "TransferSeconds": {"Type": "Number", "Default": 300, "MinValue": 5, "MaxValue": 900},
    "LogLevel": {"Type": "String", "Default": "INFO", "AllowedValues": ["INFO", "DEBUG"]},
    "DefaultModel": {"Type": "String", "Default": "a/b", "AllowedPattern": "[a-z/]+"},
}


def options(**environment: str) -> Options:
    return from_environment(environment)


def values(**environment: str) -> dict[str, str]:
    return parameter_values(DECLARED, options(**environment), FRONT, PROVIDER)


def test_without_a_word_the_simulator_and_the_front_are_used() -> None:
    assert values() == {
        "CallbackBaseUrl": FRONT,
        "ApixoBaseUrl": f"{PROVIDER}/api/v1",
        "ResultOrigins": f"https://file.apixo.ai,https://cdn.apixo.ai,{PROVIDER}",
    }
    assert options().port == DEFAULT_PORT


def test_another_server_takes_the_simulators_place() -> None:
    given = values(APIXO_BASE_URL="http://127.0.0.1:7000/api/v1/")

    assert given["ApixoBaseUrl"] == "http://127.0.0.1:7000/api/v1"


def test_each_provider_can_be_replaced_alone_and_its_results_are_fetched_too() -> None:
    declared = DECLARED | {"ModellixBaseUrl": {"Type": "String", "Default": ""}}
    other = "http://127.0.0.1:7000"

    given = parameter_values(declared, options(APIXO_BASE_URL=f"{other}/api/v1"), FRONT, PROVIDER)
    assert given["ModellixBaseUrl"] == f"{PROVIDER}/api/v1"
    assert given["ResultOrigins"].split(",")[2:] == [other, PROVIDER]


def test_each_provider_has_a_key_of_its_own() -> None:
    assert options().apixo_api_key != options().modellix_api_key
    assert options(MODELLIX_API_KEY="mdlx-1").modellix_api_key == "mdlx-1"


def test_modellix_is_accepted_before_the_template_knows_it() -> None:
    assert "ModellixBaseUrl" not in values(MODELLIX_BASE_URL="http://127.0.0.1:7000/api/v1")


def test_modellix_is_passed_on_once_the_template_knows_it() -> None:
    declared = DECLARED | {"ModellixBaseUrl": {"Type": "String", "Default": ""}}
    asked = options(MODELLIX_BASE_URL="http://127.0.0.1:7000/api/v1")

    given = parameter_values(declared, asked, FRONT, PROVIDER)
    assert given["ModellixBaseUrl"] == "http://127.0.0.1:7000/api/v1"


def test_result_origins_are_added_to_the_defaults_once_each() -> None:
    given = values(RESULT_ORIGINS=f"http://127.0.0.1:7001, https://cdn.apixo.ai ,{PROVIDER}")

    assert given["ResultOrigins"].split(",") == [
        "https://file.apixo.ai",
        "https://cdn.apixo.ai",
        PROVIDER,
        "http://127.0.0.1:7001",
    ]


def test_a_parameter_of_the_users_own_wins() -> None:
    given = values(
        SANDBOX_PARAMETERS="TransferSeconds=20 ResultOrigins=http://127.0.0.1:1 LogLevel='DEBUG'",
        RESULT_ORIGINS="http://127.0.0.1:2",
    )

    assert (given["TransferSeconds"], given["LogLevel"]) == ("20", "DEBUG")
    assert given["ResultOrigins"] == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SANDBOX_PARAMETERS": "Nonsense=1"}, "no parameter Nonsense. It has: ApixoBaseUrl, Callback"),
        ({"SANDBOX_PARAMETERS": "TransferSeconds"}, '"TransferSeconds" is not of the form Name=value'),
        ({"SANDBOX_PARAMETERS": "TransferSeconds='20"}, "cannot be read"),
        ({"SANDBOX_PARAMETERS": "TransferSeconds=soon"}, "is not a number"),
        ({"SANDBOX_PARAMETERS": "TransferSeconds=4"}, "is less than 5"),
        ({"SANDBOX_PARAMETERS": "TransferSeconds=901"}, "is more than 900"),
        ({"SANDBOX_PARAMETERS": "LogLevel=LOUD"}, "is not one of INFO, DEBUG"),
        ({"SANDBOX_PARAMETERS": "DefaultModel=A"}, "does not match"),
        ({"SANDBOX_PORT": "http"}, "SANDBOX_PORT=http is not a port number"),
        ({"SANDBOX_PORT": "70000"}, "is not a port number"),
        ({"APIXO_BASE_URL": "127.0.0.1:7000"}, "is not an http or https URL"),
    ],
)
def test_a_mistake_is_told_by_name(environment: dict[str, str], told: str) -> None:
    with pytest.raises(SandboxError, match=told):
        values(**environment)


def test_what_was_not_given_is_the_templates_default() -> None:
    effective = effective_values(DECLARED, {"LogLevel": "DEBUG"})

    assert (effective["LogLevel"], effective["TransferSeconds"]) == ("DEBUG", "300")
