"""botocore's data without what is never read: other services, documentation, examples, and what gzip costs to undo.

Nothing that a request, an answer or an address follows from is left out: every operation, shape, paginator, waiter
and endpoint rule of a service that is kept, and the endpoints of every region in every partition.
"""

import gzip
import json
import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

from operations.errors import OperationError

MODEL = "service-2"


def trim(botocore: Path, services: Set[str]) -> None:
    """Trim the data beside this botocore, and beside the boto3 that lies next to it, in place."""
    data = botocore / "data"
    for folder in [each for each in data.iterdir() if each.is_dir()]:
        if folder.name not in services:
            shutil.rmtree(folder)
    if missing := services - {each.name for each in data.iterdir()}:
        raise OperationError(f"This botocore knows no service {', '.join(sorted(missing))}.")
    for service in services:
        _only_the_latest(data / service)
    for file in sorted(data.rglob("*.json*")):
        _rewrite(file)
    _only_endpoints_of(data, services)
    for unused in ("data", "examples"):  # of boto3's resources, and of its documentation
        shutil.rmtree(botocore.with_name("boto3") / unused, ignore_errors=True)


def _only_the_latest(service: Path) -> None:
    """Keep the version that a client gets: the last that has a model (botocore.loaders: determine_latest_version)."""
    versions = sorted(folder.name for folder in service.iterdir() if any(folder.glob(f"{MODEL}.json*")))
    if not versions:
        raise OperationError(f"{service} holds no {MODEL}.")
    for folder in list(service.iterdir()):
        if folder.name != versions[-1]:
            shutil.rmtree(folder)


def _rewrite(file: Path) -> None:
    if file.name.startswith("examples-"):
        file.unlink()
        return
    packed = file.suffix == ".gz"
    content = json.loads(gzip.decompress(file.read_bytes()) if packed else file.read_bytes())
    target = file.with_suffix("") if packed else file
    file.unlink()
    _write(target, undocumented(content))


def undocumented(model: Any) -> Any:
    """A model without its documentation. A member of a shape that is called so is a structure, and stays.

    A client's own parameters keep the place of theirs, empty: botocore reads it (`ServiceModel.client_context_parameters`).
    """
    match model:
        case {"clientContextParams": dict(found), **rest}:
            kept = {name: {**about, "documentation": ""} for name, about in found.items()}
            return {"clientContextParams": kept, **undocumented(rest)}
        case dict():
            return {
                name: undocumented(value)
                for name, value in model.items()
                if not (name == "documentation" and isinstance(value, str))
            }
        case list():
            return [undocumented(value) for value in model]
        case _:
            return model


def _only_endpoints_of(data: Path, services: Set[str]) -> None:
    """All partitions and regions stay, with the entries of these services only."""
    prefixes = {_endpoint_prefix(data / service) for service in services}
    file = data / "endpoints.json"
    endpoints = json.loads(file.read_bytes())
    for partition in endpoints["partitions"]:
        kept = {name: value for name, value in partition["services"].items() if name in prefixes | services}
        partition["services"] = kept
    file.unlink()
    _write(file, endpoints)


def _endpoint_prefix(service: Path) -> str:
    """A service's name in endpoints.json, which may be another than boto3's."""
    (file,) = service.glob(f"*/{MODEL}.json")
    prefix: str = json.loads(file.read_bytes())["metadata"]["endpointPrefix"]
    return prefix


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, separators=(",", ":")))
