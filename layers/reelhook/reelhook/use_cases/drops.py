"""Taking drops: an event of S3 becomes a queued video, or an outcome that says why not. Nothing is sent from here."""

from reelhook.domain.drops import Arrival, Drop, asks, is_plain
from reelhook.domain.errors.drops import DropChangedError, NoRequestError, OddKeyError, UnknownOwnerError
from reelhook.domain.errors.requests import (
    InvalidRequestError,
    OwnerDisabledError,
    PriceUnknownError,
    Problem,
    QuotaExceededError,
    RequestError,
)
from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.lifecycle.sending import enqueue_new
from reelhook.domain.outcomes import SUPERSEDED, OutcomeError, outcome_of, refusal
from reelhook.domain.owners import OwnerLimits
from reelhook.domain.ports.drops import Outcomes
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.uploads import upload_number
from reelhook.domain.video import Video
from reelhook.use_cases.drop_requests import DropRequests
from reelhook.use_cases.examination import Examination, Examined
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.recording import Recording

_MEND = "Mend what is listed, then drop it again. Nothing was sent, nothing was paid."
_REFUSED: dict[type[RequestError], tuple[str, str]] = {
    NoRequestError: (
        "no_request",
        'Put the request, as {"prompt": "..."}, percent-encoded into the object\'s metadata x-amz-meta-reelhook, or as '
        "_request.json beside it or in a folder above, then drop it again.",
    ),
    UnknownOwnerError: (
        "unknown_owner",
        "Drop it below drops/<owner>/, where the owner is one that has a key (make key OWNER=<owner>).",
    ),
    OwnerDisabledError: ("owner_disabled", "Ask whoever runs this service."),
    OddKeyError: ("invalid_key", "Drop it at a plain key below drops/<owner>/."),
    InvalidRequestError: ("invalid_request", _MEND),
    QuotaExceededError: ("quota_exceeded", "Drop it again once there is room. Nothing was sent."),
    PriceUnknownError: (
        "price_unknown",
        "Ask for another model, or whoever runs this service to set its price.",
    ),
    DropChangedError: (
        SUPERSEDED,
        "Nothing, if what stands there now is meant: it has an outcome of its own.",
    ),
}


class Drops:
    """An event may come twice, late, and in any order: a drop's id, and its place in the queue, are in the event itself."""

    def __init__(
        self,
        requests: DropRequests,
        examination: Examination,
        outcomes: Outcomes,
        recording: Recording,
        owners: Owners,
        limits: OwnerLimits,
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
        media_bucket: str,
        max_age: int,
    ) -> None:
        self._requests, self._examination = requests, examination
        self._outcomes, self._recording = outcomes, recording
        self._owners, self._limits, self._clock = owners, limits, clock
        self._randomness, self._journal = randomness, journal
        self._bucket, self._max_age = media_bucket, max_age

    def receive(self, arrival: Arrival) -> None:
        """One event. Raises `StoreError` and `NotConfiguredError`: then the same event may come again."""
        drop = arrival.drop
        if not asks(drop.key):
            self._journal.note("not a drop", key=drop.key)
            return
        if self._stands(drop):
            return
        try:
            video = self._recorded(arrival)
        except tuple(_REFUSED) as error:
            if not self._stands(drop):  # the same event, handled beside this one, may have been luckier
                self._refuse(drop, error)
            return
        if video is not None:
            self._tell(drop, video)

    def _stands(self, drop: Drop) -> bool:
        """Whether its event came before; whoever then died may not have told its outcome."""
        standing = self._recording.standing(drop.video_id)
        match standing:
            case None:
                return False
            case Video():
                self._tell(drop, standing)
            case Tombstone():
                pass  # its owner deleted the video, and is told nothing more
        self._journal.note("drop is on record", video_id=drop.video_id)
        return True

    def _recorded(self, arrival: Arrival) -> Video | None:
        """The video on record, whoever wrote it: an existing id is always the same drop. None if it was deleted since."""
        drop = arrival.drop
        if not is_plain(drop.key):
            raise OddKeyError
        owner = self._owners.known(drop.owner) if drop.owner else None
        if owner is None:
            raise UnknownOwnerError(drop.owner)
        if owner.disabled:
            raise OwnerDisabledError("This account is disabled.")
        found, limits = self._examined(arrival), owner.limits.over(self._limits)
        draft = self._recording.draft(
            drop.video_id, owner.name, found.request, limits, len(found.held), drop=drop
        )
        try:
            self._recording.keep(draft, found.held)
        except ObjectConflictError:  # an earlier attempt at this event read other media under the same names
            raise DropChangedError(removed=False) from None
        claim = self._randomness(16).hex()
        write = enqueue_new(draft, claim, self._max_age)
        met = self._recording.record(write, draft, limits, claim)
        self._journal.note("queued", video_id=draft.video_id, duplicate=bool(met))
        if not met:
            return draft
        stood = met[write.name]
        return stood if isinstance(stood, Video) else None

    def _examined(self, arrival: Arrival) -> Examined:
        asked = self._requests.asked(arrival)
        uploads = [param for media, param in asked.params.items() if upload_number(media) is not None]
        if uploads:
            told = (f"{param}: a drop names keys below its own folder, and no uploads" for param in uploads)
            raise InvalidRequestError(*map(Problem, uploads, told))
        return self._examination.of(arrival.drop.owner, asked)

    def _tell(self, drop: Drop, video: Video) -> None:
        self._outcomes.begin(outcome_of(video, drop, self._bucket, self._clock()))

    def _refuse(self, drop: Drop, error: RequestError) -> None:
        code, what_to_do = _REFUSED[type(error)]
        problems = error.problems if isinstance(error, InvalidRequestError) else ()
        self._journal.warn("drop refused", video_id=drop.video_id, owner=drop.owner, code=code)
        self._journal.count(Metric.DROP_REFUSED)
        told = OutcomeError(code, str(error), problems)
        self._outcomes.begin(refusal(drop, told, what_to_do, self._clock()))
