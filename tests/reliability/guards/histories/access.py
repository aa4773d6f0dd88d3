"""Histories of those who come with a key or a token: what is not theirs is refused before anything is written."""

import hashlib

from reelhook.domain.errors.requests import UnauthorizedError
from reelhook.domain.owners import OwnerLimits
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.time import DAY, SECOND
from reelhook.domain.token import Bearing, SigningKey, mint
from reelhook.domain.video import Video
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.owners import Owners
from tests.builders import NOW, RING
from tests.fakes import InMemoryAccounts, ManualClock
from tests.reliability.guards.histories.registry import history
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import begun
from tests.reliability.interleaving.stage import Stage

STRANGERS = "video_" + "b3" * 13
RETIRED = SigningKey("k0", b"o" * 32)


def _delivered(stage: Stage, video: Video, token: str) -> list[str]:
    before = len(stage.videos.applied)
    status = stage.deliver(video, token=token)
    written = len(stage.videos.applied) - before
    return [] if (status, written) == (404, 0) else [f"FORGED: answered {status} with {written} writes"]


def _minted(*, key: SigningKey = RING.current, after: int = DAY, **borne: str) -> list[str]:
    """A genuine token, but for what is said."""
    stage, video = begun(Post.LOST)
    bearing = Bearing(**{"stage": "prod", "provider": "apixo", "video_id": video.video_id, **borne})
    token = mint(key, bearing, stage.clock() + DAY)
    stage.clock.advance(after)
    return _delivered(stage, video, token)


@history("a token out of thin air")
def out_of_thin_air() -> list[str]:
    stage, video = begun(Post.LOST)
    return _delivered(stage, video, f"k1.{NOW // SECOND + 9_999}.{'A' * 43}")


@history("an expired token")
def expired() -> list[str]:
    return _minted(after=DAY)


@history("another video's token")
def another_videos() -> list[str]:
    return _minted(after=0, video_id=STRANGERS)


@history("another stage's token")
def another_stages() -> list[str]:
    return _minted(after=0, stage="test")


@history("another provider's token")
def another_providers() -> list[str]:
    return _minted(after=0, provider="modellix")


@history("a token of a retired key")
def of_a_retired_key() -> list[str]:
    return _minted(after=0, key=RETIRED)


@history("an expired API key")
def expired_api_key() -> list[str]:
    key, clock = "rh_" + "k" * 43, ManualClock(NOW)
    known = {hashlib.sha256(key.encode()).hexdigest(): ApiKey("owner-1", expires_at=NOW)}
    try:
        accounts = InMemoryAccounts(known)
        authorization = Authorization(accounts, Owners(accounts, clock), None, OwnerLimits(), clock)
        owner = authorization.owner_of(f"Bearer {key}").name
    except UnauthorizedError:
        return []
    return [f"EXPIRED KEY: it still stands for {owner}"]
