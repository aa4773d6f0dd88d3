"""`make costs`: writes docs/cost.md."""

from operations.costs.counted import counted
from operations.costs.measured import measured
from operations.costs.page import PAGE, page
from operations.sam import ROOT
from sandbox.template import package, read, transform

if __name__ == "__main__":
    packaged, _ = package(read(ROOT), ROOT, "artifacts")
    PAGE.write_text(page(counted(transform(packaged, "us-east-1")), measured()))
    print(f"{PAGE.relative_to(ROOT)} is written. Next: read it, and make test")
