"""What a build weighs, layer by layer, and whether Lambda takes it."""

from pathlib import Path

from operations.build.layout import Layout
from operations.errors import OperationError

MB = 1 << 20
LIMIT = 250 * MB  # AWS Lambda quotas: a function and all its layers, unzipped


class Sizes:
    """Bytes of every layer and function of a built folder."""

    def __init__(self, layout: Layout) -> None:
        self.layers = {name: _bytes(folder) for name, folder in layout.layers.items()}
        self.functions = {name: _bytes(folder) for name, folder in layout.functions.items()}

    def tell(self, before: "Sizes") -> None:
        """Print both; raises `OperationError` where a function and its layers are more than Lambda takes."""
        for name, size in self.layers.items():
            print(f"  {name:20} {before.layers[name] / MB:6.1f} MB -> {size / MB:6.1f} MB")
        largest = sum(self.layers.values()) + max(self.functions.values())
        print(f"  {'a function in all':20} {largest / MB:6.1f} MB of {LIMIT // MB} that Lambda takes")
        if largest > LIMIT:
            raise OperationError("Lambda takes no more than 250 MB of a function and its layers, unzipped.")


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
