"""Which AWS services the code that ships speaks to: read from the code, so that the list cannot be forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path

from operations.errors import OperationError


def services_of(*folders: Path) -> frozenset[str]:
    """boto3's names of the services that the modules below these folders make clients of.

    Raises `OperationError` where a client's service is not written out, and for boto3's resources, whose data is not
    shipped.
    """
    found = {
        service
        for folder in folders
        for module in sorted(folder.rglob("*.py"))
        for service in _clients(module, ast.parse(module.read_text()))
    }
    if not found:
        raise OperationError(f"No AWS client is made below {', '.join(map(str, folders))}.")
    return frozenset(found)


def _clients(module: Path, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called, where = node.func.attr, f"{module}:{node.lineno}"
        if called == "resource":
            raise OperationError(
                f"{where} makes a boto3 resource, for which no data is shipped: use a client."
            )
        if called not in ("client", "create_client"):
            continue
        named = [word.value for word in node.keywords if word.arg == "service_name"]
        match (node.args or named)[:1]:
            case [ast.Constant(value=str(service))]:
                yield service
            case _:
                raise OperationError(
                    f"{where} makes a client whose service is not written out: what to ship is not known."
                )
