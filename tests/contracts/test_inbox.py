"""The inbox: what stands there now, what an event told of, and the outcomes beside it."""

from dataclasses import replace

import pytest

from reelhook.domain.drops import Drop
from reelhook.domain.outcomes import DropOutcome, OutcomeError, outcome_key, outcome_of, refusal
from reelhook.domain.video import State
from tests.builders import NOW, a_video
from tests.contracts.aws import Drops
from tests.images import a_png

KEY = "drops/owner-1/Köln am Rhein/still 1+2 100%.png"
DROP = Drop("inbox", KEY, "0055AED6DCD90281E5", NOW, "version-1")
LONG = "drops/owner-1/" + "ä" * 450 + ".png"  # 1,018 bytes


def outcome(**changes: object) -> DropOutcome:
    return replace(outcome_of(a_video(State.QUEUED), DROP, "media", NOW), **changes)  # type: ignore[arg-type]


def test_what_stands_at_a_key_is_told_by_etag_and_size(drops: Drops) -> None:
    etag, _ = drops.put(KEY, a_png(), None)

    standing = drops.inbox.find(KEY)

    assert standing is not None
    assert (standing.etag, standing.size) == (etag, len(a_png()))


def test_where_nothing_stands_nothing_is_found_or_read(drops: Drops) -> None:
    etag, version = drops.put(KEY, a_png(), None)
    drops.remove(KEY)

    assert drops.inbox.find(KEY) is None
    assert drops.inbox.find("drops/owner-1/never") is None
    assert drops.inbox.read(KEY, etag) is None
    assert drops.inbox.read("drops/owner-1/never", etag) is None
    content = drops.inbox.read(KEY, etag, version)  # the version that an event told of is still there
    assert content is not None
    assert content.data == a_png()


def test_an_object_is_read_with_the_request_in_its_metadata(drops: Drops) -> None:
    asked, _ = drops.put(KEY, b"one", "%7B%22prompt%22%3A%22Ebbe%22%7D")
    plain, _ = drops.put("drops/owner-1/plain.png", b"two", None)

    read = [drops.inbox.read(KEY, asked), drops.inbox.read("drops/owner-1/plain.png", plain)]

    assert [(each.data, each.request) for each in read if each is not None] == [
        (b"one", "%7B%22prompt%22%3A%22Ebbe%22%7D"),
        (b"two", None),
    ]


def test_what_was_replaced_is_not_read_but_by_its_version(drops: Drops) -> None:
    first, version = drops.put(KEY, b"first", "first")
    drops.put(KEY, b"second", "second")

    assert drops.inbox.read(KEY, first) is None
    content = drops.inbox.read(KEY, first, version)
    assert content is not None
    assert (content.data, content.request) == (b"first", "first")


def test_the_same_bytes_twice_are_two_versions_with_requests_of_their_own(drops: Drops) -> None:
    etag, version = drops.put(KEY, b"same", "first")
    drops.put(KEY, b"same", "second")

    newest, first = drops.inbox.read(KEY, etag), drops.inbox.read(KEY, etag, version)

    assert newest is not None
    assert first is not None
    assert (newest.request, first.request) == ("second", "first")


def test_a_beginning_never_replaces_what_is_told_and_an_end_does(drops: Drops) -> None:
    drops.outcomes.begin(outcome(status="queued"))
    drops.outcomes.begin(outcome(status="refused"))
    assert drops.told(outcome_key(DROP))["status"] == "queued"

    drops.outcomes.end(outcome(status="completed"))
    drops.outcomes.begin(outcome(status="queued"))

    assert drops.told(outcome_key(DROP))["status"] == "completed"


def test_an_outcome_says_where_the_video_lies(drops: Drops) -> None:
    drops.outcomes.end(outcome_of(a_video(State.STORED), DROP, "media", NOW))

    told = drops.told(outcome_key(DROP))

    assert told["object"] == "drop.outcome"
    assert told["drop"] == {
        "bucket": "inbox",
        "key": KEY,
        "version_id": "version-1",
        "dropped_at": NOW // 1_000,
    }
    (artifact,) = told["artifacts"]
    assert (artifact["bucket"], artifact["key"][:7], artifact["type"]) == ("media", "videos/", "video")
    assert told["error"] is None


@pytest.mark.parametrize("key", [KEY, LONG, "drops/owner-1/../owner-2/a.png", "drops/owner-1//a.png"])
def test_every_key_has_a_place_for_its_outcome_outside_the_drops(drops: Drops, key: str) -> None:
    drop = replace(DROP, key=key)
    told = OutcomeError("no_request", "Nothing says what to make of it.")
    drops.outcomes.begin(refusal(drop, told, "Say it.", NOW))

    place = outcome_key(drop)

    assert place.startswith("outcomes/")
    assert place.endswith(f"/{drop.video_id}.json")
    assert len(place.encode()) <= 1_024
    assert ".." not in place
    assert (drops.told(place)["status"], drops.told(place)["drop"]["key"]) == ("refused", key)
