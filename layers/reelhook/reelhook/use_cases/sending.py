"""The one paid POST: everything is ready before the claim, and its outcome is recorded, whatever it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from reelhook.domain import gate as gates_of
from reelhook.domain.answers import Accepted, NotSent, Refused, TryLater, Unclear
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.running import ProviderKeyError, StoreError
from reelhook.domain.lifecycle import sending
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.providers import CallbackKeys, PreparedSubmission, Provider
from reelhook.domain.ports.videos import GateStore, VideoStore
from reelhook.domain.token import Bearing, mint
from reelhook.domain.video import Video
from reelhook.domain.writes import Write
from reelhook.use_cases.claiming import settle
from reelhook.use_cases.referencing import References


@dataclass(frozen=True, slots=True)
class SendingRules:
    """The operator's settings for sending; `max_age` in ms, `retention_days` 0 for ever."""

    stage: str
    callback_base_url: str
    max_age: int
    retention_days: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one POST; `waits`: the provider took nothing for now, and its gate is closed."""

    video: Video
    waits: bool = False


class Sender:
    """Sends claimed videos, each claim once."""

    def __init__(
        self,
        videos: VideoStore,
        gates: GateStore,
        providers: Mapping[str, Provider],
        references: References,
        catalog: Catalog,
        keys: CallbackKeys,
        clock: Clock,
        journal: Journal,
        rules: SendingRules,
    ) -> None:
        self._videos, self._gates, self._providers = videos, gates, providers
        self._references, self._catalog = references, catalog
        self._keys, self._clock, self._journal, self._rules = keys, clock, journal, rules

    def prepare(self, video: Video) -> PreparedSubmission:
        """Key, token, links and body, so that the claim is the last thing before the POST.

        Raises `NotConfiguredError`, `StoreError`.
        """
        expires = self._clock() + self._catalog.timing(video.request).token_life
        bearing = Bearing(self._rules.stage, video.provider, video.video_id)
        token = mint(self._keys.ring().current, bearing, expires)
        callback_url = (
            f"{self._rules.callback_base_url}/v1/callbacks/{video.provider}/{video.video_id}/{token}"
        )
        request = self._references.linked(video)
        try:
            return self._providers[video.provider].prepare(request, callback_url)
        except ProviderKeyError as error:
            self._journal.warn("no usable API key", provider=video.provider, detail=str(error))
            self._journal.count(Metric.ACCOUNT_PROBLEM)
            raise

    def send(self, video: Video, submission: PreparedSubmission, *, from_queue: bool) -> Sent:
        """One POST for this claim, and one more try only where not a byte was sent."""
        answer = submission.send()
        if isinstance(answer, NotSent):
            answer = submission.send()
        self._journal.note("submitted", video_id=video.video_id, answer=type(answer).__name__)
        match answer:
            case Accepted(task_id):
                return Sent(self._accepted(video, task_id))
            case TryLater(retry_after):
                return self._wait(video, retry_after)
            case NotSent(reason):
                self._journal.warn("provider not reachable", video_id=video.video_id, reason=reason)
                return self._wait(video)
            case Refused(error, account, detail):
                self._journal.warn("submit refused", video_id=video.video_id, code=error.code, detail=detail)
                if account:
                    self._journal.count(Metric.ACCOUNT_PROBLEM)
                if account and from_queue:
                    return self._wait(video, account=True)
                now, days = self._clock(), self._rules.retention_days
                return Sent(self._record(video, sending.refused(video, _claim(video), error, now, days)))
            case Unclear(reason):
                self._journal.warn("submit unclear", video_id=video.video_id, reason=reason)
                return Sent(video)

    def _accepted(self, video: Video, task_id: str) -> Video:
        self._journal.note("accepted", video_id=video.video_id, task_id=task_id)
        standing = self._record(video, sending.accepted(video, _claim(video), task_id))
        if standing.task_id not in (None, task_id):
            self._journal.warn("another task is recorded", video_id=video.video_id, task_id=task_id)
            self._journal.count(Metric.TASK_ID_CONFLICT)
        try:
            if self._gates.read(video.provider).refusals:
                self._gates.apply(gates_of.reopen(video.provider))
        except StoreError:
            self._journal.warn("gate not reopened", provider=video.provider)
        return standing

    def _wait(self, video: Video, retry_after: int | None = None, *, account: bool = False) -> Sent:
        try:
            gate = self._gates.read(video.provider)
            self._gates.apply(gates_of.close(gate, self._clock(), retry_after, account))
        except StoreError:
            self._journal.warn("gate not closed", provider=video.provider)
        write = sending.requeue(video, _claim(video), self._rules.max_age)
        return Sent(self._record(video, write), waits=True)

    def _record(self, video: Video, write: Write) -> Video:
        """The video as it stands now; if the store stays silent, the claim stands and a callback heals it."""
        try:
            return settle(self._videos, write).item or video
        except StoreError:
            self._journal.warn("outcome not recorded", video_id=video.video_id, write=write.name)
            return video


def _claim(video: Video) -> str:
    if video.claim is None:
        raise ValueError(f"{video.video_id} is sent without a claim")
    return video.claim
