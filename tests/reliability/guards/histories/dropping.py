"""Histories of drops: events that come late, twice, or when something else lies there."""

from collections import Counter

from reelhook.domain.outcomes import DropOutcome
from reelhook.domain.time import HOUR, SECOND
from reelhook.domain.video import FINAL_STATES
from tests.images import a_png
from tests.reliability.guards.histories.registry import history, judged
from tests.reliability.interleaving.invariants import videos_of
from tests.reliability.interleaving.stage import Stage
from tests.unit.dropping import OWN, REQUEST, DropWorld, unversioned


class DropStage(DropWorld, Stage):
    """The stage, with an inbox."""


@history("a drop whose event comes last though it was first")
def first_comes_last() -> list[str]:
    stage = DropStage()
    arrivals = []
    for number in range(3):
        arrivals.append(stage.put(f"{OWN}{number}.png", request=REQUEST))
        stage.clock.advance(SECOND)
    for arrival in reversed(arrivals):
        stage.clock.advance(SECOND)
        stage.receive(arrival)
    stage.dispatch_tick()
    sent = list(stage.truth.tasks.values())
    dropped = [arrival.drop.video_id for arrival in arrivals]
    return judged(stage) + ([] if sent == dropped else ["POSTED OUT OF ORDER"])


@history("a drop's event twice")
def event_twice() -> list[str]:
    stage = DropStage()
    arrival = stage.put(f"{OWN}still.png", request=REQUEST)
    for _ in range(2):
        stage.drops.receive(arrival)
        stage.dispatch_tick()
    drops = Counter(video.drop for video in videos_of(stage))
    wrong = [f"{amount} VIDEOS FOR ONE DROP" for amount in drops.values() if amount > 1]
    return judged(stage) + wrong


@history("a drop's event again when its video has ended")
def event_after_the_end() -> list[str]:
    stage = DropStage()
    arrival = stage.put(f"{OWN}still.png", request=REQUEST)
    stage.receive(arrival)
    wrong = judged(stage)
    stage.tick(HOUR)
    stage.drops.receive(arrival)
    return wrong + judged(stage) + [f"REFERENCE LEFT: {key}" for key in stage.references.contents]


@history("a drop that is replaced before its event comes, without versions")
def replaced_without_versions() -> list[str]:
    stage = DropStage()
    images = [a_png(number) for number in (1, 2)]
    arrivals = [unversioned(stage.put(f"{OWN}still.png", image, REQUEST)) for image in images]
    for arrival in arrivals:
        stage.receive(arrival)
    made = [held.data for held in stage.references.contents.values()]
    wrong = [] if made == images[1:] else [f"MADE OF ANOTHER'S IMAGE: {len(made)} videos"]
    return judged(stage) + wrong


@history("a drop's first word comes after its last one")
def first_word_last() -> list[str]:
    """SubmitDrop stands still between the record and the outcome, until everything is over."""
    stage = DropStage()
    arrival, begin = stage.put(f"{OWN}still.png", request=REQUEST), stage.outcomes.begin

    def late(outcome: DropOutcome) -> None:
        setattr(stage.outcomes, "begin", begin)  # noqa: B010 - once
        stage.dispatch_tick()
        judged(stage)
        for video in videos_of(stage):
            stage.publish(video)
        stage.outcomes.begin(outcome)

    setattr(stage.outcomes, "begin", late)  # noqa: B010 - as above
    told = stage.receive(arrival).status
    (video,) = videos_of(stage)
    assert video.state in FINAL_STATES
    wrong = [] if told == video.status.value else [f"TOLD {told} AFTER THE END"]
    return judged(stage) + wrong


@history("a drop refused, and its event again when its owner is known")
def refused_then_taken() -> list[str]:
    """What was refused is told as it ends, once it was taken after all."""
    stage = DropStage()
    arrival, owner = stage.put(f"{OWN}still.png", request=REQUEST), stage.accounts.owners.pop("owner-1")
    refused = stage.receive(arrival).status
    stage.accounts.owners["owner-1"] = owner
    stage.drops.receive(arrival)
    wrong = judged(stage)
    (video,) = videos_of(stage)
    stage.publish(video)
    told = [refused, stage.told(arrival).status]
    return wrong + ([] if told == ["refused", video.status.value] else [f"TOLD {told}"])
