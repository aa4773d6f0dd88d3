"""`make examples`: brings a stack up, sends every example of the pages and writes docs/provider-examples.md."""

import tempfile
from pathlib import Path

from sandbox.stack import Sandbox
from tests.integration.conftest import OF_ITS_OWN
from tests.integration.driving import Driver
from tests.provider_pages.examples import EXAMPLES
from tests.provider_pages.sending import rows
from tests.provider_pages.table import PAGE, page

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, Sandbox(Path(home), environment=OF_ITS_OWN) as running:
        driver = Driver(running)
        PAGE.write_text(page(rows(driver, EXAMPLES)))
        driver.close()
    print(f"{PAGE.relative_to(Path.cwd())} is written.")  # noqa: T201 - a command's answer
