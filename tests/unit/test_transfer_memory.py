"""TransferVideo's real path over TLS: however large the result is, it costs the process no more memory, and arrives byte by byte."""

from collections.abc import Iterator

import pytest

from benchmarks.processes import Servers, running_servers
from benchmarks.transfer_memory import LIMIT_MIB, MIB, run

pytestmark = pytest.mark.prove("takes long")


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with running_servers() as servers:
        yield servers


@pytest.mark.parametrize(
    ("size", "announced", "requests"),
    [
        pytest.param(6 * MIB, True, {"PutObject": 1}, id="streamed in one put"),
        pytest.param(192 * MIB, True, {"UploadPart": 8}, id="in one wave"),
        pytest.param(192 * MIB + 1, False, {"UploadPart": 25}, id="of unknown length"),
    ],
)
def test_a_transfer_stays_small_and_exact(
    servers: Servers, size: int, announced: bool, requests: dict[str, int]
) -> None:
    measured = run(servers, size, announced=announced)
    assert measured.growth <= LIMIT_MIB
    assert measured.exact
    assert measured.stored_bytes == size
    assert measured.fetched_once
    around = {"CreateMultipartUpload": 1, "CompleteMultipartUpload": 1} if "UploadPart" in requests else {}
    assert measured.requests == requests | around
    assert measured.open_uploads == 0
