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
    ("size", "announced", "requests", "limit"),  # 4 MiB, and 2 for each connection
    [
        pytest.param(8 * MIB, True, {"PutObject": 1}, 6, id="streamed in one put"),
        pytest.param(10 * MIB, True, {"UploadPart": 2}, 8, id="in two parts"),
        pytest.param(192 * MIB, True, {"UploadPart": 8}, LIMIT_MIB, id="in one wave"),
        pytest.param(520 * MIB, True, {"UploadPart": 16}, LIMIT_MIB, id="in two waves"),
        pytest.param(192 * MIB + 1, False, {"UploadPart": 25}, LIMIT_MIB, id="of unknown length"),
    ],
)
def test_a_transfer_stays_small_and_exact(
    servers: Servers, size: int, announced: bool, requests: dict[str, int], limit: float
) -> None:
    measured = run(servers, size, announced=announced)
    assert measured.growth <= limit
    assert measured.exact
    assert measured.stored_bytes == size
    assert measured.fetched_once
    around = {"CreateMultipartUpload": 1, "CompleteMultipartUpload": 1} if "UploadPart" in requests else {}
    assert measured.requests == requests | around
    assert measured.open_uploads == 0
