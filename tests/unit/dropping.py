"""A world with an inbox: objects are dropped, and their events come once, twice, late or in another order."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from reelhook.adapters.probe import TagProbe
from reelhook.api.drop_requests import DropRequestReader
from reelhook.domain.drops import Arrival, Drop
from reelhook.domain.events import public_change
from reelhook.domain.outcomes import DropOutcome, outcome_key
from reelhook.domain.owners import Owner
from reelhook.domain.video import Video
from reelhook.use_cases.drop_requests import DropRequests
from reelhook.use_cases.drops import Drops
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.outcomes import FinalOutcomes
from reelhook.use_cases.owners import Owners
from tests.api import CATALOG, FAST
from tests.fakes import InMemoryInbox, InMemoryOutcomes
from tests.images import a_png
from tests.unit.world import MAX_AGE, World

INBOX, MEDIA = "inbox", "media"
OWN = "drops/owner-1/"
REQUEST = {"prompt": "The light begins to turn", "seconds": 5}


def encoded(request: Any) -> str:
    """A request as it stands in an object's metadata."""
    return quote(json.dumps(request, ensure_ascii=False), safe="")


class DropWorld(World):
    """The use cases, and an inbox whose owner is `owner-1`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.accounts.owners["owner-1"] = Owner("owner-1")
        self.inbox, self.outcomes = InMemoryInbox(), InMemoryOutcomes()
        self.final_outcomes = FinalOutcomes(self.outcomes, self.clock, MEDIA)
        self._sequence = 0

    @property
    def drops(self) -> Drops:
        """The use case, as the limits are now."""
        return Drops(
            DropRequests(self.inbox, DropRequestReader(FAST, CATALOG, {})),
            Examination(self.uploads, TagProbe(), CATALOG),
            self.outcomes,
            self.recording,
            Owners(self.accounts, self.clock),
            self.limits,
            self.clock,
            self.randomness,
            self.journal,
            MEDIA,
            MAX_AGE,
        )

    def put(self, key: str, data: bytes | None = None, request: Any = None) -> Arrival:
        """An object is dropped; its event, which nobody has seen yet."""
        asked = None if request is None else request if isinstance(request, str) else encoded(request)
        version = self.inbox.put(key, a_png() if data is None else data, asked)
        self._sequence += 1
        sequencer = f"{self._sequence:018X}"
        drop = Drop(INBOX, key, sequencer, self.clock() // 1_000 * 1_000, version.version_id)
        return Arrival(drop, version.etag)

    def drop(
        self, key: str = f"{OWN}still.png", data: bytes | None = None, request: Any = REQUEST
    ) -> DropOutcome:
        """An object is dropped and its event comes at once; what is told of it."""
        return self.receive(self.put(key, data, request))

    def receive(self, arrival: Arrival) -> DropOutcome:
        """An event comes; what is told of its drop then."""
        self.drops.receive(arrival)
        return self.told(arrival)

    def publish(self, video: Video) -> None:
        """The publisher follows a video's public change."""
        change = public_change(None, video, self.clock())
        if change is not None:
            self.final_outcomes.follow(change)

    def told(self, arrival: Arrival) -> DropOutcome:
        """The outcome of a drop."""
        return self.outcomes.told[outcome_key(arrival.drop)]


def unversioned(arrival: Arrival) -> Arrival:
    """The event of a bucket without versions."""
    return replace(arrival, drop=replace(arrival.drop, version_id=None))
