"""Where things lie in a folder that `sam build` made, and where Lambda will put them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from operations.errors import OperationError

TASK, LAYERS = "/var/task", "/opt"  # AWS Lambda's folders for a function's own code and for its layers


class Layout:
    """A built folder, as its own template describes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        resources: dict[str, dict[str, Any]] = yaml_parse((folder / "template.yaml").read_text())["Resources"]
        properties = {
            kind: {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}
            for kind in ("AWS::Serverless::Function", "AWS::Serverless::LayerVersion")
        }
        self.handlers: dict[str, str] = {}
        self.functions: dict[str, Path] = {}
        for name, function in properties["AWS::Serverless::Function"].items():
            self.handlers[name] = function["Handler"]
            self.functions[name] = folder / function["CodeUri"]
        self.layers: dict[str, Path] = {
            name: folder / layer["ContentUri"] / "python"
            for name, layer in properties["AWS::Serverless::LayerVersion"].items()
        }

    def mounted(self) -> Iterator[tuple[str, Path]]:
        """Every folder of code, after the path at which Lambda shows it."""
        for folder in self.functions.values():
            yield TASK, folder
        for folder in self.layers.values():
            yield f"{LAYERS}/python", folder

    def search_path(self, function: str) -> list[Path]:
        """Where this function's interpreter looks for modules, in Lambda's order: its own code, then the layers."""
        return [self.functions[function], *self.layers.values()]

    def package(self, name: str) -> Path:
        """The folder of a package in the layers; raises `OperationError` if none has it."""
        for layer in self.layers.values():
            if (layer / name / "__init__.py").exists():
                return layer / name
        raise OperationError(f"No layer in {self.folder} holds {name}: the build is not whole.")
