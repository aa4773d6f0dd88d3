"""Each function finds what it needs in its environment, needs what it is given, and names what is missing."""

import inspect
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.owners import Limits
from reelhook.settings import Settings
from reelhook.wiring.videos import Videos
from tests import template
from tests.wirings import WIRINGS

ADDRESSES = {"APIXO_BASE_URL", "MODELLIX_BASE_URL", "CALLBACK_BASE_URL", "RESULT_ORIGINS", "OIDC_ISSUER"}
SHAPED = {
    "OWNER_LIMITS": "1,1,1",
    "USER_LIMITS": "1,1,1",
    "MODEL_PRICES": "a/b=1",
    "MODEL_ALIASES": "c=a/b",
    "WEBHOOK_ORIGINS": "https://example.com",
}
# Read by others than our settings: by Powertools, pydantic, and where the AWS clients are made.
ELSEWHERE = ("POWERTOOLS_", "PYDANTIC_", "CA_BUNDLE")
OURS = {
    name: {
        variable: "https://example.com" if variable in ADDRESSES else SHAPED.get(variable, "1")
        for variable in template.properties(name)["Environment"]["Variables"]
        if not variable.startswith(ELSEWHERE)
    }
    for name in template.FUNCTIONS
}
NEEDS = {
    "SubmitVideo": ("authorization", "examination", "submission", "catalog"),
    "Videos": ("authorization", "reading", "usage", "uploading", "catalog"),
    "SubmitDrop": ("drops",),
    "ReceiveCallback": ("callbacks",),
    "TransferVideo": ("transfers",),
    "DispatchVideos": ("dispatch",),
    "PublishEvents": ("publication",),
    "WebhookEndpoints": ("authorization", "webhook_endpoints", "delivery_log"),
    "DeliverWebhooks": ("delivering",),
    "ReconcileVideos": ("reconciliation", "due_webhooks"),
}
# Shared by all functions through Globals, though not every one reads each of them.
GLOBAL = set.intersection(*(set(variables) for variables in OURS.values()))


class Recorded(Mapping[str, str]):
    """An environment that knows what was read of it."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.variables, self.read = variables, set[str]()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return self.variables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


@pytest.mark.parametrize("function", template.FUNCTIONS)
def test_a_function_is_built_from_what_the_template_gives_it(function: str) -> None:
    environment = Recorded(OURS[function])
    wiring: Any = WIRINGS[function](environment)

    for need in NEEDS[function]:
        assert getattr(wiring, need) is not None
    if function == "SubmitVideo":
        assert wiring.settings.default_model
        assert wiring.settings.model_aliases
        assert not wiring.settings.require_idempotency_key
    if function == "TransferVideo":
        assert wiring.settings.transfer_seconds

    assert set(OURS[function]) - GLOBAL <= environment.read


def test_every_shared_variable_is_read_by_some_function() -> None:
    read = set[str]()
    for function, needs in NEEDS.items():
        environment = Recorded(OURS[function])
        for need in needs:
            getattr(WIRINGS[function](environment), need)
        if function == "TransferVideo":
            assert Settings(environment).transfer_seconds
        read |= environment.read

    assert read >= GLOBAL


def test_the_settings_and_the_template_know_the_same_variables() -> None:
    environment = Recorded({})
    told = [name for name, _ in inspect.getmembers(Settings, lambda value: isinstance(value, property))]
    told.remove("memory_megabytes")  # Lambda tells it, and nobody else does
    for name in told:
        with pytest.raises(NotConfiguredError):
            getattr(Settings(environment), name)

    assert set().union(*OURS.values()) == environment.read


def test_how_much_memory_there_is_is_known_inside_lambda_only() -> None:
    assert Settings({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024"}).memory_megabytes == 1024
    assert Settings({}).memory_megabytes == 0


@pytest.mark.parametrize("value", ["", "  "])
def test_what_is_missing_is_named(value: str) -> None:
    with pytest.raises(NotConfiguredError, match="VIDEOS_TABLE"):
        _ = Settings({"VIDEOS_TABLE": value}).videos_table


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "1e3", "١", "0x10"])
def test_what_is_no_number_is_named(value: str) -> None:
    with pytest.raises(NotConfiguredError, match="RETENTION_DAYS"):
        _ = Settings({"RETENTION_DAYS": value}).retention_days


def test_lists_are_read_part_by_part() -> None:
    settings = Settings(
        {"RESULT_ORIGINS": "https://a.example, https://b.example", "SUBMIT_SAFE_STATUSES": "429, 503"}
    )

    assert settings.result_origins == ("https://a.example", "https://b.example")
    assert settings.submit_safe_statuses == {429, 503}


def test_limits_are_two_numbers_and_dollars_each_of_which_may_be_missing() -> None:
    settings = Settings({"OWNER_LIMITS": "10,,2.50", "USER_LIMITS": ",,"})

    assert (settings.owner_limits, settings.user_limits) == (Limits(10, None, Decimal("2.5")), Limits())


@pytest.mark.parametrize("value", ["1,2", "1,2,3,4", "x,,", ",-1,", ",,5 USD", "1"])
def test_limits_that_are_none_are_named(value: str) -> None:
    with pytest.raises(NotConfiguredError, match="OWNER_LIMITS"):
        _ = Settings({"OWNER_LIMITS": value}).owner_limits


def test_aliases_are_read_pair_by_pair() -> None:
    settings = Settings({"MODEL_ALIASES": "sora-2=apixo/a, sora-2-pro = apixo/b"})

    assert settings.model_aliases == {"sora-2": "apixo/a", "sora-2-pro": "apixo/b"}
    assert Settings({"MODEL_ALIASES": ""}).model_aliases == {}


@pytest.mark.parametrize("value", ["sora-2", "sora-2=", "=apixo/a", "a=apixo/a,a=apixo/b", "a;b"])
def test_aliases_that_are_none_are_named(value: str) -> None:
    with pytest.raises(NotConfiguredError, match="MODEL_ALIASES"):
        _ = Settings({"MODEL_ALIASES": value}).model_aliases


def test_without_an_issuer_there_is_none_and_with_one_its_audiences_are_needed() -> None:
    assert Settings({"OIDC_ISSUER": ""}).oidc_issuer is None
    assert Settings({"OIDC_AUDIENCE": "app, web"}).oidc_audiences == ("app", "web")
    with pytest.raises(NotConfiguredError, match="OIDC_AUDIENCE"):
        _ = Videos(OURS["Videos"] | {"OIDC_AUDIENCE": ""}).authorization


def test_0_stands_for_the_models_own_schedule() -> None:
    settings = Settings({"CALLBACK_DEADLINE_SECONDS": "0", "PROVIDER_END_SECONDS": "60"})

    assert (settings.callback_deadline_seconds, settings.provider_end_seconds) == (None, 60)
