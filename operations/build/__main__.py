"""`make build`: builds for Lambda (arm64) and finishes the result."""

import os
import sys

from operations.build import FOLDER, build
from operations.errors import told
from operations.sam import ROOT


def main() -> None:
    """Build the template as it stands."""
    build(environment={"AWS_DEFAULT_REGION": os.environ.get("AWS_REGION", "eu-west-1")})
    print(f"Built in {FOLDER.relative_to(ROOT)}. Next: make smoke, or make deploy")


if __name__ == "__main__":
    sys.exit(told(main))
