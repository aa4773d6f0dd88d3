"""What the use cases need of the outside world, in the domain's own words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from reelhook.domain.answers import Hint, SubmitAnswer, TaskAnswer
from reelhook.domain.errors import UnknownStateError, UnreadableItemError
from reelhook.domain.formats import Format
from reelhook.domain.gate import Gate
from reelhook.domain.ledger import Day
from reelhook.domain.listing import Listing
from reelhook.domain.owners import Owner
from reelhook.domain.references import HeldMedia
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import Instant
from reelhook.domain.token import KeyRing
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import ArtifactType, Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write

type Clock = Callable[[], Instant]
type Randomness = Callable[[int], bytes]
type Unusable = UnknownStateError | UnreadableItemError


class VideoStore(Protocol):
    """The table of videos. Every method raises `StoreError` when the answer is unclear."""

    def read(self, video_id: str) -> Video | None:
        """The video as it stands, read consistently; none if there is none (or only a tombstone)."""

    def tombstone(self, video_id: str) -> Tombstone | None:
        """What stands in a deleted video's place, read consistently."""

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        """At most 100 videos, read consistently; one that cannot be read stands as the reason, one that is none is left out."""

    def listed(self, listing: Listing) -> Iterator[str]:
        """The ids of a listing's videos in its order, from an index that may lag."""

    def apply(self, write: Write) -> Outcome[Video]:
        """Makes one conditional write; a refused one answers the video that stood there (a tombstone is none)."""

    def with_task(self, task_id: str) -> tuple[str, ...]:
        """The ids of videos that carry this task, from an index that may lag."""

    def due(self, now: Instant) -> Iterator[str]:
        """The ids of videos that are due, oldest first within a shard, from an index that may lag."""

    def queued(self, provider: str) -> Iterator[str]:
        """The ids of a provider's queued videos, oldest first, from an index that may lag."""


class Transactions(Protocol):
    """Writes on several items at once, in whichever tables they lie."""

    def apply(self, transaction: Transaction) -> Together:
        """Makes all of its writes or none; raises `StoreError` when the answer is unclear or others were in the way."""


class GateStore(Protocol):
    """The providers' gates. Every method raises `StoreError` when the answer is unclear."""

    def read(self, provider: str) -> Gate:
        """The gate as it stands; one that was never closed is open."""

    def apply(self, write: Write) -> Outcome[Gate]:
        """Makes one conditional write; a refused one answers what stood there."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key; the key itself is not."""

    owner: str
    expires_at: Instant | None = None


class Accounts(Protocol):
    """The table of accounts. Every method raises `StoreError` when the answer is unclear."""

    def find_key(self, key_hash: str) -> ApiKey | None:
        """The key with this SHA-256 (lower-case hex), expired or not."""

    def find_owner(self, name: str) -> Owner | None:
        """The owner as the operator wrote it down; none if nobody did."""


class Ledger(Protocol):
    """The ledger's days, beside the accounts; only transactions write them."""

    def days(self, key: str, days: Sequence[str]) -> Mapping[str, Day]:
        """Those of at most 100 days that the account has, read consistently; raises `StoreError`."""


class Issuer(Protocol):
    """The issuer whose JWTs are taken."""

    @property
    def name(self) -> str:
        """What it calls itself: the `iss` of its JWTs."""

    def subject_of(self, jwt: str) -> str:
        """Whom a JWT speaks of, once everything about it holds; raises `InvalidJwtError`, `IssuerUnavailableError`."""


class TransferQueue(Protocol):
    """The queue before TransferVideo; it only makes things fast, the item is the record."""

    def send(self, video_id: str) -> None:
        """Asks for one transfer; raises `StoreError` if the queue did not take it."""


class PreparedSubmission(Protocol):
    """A request with everything done but the sending: key loaded, body built, token in the URL."""

    def send(self) -> SubmitAnswer:
        """One POST on a fresh connection, never repeated; never raises for what the network does."""


class Provider(Protocol):
    """A video provider in callback mode."""

    def prepare(self, request: VideoRequest, callback_url: str) -> PreparedSubmission:
        """Builds the one POST; raises `ProviderKeyError` if there is no usable API key."""

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:
        """One authenticated status look-up, `seconds` at most; never raises for what the network does."""

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        """Reads what a callback claims; what cannot be read claims nothing."""


class CallbackKeys(Protocol):
    """The keys that sign callback tokens."""

    def ring(self) -> KeyRing:
        """The active keys, remembered for some minutes; raises `NotConfiguredError`, `StoreError`."""

    def newer_ring(self) -> KeyRing:
        """The active keys, read again, though at most once a minute."""


@dataclass(frozen=True, slots=True)
class ObjectIdentity:
    """Whose object it is: an existing one is ours only if both match."""

    video_id: str
    task_id: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in the bucket, with S3's own checksum and the checksum's type."""

    size: int
    content_type: str
    checksum: str
    checksum_type: str
    identity: ObjectIdentity


class ResultStream(Protocol):
    """An open result link: of this `format` by its first bytes, `size` announced or not (`None`).

    `read` raises `ResultError`s. `restart` opens the link anew and begins at the first byte.
    """

    size: int | None
    format: Format

    def read(self, amount: int) -> bytes:
        """Exactly `amount` bytes, or fewer at the end; an incomplete file never ends quietly."""

    def restart(self) -> None:
        """Begins again at the first byte, with the same size."""

    def close(self) -> None:
        """Ends the connection."""


class ResultSource(Protocol):
    """Where results are fetched: allowed origins only, no redirects, no proxies, no encodings."""

    def open(self, link: str, until: Instant, kind: ArtifactType = ArtifactType.VIDEO) -> ResultStream:
        """Opens a link to a result of this kind, for an attempt that ends at `until`; raises `ResultError`s."""


class MediaStore(Protocol):
    """The user's bucket."""

    def find(self, key: str) -> StoredObject | None:
        """What stands at the key; raises `MediaUnavailableError`."""

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        """Streams the result to a key that must be free, or hold this very object.

        Raises the stream's `ResultError`s, `ObjectConflictError`, `MediaUnavailableError`; leaves no upload open.
        """

    def link(self, key: str, content_type: str, seconds: int) -> str:
        """A presigned GET (SigV4) that lives `seconds` and is answered with this type."""

    def clear(self, folder: str) -> int:
        """Deletes every object whose key begins so; how many there were. Raises `MediaUnavailableError`."""


class ReferenceStore(Protocol):
    """Where references lie. Every method raises `StoreError` when the answer is unclear."""

    def put(self, key: str, media: HeldMedia) -> None:
        """Stores the bytes at a key that is free or holds these very bytes; else raises `ObjectConflictError`."""

    def link(self, key: str, seconds: int) -> str:
        """A presigned GET (SigV4) that is asked to live `seconds`, for the provider alone."""

    def remove(self, keys: Sequence[str]) -> None:
        """Deletes these; one that is not there is as good as deleted."""


class Metric(StrEnum):
    """What is counted; the alarms of the template name these."""

    RECONCILE_HEARTBEAT = "ReconcileHeartbeat"
    OLDEST_DUE_SECONDS = "OldestDueSeconds"
    SUBMIT_UNKNOWN = "SubmitUnknown"
    VIDEO_EXPIRED = "VideoExpired"
    TRANSFER_FAILED = "TransferFailed"
    OBJECT_CONFLICT = "ObjectConflict"
    UNKNOWN_ORIGIN = "UnknownOrigin"
    ACCOUNT_PROBLEM = "AccountProblem"
    TASK_ID_CONFLICT = "TaskIdConflict"
    LATE_RESULT = "LateResult"
    CHARGE_ABOVE_ESTIMATE = "ChargeAboveEstimate"
    CALLBACK_REFUSED = "CallbackRefused"
    UNKNOWN_STATE = "UnknownState"
    ITEM_POISONED = "ItemPoisoned"


class Journal(Protocol):
    """What the operator sees: one JSON line per note, and counted metrics."""

    def note(self, message: str, **fields: object) -> None:
        """Something worth a line happened as it should."""

    def warn(self, message: str, **fields: object) -> None:
        """Something worth a look happened."""

    def count(self, metric: Metric, value: int = 1) -> None:
        """Adds to a metric."""
