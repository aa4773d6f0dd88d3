"""A result that is begun again, for a second try of its upload, is the same result or none."""

import pytest

from reelhook.adapters.results import HttpResults
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import LinkRefusedError, NotAVideoError, ResultUnavailableError
from reelhook.domain.time import MINUTE
from reelhook.wire.tls import TLS
from tests.builders import NOW, an_mp4
from tests.fakes import ManualClock
from tests.hosts import Behaviour, answer, hosting, partial

MAX = 1_000_000
MP4 = an_mp4(600_000)
LATER = NOW + MINUTE


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (partial(MP4, ETag='"1"'), None),
        (answer(MP4), None),
        (partial(MP4[:-1], ETag='"1"'), ResultUnavailableError),
        (partial(MP4, ETag='"2"'), ResultUnavailableError),
        (answer(MP4, length=None), ResultUnavailableError),
        (answer(b"", "404 Not Found"), LinkRefusedError),
        (answer(b"<html>" + bytes(len(MP4) - 6), ETag='"1"'), NotAVideoError),
    ],
)
def test_beginning_again_gives_the_same_video_or_fails(
    second: Behaviour, error: type[ReelhookError] | None
) -> None:
    with hosting(partial(MP4, ETag='"1"'), second) as host:
        stream = HttpResults([host.origin], MAX, ManualClock(NOW), context=TLS).open(host.link(), LATER)
        stream.read(100_000)
        if error is None:
            stream.restart()
            assert stream.read(MAX) == MP4
        else:
            with pytest.raises(error):
                stream.restart()
        stream.close()

    assert host.connections == 2
