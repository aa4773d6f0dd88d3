"""The same build for this machine, where what ships can be imported and measured before it is on AWS.

A process that is to start as on Lambda gets PYTHONPATH from `Layout.search_path` and nothing else of the project; its
handler is `Layout.handlers`'. `python -S` leaves out this machine's own packages, as Lambda's runtime has none of them.
"""

import platform

from operations import sam
from operations.build import FOLDER, build
from operations.build.layout import Layout

OURS = {"arm64": "arm64", "aarch64": "arm64", "x86_64": "x86_64"}  # platform.machine() to Lambda's names
OUTPUT = sam.ROOT / ".aws-sam" / "here"


def built_here() -> Layout:
    """Build the template for this machine's processor, made anew where something changed; raises `OperationError`."""
    architecture = OURS[platform.machine()]
    if architecture == "arm64":
        build()
        return Layout(FOLDER)
    print(f"Building for this machine ({architecture}), too ...", flush=True)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    template, folder = OUTPUT / "template.yaml", OUTPUT / architecture
    template.write_text((sam.ROOT / "template.yaml").read_text().replace("arm64", architecture))
    settings = ("--config-file", str(sam.ROOT / "samconfig.toml"))  # looked for beside the template otherwise
    where = ("--template", str(template), "--base-dir", str(sam.ROOT), "--build-dir", str(folder))
    build(*settings, *where, "--cache-dir", str(OUTPUT / "cache"), folder=folder)
    return Layout(folder)
