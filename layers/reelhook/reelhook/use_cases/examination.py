"""Looking into the media of a request before anything is paid: uploads and bytes alike, never a client's link."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.requests import InvalidRequestError, Problem, UploadNotFoundError
from reelhook.domain.file_rules import ExaminedFile, file_problems
from reelhook.domain.media_types import EXPECTED, MAX_BYTES, media_type
from reelhook.domain.ports.uploads import ByteSource, MediaProbe, StoredUpload, UploadStore
from reelhook.domain.references import Asked, HeldMedia, reference_number, with_media
from reelhook.domain.request import KIND_OF, VideoRequest
from reelhook.domain.uploads import (
    UploadVersion,
    is_file_id,
    upload,
    upload_key,
    upload_number,
)
from reelhook.use_cases.byte_sources import HeldSource, UploadSource

_NOT_FOUND = "there is no upload of this name, or nothing was uploaded to it"
_TIMED = ("video", "audio")


@dataclass(frozen=True, slots=True)
class Examined:
    """A request whose media are sound: its uploads by the versions that were looked into."""

    request: VideoRequest
    held: tuple[HeldMedia, ...] = ()
    uploads: tuple[UploadVersion, ...] = ()


@dataclass(slots=True)
class _Findings:
    """What was found so far; `missing`: an upload that is not there."""

    problems: list[Problem] = field(default_factory=list)
    files: list[ExaminedFile] = field(default_factory=list)
    missing: bool = False

    def refuse(self, param: str, words: str) -> None:
        self.problems.append(Problem(param, f"{param}: {words}"))


class Examination:
    """Judges media by their own bytes, and by what the model's page says of them."""

    def __init__(self, store: UploadStore, probe: MediaProbe, catalog: Catalog) -> None:
        self._store, self._probe, self._catalog = store, probe, catalog

    def of(self, owner: str, asked: Asked) -> Examined:
        """The same request, with the versions of its uploads.

        Raises `UploadNotFoundError` and `InvalidRequestError` with every problem, and `StoreError`.
        """
        findings, found = _Findings(), dict[str, StoredUpload]()
        for kind, media in _media(asked.request):
            source = self._source(owner, asked, media, found, findings)
            if source is not None:
                self._examine(asked.params[media], kind, source, findings)
        model = self._catalog.find(asked.request.model)
        if model is not None and not findings.problems:
            findings.problems += file_problems(model, findings.files)
        if findings.missing:
            raise UploadNotFoundError(*findings.problems)
        if findings.problems:
            raise InvalidRequestError(*findings.problems)
        versions = tuple(
            UploadVersion(named.file_id, found[named.file_id].version_id) for named in asked.uploads
        )
        return Examined(_with_contents(asked, found), asked.held, versions)

    def _source(
        self,
        owner: str,
        asked: Asked,
        media: str,
        found: dict[str, StoredUpload],
        findings: _Findings,
    ) -> ByteSource | None:
        """The bytes of one medium; none of a link, nor of an upload that is not there."""
        if (number := reference_number(media)) is not None:
            return HeldSource(asked.held[number])
        if (number := upload_number(media)) is None:
            return None
        named = asked.uploads[number].file_id
        if named not in found:
            standing = self._store.find(upload_key(owner, named)) if is_file_id(named) else None
            if standing is None:
                findings.missing = True
                findings.refuse(asked.params[media], _NOT_FOUND)
                return None
            found[named] = standing
        return UploadSource(self._store, upload_key(owner, named), found[named])

    def _examine(self, param: str, kind: str, source: ByteSource, findings: _Findings) -> None:
        told = media_type(source.read(0, 64)) or "of no known type"
        if told.partition("/")[0] != kind:
            findings.refuse(param, f"{EXPECTED[kind]} expected, the bytes are {told}")
            return
        if source.size > MAX_BYTES[kind]:
            findings.refuse(param, f"{kind}s have at most {MAX_BYTES[kind]} bytes, got {source.size}")
            return
        seconds: float | None = 0
        if kind in _TIMED:
            seconds = self._probe.seconds(source)
        if seconds is None:
            findings.refuse(param, f"how long this {kind} lasts cannot be read: it is cut short or damaged")
        else:
            findings.files.append(ExaminedFile(param, kind, seconds))


def _media(request: VideoRequest) -> Iterator[tuple[str, str]]:
    for name, media in request.media().items():
        yield from ((KIND_OF[name], each) for each in media)


def _with_contents(asked: Asked, found: dict[str, StoredUpload]) -> VideoRequest:
    """The request with what was uploaded in place of what it is called."""

    def by_content(media: str) -> str:
        number = upload_number(media)
        if number is None:
            return media
        return upload(number, found[asked.uploads[number].file_id].content)

    return with_media(asked.request, by_content) if asked.uploads else asked.request
