"""Running a stage to its rest, and what must then be true of it."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from reelhook.domain.video import OPEN_STATES, State, Video
from reelhook.domain.writes import Key
from tests.reliability.interleaving.stage import Stage

ROUNDS = 300
REDELIVERIES = (30 * SECOND, 2 * MINUTE, 10 * MINUTE)


def videos_of(stage: Stage) -> list[Video]:
    """All videos there are."""
    read = (stage.videos.read(key.id) for key in stage.videos.items)
    return [video for video in read if video is not None]


def rest(stage: Stage) -> None:
    """The provider delivers again what was not answered 200; ticks alone do everything else."""
    for delivery in [
        delivery for delivery in stage.deliveries if delivery.genuine and delivery.status != 200
    ]:
        for pause in REDELIVERIES:
            stage.clock.advance(pause)
            video = stage.videos.read(delivery.video_id)
            if video is not None and stage.callback(video, delivery.task_id) == 200:
                break
    for _ in range(ROUNDS):
        stage.dispatch_tick()
        stage.tick()
        stage.work()
        if not any("open" in item for item in stage.videos.items.values()):
            return
        stage.clock.now = max(stage.clock() + MINUTE, _next_time(stage))


def _next_time(stage: Stage) -> int:
    """The next minute in which anything can happen."""
    times = [item["due_at"] for item in stage.videos.items.values() if "open" in item]
    gate = stage.gates.read("apixo")
    if any(video.state is State.QUEUED for video in videos_of(stage)):
        times.append(gate.not_before or 0)
    return min(times, default=stage.clock() + HOUR)


def always(stage: Stage) -> list[str]:
    """What must be true after every step."""
    found = [*stage.changes_of_final, *stage.over]
    for video_id, paid in stage.truth.paid().items():
        if paid > _most_paid(stage):
            found.append(f"PAID {paid} TIMES: {video_id}")
        if Key("video", video_id) not in stage.videos.items:
            found.append(f"paid and not on record: {video_id}")
    found += [f"{versions} versions of {key}" for key, versions in stage.versions.items() if versions > 1]
    for video in videos_of(stage):
        if video.state is State.STORED:
            found += _wrong_bytes(stage, video)
        if video.state in OPEN_STATES and (video.open is None or video.due_at is None):
            found.append(f"{video.state} and never due: {video.video_id}")
        if (video.queue is not None) != (video.state is State.QUEUED):
            found.append(f"{video.state} with queue {video.queue}: {video.video_id}")
        if video.asked > 8:
            found.append(f"asked {video.asked} times: {video.video_id}")
    return found


def _most_paid(stage: Stage) -> int:
    """Once; only if a 429 lied, and no callback came before the next claim, nothing can prevent a second task."""
    names = stage.videos.applied
    warned = "T5" in names and ("T12" not in names or names.index("T5") < names.index("T12"))
    return 2 if stage.lying_429 and "T12" in names and not warned else 1


def at_rest(stage: Stage) -> list[str]:
    """What must be true once ticks have nothing more to do."""
    found = always(stage)
    for video in videos_of(stage):
        if video.state in OPEN_STATES:
            found.append(f"STUCK in {video.state}: {video.video_id}")
        if video.open or video.lease or video.lease_until:
            found.append(f"{video.state} with open {video.open}, lease {video.lease}: {video.video_id}")
        if _known_success(stage, video) and video.state is not State.STORED:
            found.append(f"RESULT LOST: {video.state} though its task succeeded: {video.video_id}")
    found += _not_as_granted(stage)
    found += stage.books.at_rest()
    if stage.gates.read("apixo").lease is not None:
        found.append("the gate's lease is still there")
    return found + _too_many_look_ups(stage)


def _not_as_granted(stage: Stage) -> list[str]:
    """What the owner was told is done, and is not; and what is left of what was deleted."""
    granted, found = set(stage.answers), list[str]()
    for key, item in stage.videos.items.items():
        deleted = item["kind"] == "tombstone"
        if deleted != (("delete", key.id) in granted):
            found.append(f"deleted {deleted}, which is not what the owner was told: {key.id}")
        if not deleted and (item["state"] == "canceled") != (("cancel", key.id) in granted):
            found.append(f"{item['state']}, which is not what the owner was told: {key.id}")
        if ("cancel", key.id) in granted and stage.truth.tasks_of(key.id) and not stage.lying_429:
            found.append(f"canceled and paid: {key.id}")
        if deleted and any(name.startswith(f"videos/{key.id}/") for name in stage.media.contents):
            found.append(f"deleted and LEFT BEHIND: {key.id}")
        if deleted and {"open", "due_at"} & set(item):
            found.append(f"deleted and still due: {key.id}")
    return found


def _known_success(stage: Stage, video: Video) -> bool:
    """Whether a task of this video succeeded, and we were told its id."""
    to_it = [delivery for delivery in stage.deliveries if delivery.video_id == video.video_id]
    told = {delivery.task_id for delivery in to_it if delivery.status == 200}
    if video.state is State.REJECTED and not video.asked:
        return False  # the provider refused what it then made, and no callback came before its refusal
    known = told | {task_id for video_id, task_id in stage.recorded if video_id == video.video_id}
    return bool(known.intersection(stage.truth.tasks_of(video.video_id)) - stage.truth.failing)


def _wrong_bytes(stage: Stage, video: Video) -> list[str]:
    """Every result of one of its tasks, in order, and nothing besides."""
    stored = [stage.media.contents.get(artifact.key) for artifact in video.artifacts]
    there = [key for key in stage.media.contents if key.startswith(f"videos/{video.video_id}/")]
    own = [
        [stage.truth.links[link] for link in stage.truth.links_of(task_id)]
        for task_id in stage.truth.tasks_of(video.video_id)
    ]
    return [] if stored in own and len(there) == len(stored) else [f"WRONG BYTES in {video.video_id}"]


def _too_many_look_ups(stage: Stage) -> list[str]:
    """Look-ups per id: one per delivery, 6 of the schedule, 4 per hint, 1; unanswered ones are not limited."""
    if stage.truth.down_until or stage.truth.unpublished:
        return []
    found = []
    for task_id, looks in stage.truth.looked_up.items():
        deliveries = sum(delivery.task_id == task_id for delivery in stage.deliveries)
        if looks > deliveries * 5 + 7:
            found.append(f"{looks} look-ups of {task_id}")
    return found
