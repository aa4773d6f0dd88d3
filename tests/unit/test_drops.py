"""Drops: an image in the inbox becomes one queued video, whatever becomes of its event; what cannot be one is told why."""

import json
from dataclasses import replace
from itertools import permutations

import pytest

from reelhook.domain.answers import TryLater
from reelhook.domain.drops import Arrival
from reelhook.domain.errors.running import StoreError
from reelhook.domain.ledger import account_keys, day_of
from reelhook.domain.owners import Limits, Owner, OwnerLimits
from reelhook.domain.ports.journal import Metric
from reelhook.domain.request import Mode
from reelhook.domain.time import HOUR, SECOND
from reelhook.domain.video import State
from reelhook.domain.video_ids import derived_video_id
from tests.builders import an_artifact, an_error
from tests.images import JPEG, a_png
from tests.sounds import a_wav
from tests.unit.dropping import OWN, REQUEST, DropWorld, encoded, unversioned
from tests.unit.world import once

STILL = f"{OWN}still.png"


@pytest.fixture
def world() -> DropWorld:
    return DropWorld()


def test_a_dropped_image_waits_as_the_first_frame_of_what_its_metadata_asks_for(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    outcome = world.receive(arrival)

    video = world.only_video()
    assert video.video_id == derived_video_id("drop", "owner-1", "inbox", STILL, "version-1")
    assert (video.state, video.owner, video.request.prompt) == (State.QUEUED, "owner-1", REQUEST["prompt"])
    assert (video.request.mode, video.request.seconds, video.references) == (Mode.FRAMES, 5, 1)
    assert world.references.contents[f"references/owner-1/{video.video_id}/0"].data == a_png()
    assert (outcome.video_id, outcome.status, outcome.error) == (video.video_id, "queued", None)
    assert world.provider.sent == []


def test_the_nearest_request_above_is_taken_where_the_object_has_none(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}_request.json", json.dumps({"prompt": "far"}).encode())
    world.inbox.put(f"{OWN}a/b/_request.json", json.dumps({"prompt": "near"}).encode())
    for key, prompt in (("a/b/still.png", "near"), ("a/still.png", "far"), ("a/b/c/d/still.png", "near")):
        outcome = world.drop(f"{OWN}{key}", request=None)
        video = world.videos.read(outcome.video_id)
        assert video is not None
        assert video.request.prompt == prompt


def test_metadata_stand_above_a_request_beside_the_object(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}_request.json", b"not even JSON")

    assert world.drop(request={"prompt": "mine"}).status == "queued"
    assert world.only_video().request.prompt == "mine"


def test_a_json_drop_names_keys_of_its_own_folder(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}media/first.png", a_png(1))
    world.inbox.put(f"{OWN}media/last.jpg", JPEG)
    frames = [
        {"type": "image_url", "image_url": {"url": f"{OWN}media/{name}"}, "frame_type": kind}
        for name, kind in (("first.png", "first_frame"), ("sub/../last.jpg", "last_frame"))
    ]
    outcome = world.drop(f"{OWN}turn.json", json.dumps({**REQUEST, "frame_images": frames}).encode(), None)

    video = world.only_video()
    assert (outcome.status, video.references) == ("queued", 2)
    held = [world.references.contents[f"references/owner-1/{video.video_id}/{n}"] for n in (0, 1)]
    assert [(each.data, each.content_type) for each in held] == [
        (a_png(1), "image/png"),
        (JPEG, "image/jpeg"),
    ]


def test_a_json_drop_needs_no_image_at_all(world: DropWorld) -> None:
    assert world.drop(f"{OWN}storm.json", b'{"prompt": "A storm"}', None).status == "queued"
    assert world.only_video().request.mode is Mode.TEXT_TO_VIDEO


def test_an_image_that_its_own_request_names_is_not_placed_a_second_time(world: DropWorld) -> None:
    part = {"type": "image_url", "image_url": {"url": STILL}}
    outcome = world.drop(STILL, request={**REQUEST, "input_references": [part]})

    assert outcome.status == "queued"
    assert (world.only_video().request.mode, world.only_video().references) == (Mode.REFERENCE, 1)


@pytest.mark.parametrize(
    "key",
    [f"{OWN}_request.json", f"{OWN}a/_request.json", f"{OWN}media/a.png", f"{OWN}media/b/c.json", f"{OWN}a/"],
)
def test_requests_media_and_folders_start_nothing(world: DropWorld, key: str) -> None:
    world.drops.receive(world.put(key, request=REQUEST))

    assert (world.videos.items, world.outcomes.told) == ({}, {})


def test_the_same_event_again_is_the_same_video_and_keeps_nothing_new(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.receive(arrival)
    video = world.only_video()
    world.references.contents.clear()  # its video has ended, say

    for _ in range(3):
        assert world.receive(arrival).status == "queued"

    assert world.only_video() == video
    assert world.references.contents == {}
    day = day_of(world.clock())
    assert world.ledger.days(account_keys("owner-1", None)[0], [day])[day].videos == 1


def test_a_drop_that_is_on_record_is_a_duplicate_though_its_request_reads_otherwise_now(
    world: DropWorld,
) -> None:
    world.inbox.put(f"{OWN}_request.json", b'{"prompt": "first"}')
    arrival = world.put(STILL)
    world.receive(arrival)
    world.inbox.put(f"{OWN}_request.json", b'{"prompt": "second"}')

    assert world.receive(arrival).status == "queued"
    assert world.only_video().request.prompt == "first"


def test_a_deleted_videos_event_starts_nothing_again(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    video_id = world.receive(arrival).video_id
    world.ending.cancel("owner-1", video_id)
    world.ending.delete("owner-1", video_id)
    world.outcomes.told.clear()

    world.drops.receive(arrival)

    assert world.videos.read(video_id) is None
    assert world.outcomes.told == {}


def test_in_a_bucket_without_versions_the_sequencer_tells_one_drop_from_the_next(world: DropWorld) -> None:
    first, second = (unversioned(world.put(STILL, request=REQUEST)) for _ in range(2))

    assert world.receive(first).video_id == derived_video_id(
        "drop", "owner-1", "inbox", STILL, "000000000000000001"
    )
    assert world.receive(second).video_id != first.drop.video_id


def test_what_was_replaced_before_it_was_read_is_superseded(world: DropWorld) -> None:
    first = world.put(STILL, a_png(1), REQUEST)
    second = world.put(STILL, a_png(2), REQUEST)

    assert world.receive(second).status == "queued"
    outcome = world.receive(first)

    assert (outcome.status, len(world.videos.items)) == ("superseded", 1)
    assert outcome.error is not None
    assert "replaced by another" in outcome.error.message


def test_what_was_removed_before_it_was_read_is_told_so(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.inbox.remove(STILL)

    outcome = world.receive(arrival)

    assert outcome.status == "superseded"
    assert outcome.error is not None
    assert "removed" in outcome.error.message


def test_the_same_bytes_with_another_request_are_another_drop_each_with_its_own_request(
    world: DropWorld,
) -> None:
    first, second = (world.put(STILL, request={"prompt": prompt}) for prompt in ("first", "second"))
    for arrival, prompt in ((second, "second"), (first, "first")):
        video = world.videos.read(world.receive(arrival).video_id)
        assert video is not None
        assert video.request.prompt == prompt


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_drops_are_sent_in_the_order_in_which_they_were_dropped_however_their_events_come(
    world: DropWorld, order: tuple[int, ...]
) -> None:
    arrivals = list[Arrival]()
    for number in range(4):
        world.clock.advance(700)  # two of them within one second
        arrivals.append(world.put(f"{OWN}{9 - number}.png", request={"prompt": f"drop {number}"}))
    for number in order:
        world.clock.advance(SECOND)
        world.receive(arrivals[number])

    world.dispatch_tick()

    assert [asked.prompt for asked, _ in world.provider.sent] == [f"drop {number}" for number in range(4)]


def test_a_drop_that_had_to_wait_again_keeps_its_place(world: DropWorld) -> None:
    first, second = (world.put(f"{OWN}{n}.png", request={"prompt": f"drop {n}"}) for n in (1, 2))
    world.clock.advance(HOUR)
    world.receive(second)
    world.receive(first)
    world.provider.submit_answers = [TryLater()]
    world.dispatch_tick()
    world.dispatch_tick(after=HOUR)

    assert [asked.prompt for asked, _ in world.provider.sent] == ["drop 1", "drop 1", "drop 2"]


def code(outcome: object) -> str:
    error = getattr(outcome, "error", None)
    return "" if error is None else str(error.code)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("drops/nobody/still.png", "unknown_owner"),
        ("drops/still.png", "unknown_owner"),
        ("drops//still.png", "invalid_key"),
        (f"{OWN}../owner-2/still.png", "invalid_key"),
        (f"{OWN}a//still.png", "invalid_key"),
    ],
)
def test_a_key_that_is_nobodys_is_told_where_to_drop(world: DropWorld, key: str, told: str) -> None:
    outcome = world.drop(key)

    assert (outcome.status, code(outcome)) == ("refused", told)
    assert "drops/<owner>/" in outcome.what_to_do
    assert (world.videos.items, world.inbox.read_bytes) == ({}, 0)
    assert world.journal.counts[Metric.DROP_REFUSED] == 1


def test_an_object_without_any_request_is_told_how_to_give_one(world: DropWorld) -> None:
    outcome = world.drop(request=None)

    assert code(outcome) == "no_request"
    assert "x-amz-meta-reelhook" in outcome.what_to_do
    assert "_request.json" in outcome.what_to_do


@pytest.mark.parametrize(
    ("request_", "param", "words"),
    [
        ("{", None, "x-amz-meta-reelhook: The body cannot be read"),
        ("%FF%FE", None, "it is not UTF-8"),
        ("[]", None, "it is a list"),
        ({"prompt": "x", "colour": "red"}, "colour", "unknown field"),
        ({"prompt": "x", "seconds": 99}, "seconds", "got 99"),
        ({"prompt": "x", "model": "sora"}, "model", "one of"),
        ({"prompt": "x", "input_reference": "https://a.example/b.png"}, "input_reference", "leave it out"),
    ],
)
def test_everything_wrong_with_a_request_is_listed_by_field(
    world: DropWorld, request_: object, param: str | None, words: str
) -> None:
    outcome = world.drop(request=request_)

    assert code(outcome) == "invalid_request"
    assert outcome.error is not None
    assert [words in problem.message for problem in outcome.error.problems if problem.param == param] == [
        True
    ]
    assert world.videos.items == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"no image at all", "an image"), (JPEG[:2], "an image"), (b"%PDF-1.7", "an image")],
)
def test_bytes_that_are_no_image_are_told_by_field_and_cost_nothing(
    world: DropWorld, data: bytes, words: str
) -> None:
    outcome = world.drop(data=data)

    assert outcome.error is not None
    assert [problem.param for problem in outcome.error.problems] == ["input_reference"]
    assert words in outcome.error.problems[0].message
    assert world.references.contents == {}


def test_what_is_too_large_is_refused_before_it_is_read(world: DropWorld) -> None:
    outcome = world.drop(data=a_png(30 * 1024 * 1024))

    assert outcome.error is not None
    assert "at most 31457280 bytes" in outcome.error.problems[0].message
    assert world.inbox.read_bytes == 0


@pytest.mark.parametrize(
    "name",
    [
        "drops/owner-2/secret.png",
        f"{OWN}../owner-2/secret.png",
        "../owner-2/secret.png",
        "/etc/passwd",
        "still.png",
    ],
)
def test_a_request_reaches_no_key_outside_its_own_folder(world: DropWorld, name: str) -> None:
    world.accounts.owners["owner-2"] = Owner("owner-2")
    world.inbox.put("drops/owner-2/secret.png", a_png(5))
    outcome = world.drop(
        f"{OWN}a.json", json.dumps({"prompt": "x", "input_reference": {"image_url": name}}).encode(), None
    )

    assert outcome.error is not None
    assert [problem.param for problem in outcome.error.problems] == ["input_reference.image_url"]
    assert f"below {OWN}" in outcome.error.problems[0].message
    assert world.references.contents == {}


def test_a_key_that_is_named_and_not_there_is_told(world: DropWorld) -> None:
    asked = {"prompt": "x", "input_reference": {"image_url": f"{OWN}media/none.png"}}
    outcome = world.drop(f"{OWN}a.json", json.dumps(asked).encode(), None)

    assert outcome.error is not None
    assert outcome.error.problems[0].message.endswith(f"there is no object {OWN}media/none.png")


def test_media_that_are_too_much_together_are_refused_before_they_are_read(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}media/a.png", a_png(25 * 1024 * 1024))
    part = {"type": "image_url", "image_url": {"url": f"{OWN}media/a.png"}}
    asked = json.dumps({"prompt": "x", "input_references": [part] * 6}).encode()
    outcome = world.drop(f"{OWN}a.json", asked, None)

    assert outcome.error is not None
    assert "input_references[5].image_url.url: at most" in outcome.error.problems[0].message
    assert world.inbox.read_bytes < 130 * 1024 * 1024


def test_a_drop_names_keys_and_no_uploads(world: DropWorld) -> None:
    asked = {"prompt": "x", "input_reference": {"file_id": "file_" + "a" * 26}}
    outcome = world.drop(f"{OWN}a.json", json.dumps(asked).encode(), None)

    assert outcome.error is not None
    assert [problem.param for problem in outcome.error.problems] == ["input_reference.file_id"]
    assert "no uploads" in outcome.error.problems[0].message


def test_a_sound_that_is_too_long_for_its_model_is_refused_before_money(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}media/long.wav", a_wav(seconds=400))
    world.inbox.put(f"{OWN}media/a.png", a_png())
    parts = [
        {"type": f"{kind}_url", f"{kind}_url": {"url": f"{OWN}media/{name}"}}
        for kind, name in (("image", "a.png"), ("audio", "long.wav"))
    ]
    outcome = world.drop(
        f"{OWN}a.json", json.dumps({"prompt": "x", "input_references": parts}).encode(), None
    )

    assert outcome.error is not None
    assert [problem.param for problem in outcome.error.problems] == ["input_references[1].audio_url.url"]
    assert world.references.contents == {}


def test_an_owner_that_was_shut_out_is_told_so(world: DropWorld) -> None:
    world.accounts.owners["owner-1"] = Owner("owner-1", disabled=True)

    assert code(world.drop()) == "owner_disabled"
    assert world.videos.items == {}


def test_a_drop_over_quota_gets_an_outcome_and_no_item(world: DropWorld) -> None:
    world.limits = OwnerLimits(Limits(videos_per_day=1))
    assert world.drop(f"{OWN}1.png").status == "queued"
    arrival = world.put(f"{OWN}2.png", request=REQUEST)

    for _ in range(2):  # its event comes again, and reads the same bytes again
        outcome = world.receive(arrival)

    assert (outcome.status, code(outcome), len(world.videos.items)) == ("refused", "quota_exceeded", 1)
    assert outcome.error is not None
    assert "The 1 videos a day (UTC)" in outcome.error.message


@pytest.mark.parametrize("after", [False, True])
def test_where_the_records_answer_is_lost_the_next_try_finds_or_makes_the_video(
    world: DropWorld, after: bool
) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.videos.fault = once("T0q", after=after)
    try:
        world.drops.receive(arrival)
    except StoreError:
        assert not after
    world.drops.receive(arrival)

    assert world.only_video().state is State.QUEUED
    assert world.told(arrival).status == "queued"


def test_where_the_outcome_was_not_told_the_next_try_tells_it(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.outcomes.error = StoreError("S3: SlowDown")
    with pytest.raises(StoreError):
        world.drops.receive(arrival)
    world.outcomes.error = None

    assert world.receive(arrival).status == "queued"
    assert len(world.videos.items) == 1


def test_an_inbox_that_does_not_answer_refuses_nothing(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.inbox.error = StoreError("S3: 503")
    with pytest.raises(StoreError):
        world.drops.receive(arrival)

    assert world.outcomes.told == {}


def test_media_that_changed_between_two_tries_are_told_and_never_mixed(world: DropWorld) -> None:
    world.inbox.put(f"{OWN}media/a.png", a_png(1))
    asked = {"prompt": "x", "input_reference": {"image_url": f"{OWN}media/a.png"}}
    arrival = world.put(f"{OWN}a.json", json.dumps(asked).encode())
    world.videos.fault = once("T0q", after=False)
    with pytest.raises(StoreError):
        world.drops.receive(arrival)
    world.inbox.put(f"{OWN}media/a.png", a_png(2))

    assert world.receive(arrival).status == "superseded"
    assert world.videos.items == {}


def test_a_late_event_never_takes_back_what_was_told_at_the_end(world: DropWorld) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.receive(arrival)
    video = world.only_video()
    world.publish(replace(video, state=State.STORED, artifacts=(an_artifact(video.video_id),)))

    outcome = world.receive(arrival)

    assert (outcome.status, outcome.bucket) == ("completed", "media")
    assert [artifact.key for artifact in outcome.artifacts] == [f"videos/{video.video_id}/0.mp4"]


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        (State.STORED, "completed", "in the bucket"),
        (State.REJECTED, "failed", "change the request"),
        (State.CANCELED, "canceled", "Drop it again"),
        (State.EXPIRED, "expired", "do not drop it again"),
    ],
)
def test_every_end_says_what_to_do(world: DropWorld, state: State, status: str, words: str) -> None:
    arrival = world.put(STILL, request=REQUEST)
    world.receive(arrival)
    error = an_error() if status in ("failed", "expired") else None
    world.publish(replace(world.only_video(), state=state, error=error))

    outcome = world.told(arrival)
    assert (outcome.status, words in outcome.what_to_do) == (status, True)
    assert (outcome.error is not None) == (error is not None)


def test_no_end_is_told_of_what_was_not_dropped_or_has_not_ended(world: DropWorld) -> None:
    asked = world.submit()
    world.publish(replace(asked, state=State.STORED))
    world.receive(world.put(STILL, request=REQUEST))
    told = dict(world.outcomes.told)
    dropped = next(v for key in world.videos.items if (v := world.videos.read(key.id)) and v.drop)
    world.publish(replace(dropped, state=State.SUBMITTED))

    assert world.outcomes.told == told


def test_metadata_may_say_anything_that_json_can(world: DropWorld) -> None:
    request = {"prompt": "Köln, 100 % Regen + Möwen “früh”", "metadata": {"projekt": "Rhein/Ufer"}}
    assert "%" in encoded(request)

    world.drop(request=request)

    assert world.only_video().request.prompt == request["prompt"]
