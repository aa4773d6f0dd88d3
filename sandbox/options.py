"""What the environment asks of a run: port, home folder, other providers, template parameters."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import SandboxError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8787
REGION = "eu-west-1"
ACCOUNT = "123456789012"
STACK_NAME = "reelhook"
PARAMETER_PATH = f"/reelhook/{STACK_NAME}"
SIMULATED_KEY = "sandbox-apixo-key"
SIMULATED_MODELLIX_KEY = "sandbox-modellix-key"


@dataclass(frozen=True)
class Options:
    """One run of the sandbox, as asked for."""

    home: Path
    port: int  # 0 takes a free one
    apixo_base_url: str | None
    apixo_api_key: str
    modellix_base_url: str | None
    modellix_api_key: str
    result_origins: tuple[str, ...]
    parameters: Mapping[str, str]


def home_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a run keeps its files: SANDBOX_HOME, else `.sandbox` in the project."""
    return ROOT / (environment.get("SANDBOX_HOME") or ".sandbox")


def from_environment(environment: Mapping[str, str] = os.environ) -> Options:
    """Read and check the variables that the sandbox knows."""
    return Options(
        home=home_folder(environment),
        port=_port(environment.get("SANDBOX_PORT") or str(DEFAULT_PORT)),
        apixo_base_url=_base_url(environment, "APIXO_BASE_URL"),
        apixo_api_key=environment.get("APIXO_API_KEY") or SIMULATED_KEY,
        modellix_base_url=_base_url(environment, "MODELLIX_BASE_URL"),
        modellix_api_key=environment.get("MODELLIX_API_KEY") or SIMULATED_MODELLIX_KEY,
        result_origins=listed(environment.get("RESULT_ORIGINS", "")),
        parameters=_parameters(environment.get("SANDBOX_PARAMETERS", "")),
    )


def listed(text: str) -> tuple[str, ...]:
    """The entries of a comma list, without blanks."""
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise SandboxError(f"SANDBOX_PORT={text} is not a port number.")
    return int(text)


def _base_url(environment: Mapping[str, str], name: str) -> str | None:
    url = environment.get(name, "").strip().rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        raise SandboxError(f"{name}={url} is not an http or https URL.")
    return url or None


def _parameters(text: str) -> dict[str, str]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise SandboxError(f"SANDBOX_PARAMETERS cannot be read: {error}.") from error
    for word in words:
        if "=" not in word:
            raise SandboxError(f'SANDBOX_PARAMETERS: "{word}" is not of the form Name=value.')
    return dict(word.split("=", 1) for word in words)
