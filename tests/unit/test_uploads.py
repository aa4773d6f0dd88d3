"""Uploads: forms that are counted, media that are sent by the version that was checked, and links that ran out."""

import json
import re
from dataclasses import replace

import pytest

from reelhook.api.resolver import resolver
from reelhook.api.upload_routes import add_upload_routes
from reelhook.domain.answers import TaskFailed, TryLater
from reelhook.domain.errors.requests import IdempotencyKeyReuseError, QuotaExceededError
from reelhook.domain.failure import Billed
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.ledger import account_keys, day_of
from reelhook.domain.link_life import LINK_SECONDS
from reelhook.domain.references import Asked, HeldMedia, reference
from reelhook.domain.request import Mode
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.uploads import NamedUpload, UploadRequest, is_file_id, random_file_id, upload_key
from reelhook.domain.video import State, Video
from tests.api import Notes, ask, event
from tests.builders import NOW, a_request, an_error
from tests.images import a_png
from tests.unit.world import UPLOADS_PER_DAY, World

FILE = "file_" + "a2" * 13
KEY = f"references/owner-1/uploads/{FILE}"
UNFETCHED = TaskFailed(an_error(code="invalid_media", billed=Billed.NO), unfetched=True)
MIB = 1024 * 1024


@pytest.fixture
def world() -> World:
    world = World()
    world.uploads.post(KEY, a_png())
    return world


def submit(world: World, key: str | None = "key-1", retry: int = 0) -> Video:
    """A request whose first frame was uploaded."""
    asked = Asked(
        a_request(mode=Mode.FRAMES, first_frame="upload:0:named"),
        uploads=(NamedUpload(FILE),),
        params={"upload:0:named": "input_reference.file_id"},
    )
    found = world.examination.of("owner-1", asked)
    attempt = Attempt(world.clock(), retry)
    return world.submission.submit("owner-1", found.request, key, attempt, found.held, found.uploads).video


def sent_frame(world: World, number: int = -1) -> str:
    """The link that the provider was told."""
    return str(world.provider.sent[number][0].first_frame)


def test_a_form_is_for_one_key_of_the_asker_and_one_type_and_lives_a_quarter_of_an_hour(world: World) -> None:
    granted = world.uploading.grant("owner-1", UploadRequest("video/mp4"))

    assert is_file_id(granted.file_id)
    assert world.uploads.forms == [
        (f"references/owner-1/uploads/{granted.file_id}", "video/mp4", 1, 50 * MIB, 900)
    ]
    assert (granted.expires_at, granted.max_bytes) == (NOW + 15 * MINUTE, 50 * MIB)


@pytest.mark.parametrize(
    ("content_type", "most"),
    [("image/jpeg", 30 * MIB), ("video/quicktime", 50 * MIB), ("audio/wav", 15 * MIB)],
)
def test_each_kind_has_its_limit_and_a_size_that_is_told_is_exact(content_type: str, most: int) -> None:
    assert (UploadRequest(content_type).least, UploadRequest(content_type).most) == (1, most)
    assert (UploadRequest(content_type, 77).least, UploadRequest(content_type, 77).most) == (77, 77)


def test_every_upload_has_another_name_of_26_characters() -> None:
    names = {random_file_id(bytes([number] * 17)) for number in range(200)}

    assert len(names) == 200
    assert all(re.fullmatch("file_[a-z2-7]{26}", name) for name in names)


@pytest.mark.parametrize("owner", ["../owner-2", "a/b", "", "..", "jwt-abc"])
def test_no_owner_reaches_anothers_uploads(owner: str) -> None:
    if owner.strip("."):
        assert re.fullmatch(rf"references/[^/]+/uploads/{FILE}", upload_key(owner, FILE))
        assert upload_key(owner, FILE) != upload_key("owner-2", FILE)
    else:
        with pytest.raises(ValueError, match="key"):
            upload_key(owner, FILE)


def test_a_days_uploads_are_counted_and_one_more_is_refused_until_the_next_day(world: World) -> None:
    for _ in range(UPLOADS_PER_DAY):
        world.uploading.grant("owner-1", UploadRequest("image/png"))
    with pytest.raises(QuotaExceededError, match="The 3 uploads a day") as raised:
        world.uploading.grant("owner-1", UploadRequest("image/png"))

    assert [(each.limit, each.most, each.left) for each in raised.value.exceeded] == [
        ("uploads_per_day", "3", "0")
    ]
    assert world.uploading.grant("owner-2", UploadRequest("image/png"))
    [key] = account_keys("owner-1", None)
    today = day_of(world.clock())
    assert world.ledger.days(key, [today])[today].uploads == UPLOADS_PER_DAY
    world.clock.advance(DAY)
    assert world.uploading.grant("owner-1", UploadRequest("image/png"))


def test_the_route_answers_the_form_or_names_what_is_wrong(world: World) -> None:
    app = resolver(Notes())

    class Uses:
        uploading = world.uploading

        def owner_of(self, _headers: object) -> str:
            return "owner-1"

    add_upload_routes(app, Uses)

    def post(**body: object) -> tuple[int, dict[str, str], dict[str, object]]:
        return ask(app, event("POST", "/v1/uploads", body=json.dumps(body)))

    status, headers, told = post(content_type="image/png", size=5_000)
    assert (status, headers["cache-control"]) == (201, "private, no-store")
    assert told["object"] == "upload"
    assert told["fields"] == {
        "Content-Type": "image/png",
        "key": world.uploads.forms[-1][0],
        "policy": "signed",
    }
    assert (told["max_bytes"], told["expires_at"]) == (5_000, (NOW + 15 * MINUTE) // SECOND)

    for body, param in (
        ({}, "content_type"),
        ({"content_type": "text/html"}, "content_type"),
        ({"content_type": "image/png", "key": "videos/a"}, "key"),
        ({"content_type": "image/png", "size": 31 * MIB}, "size"),
        ({"content_type": "image/png", "size": 0}, "size"),
        ({"content_type": "image/png", "size": "5"}, "size"),
    ):
        status, _, answer = post(**body)
        error = answer["error"]
        assert isinstance(error, dict)
        assert (status, error["param"], error["type"]) == (400, param, "invalid_request_error")
    assert len(world.uploads.forms) == 1

    for _ in range(UPLOADS_PER_DAY - 1):
        post(content_type="image/png")
    status, headers, answer = post(content_type="image/png")
    assert (status, answer["error"]) == (429, {**dict(answer["error"]), "code": "quota_exceeded"})  # type: ignore[call-overload]
    assert headers["x-quota-limit-owner-uploads-per-day"] == "3"
    assert headers["x-quota-remaining-owner-uploads-per-day"] == "0"


def test_the_provider_gets_the_version_that_was_checked_and_the_record_holds_no_link(world: World) -> None:
    video = submit(world)

    assert sent_frame(world) == f"https://media.test/{KEY}?X-Amz-Expires={LINK_SECONDS}&versionId=v1"
    assert [(each.file_id, each.version_id) for each in video.uploads] == [(FILE, "v1")]
    assert "https" not in str(video.request.first_frame)


def test_a_video_that_waits_is_sent_with_the_version_that_was_checked_whatever_was_uploaded_since(
    world: World,
) -> None:
    world.provider.submit_answers = [TryLater(1), TryLater(1)]
    video = submit(world)
    world.uploads.post(KEY, b"something else")
    world.dispatch_tick(MINUTE)
    world.dispatch_tick(MINUTE)

    assert world.state(video) is State.SUBMITTED
    assert world.references.versions == ["v1"] * 3
    assert len(world.references.links) == 3  # a new link each time it is sent


def test_the_same_key_with_the_same_upload_is_the_same_video_and_with_another_content_is_refused(
    world: World,
) -> None:
    video = submit(world)
    assert submit(world).video_id == video.video_id
    world.uploads.post(KEY, a_png(1))

    with pytest.raises(IdempotencyKeyReuseError):
        submit(world)
    assert len(world.provider.sent) == 1


def test_an_sdks_retry_without_a_key_meets_its_first_attempt(world: World) -> None:
    video = submit(world, key=None)
    world.clock.advance(SECOND)

    assert submit(world, key=None, retry=1).video_id == video.video_id
    assert len(world.provider.sent) == 1


def test_no_videos_end_and_no_deletion_removes_an_upload(world: World) -> None:
    world.provider.answers_task("task-1", UNFETCHED)
    video = submit(world)
    world.deliver(video)
    world.tick(MINUTE)
    world.ending.delete("owner-1", video.video_id)
    world.tick(HOUR)

    assert world.uploads.contents[KEY] == [a_png()]
    assert submit(world, "key-2").video_id != video.video_id


@pytest.mark.parametrize(
    ("after", "code", "retryable"),
    [
        (59 * MINUTE, "invalid_media", False),
        (61 * MINUTE, "reference_expired", True),
        (10 * HOUR, "reference_expired", True),
    ],
)
def test_media_that_could_not_be_fetched_an_hour_after_sending_had_run_out(
    world: World, after: int, code: str, retryable: bool
) -> None:
    world.provider.answers_task("task-1", UNFETCHED)
    video = submit(world)
    world.clock.advance(after)
    world.deliver(video)

    error = world.see(video).error
    assert error is not None
    assert (error.code, error.retryable, error.billed) == (code, retryable, Billed.NO)


def test_so_had_an_image_that_came_with_the_request(world: World) -> None:
    world.provider.answers_task("task-1", UNFETCHED)
    image = HeldMedia(a_png(), "image/png")
    video = world.submit_held(Asked(a_request(mode=Mode.FRAMES, first_frame=reference(0, image)), (image,)))
    world.clock.advance(2 * HOUR)
    world.deliver(video)

    error = world.see(video).error
    assert error is not None
    assert error.code == "reference_expired"


def test_the_hour_begins_when_a_video_that_waited_was_sent(world: World) -> None:
    world.provider.submit_answers = [TryLater(1)]
    world.provider.answers_task("task-2", UNFETCHED)
    video = submit(world)
    world.dispatch_tick(5 * HOUR)
    world.clock.advance(10 * MINUTE)
    world.deliver(world.see(video))

    error = world.see(video).error
    assert error is not None
    assert error.code == "invalid_media"


@pytest.mark.parametrize("answer", [UNFETCHED, TaskFailed(an_error(code="invalid_media"))])
def test_a_clients_own_link_and_a_failure_of_another_kind_never_run_out(
    world: World, answer: TaskFailed
) -> None:
    world.provider.answers_task("task-1", answer)
    if answer.unfetched:
        video = world.submit(
            request=replace(a_request(), mode=Mode.FRAMES, first_frame="https://a.example/a.png")
        )
    else:
        video = submit(world)
    world.clock.advance(5 * HOUR)
    world.deliver(video)

    error = world.see(video).error
    assert error is not None
    assert error.code == "invalid_media"
