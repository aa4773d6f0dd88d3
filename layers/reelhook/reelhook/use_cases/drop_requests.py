"""What a drop asks for: its request, wherever that lies, and the bytes that belong to it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from reelhook.domain.drops import DROPS, METADATA, Arrival, own_key, requests_above
from reelhook.domain.errors.drops import DropChangedError, NoRequestError
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.media_types import media_type
from reelhook.domain.ports.drops import Content, Inbox, Named, RequestReader, Standing
from reelhook.domain.references import Asked, HeldMedia

IMAGE = "input_reference"  # what the dropped image is to its request
MOST_TOGETHER = 128 * 1024 * 1024  # bytes of one drop's media: they are held in the function's memory
MOST_FOLDERS = 32  # above a drop: each is asked for a request


class DropRequests:
    """Reads drops from the inbox; asks for sizes before it reads anything."""

    def __init__(self, inbox: Inbox, reader: RequestReader) -> None:
        self._inbox, self._reader = inbox, reader

    def asked(self, arrival: Arrival) -> Asked:
        """The request with its bytes.

        Raises `DropChangedError`, `NoRequestError`, `InvalidRequestError`, `StoreError`.
        """
        drop = arrival.drop
        standing = self._inbox.find(drop.key)
        if standing is None or standing.etag != arrival.etag:
            raise DropChangedError(removed=standing is None)
        is_request = drop.key.endswith(".json")
        most = self._reader.most if is_request else self._reader.most_image
        dropped = self._read(drop.key, standing, None if is_request else IMAGE, most, drop.version_id)
        if dropped.request is not None:
            raw = unquote(dropped.request, errors="surrogateescape").encode(errors="surrogateescape")
            return self._with_media(self._fields(raw, f"x-amz-meta-{METADATA}"), arrival, dropped)
        if is_request:
            return self._with_media(self._fields(dropped.data, drop.key), arrival, None)
        return self._with_media(self._nearest(drop.key), arrival, dropped)

    def _nearest(self, key: str) -> dict[str, Any]:
        for place in requests_above(key)[:MOST_FOLDERS]:
            standing = self._inbox.find(place)
            if standing is not None:
                return self._fields(self._read(place, standing, None, self._reader.most).data, place)
        raise NoRequestError

    def _fields(self, raw: bytes, place: str) -> dict[str, Any]:
        """What is wrong with a request names its place: the nearest one may lie folders above."""
        try:
            return self._reader.fields(raw)
        except InvalidRequestError as error:
            told = (replace(problem, message=f"{place}: {problem.message}") for problem in error.problems)
            raise InvalidRequestError(*told) from None

    def _with_media(self, fields: Mapping[str, Any], arrival: Arrival, dropped: Content | None) -> Asked:
        """The dropped image is the first frame, unless the request names it, as any other key, at another place."""
        media, problems, own = dict[str, HeldMedia](), list[Problem](), arrival.drop.key
        left = MOST_TOGETHER - (0 if dropped is None else len(dropped.data))
        placed = dropped is None
        for named in self._reader.named(fields):
            try:
                key = self._key(named, arrival.drop.owner)
                if dropped is not None and key == own:
                    content, placed = dropped, True
                else:
                    content = self._named(key, named, left)
                    left -= len(content.data)
            except InvalidRequestError as error:
                problems += error.problems
                continue
            media[named.param] = _held(content.data)
        if dropped is not None and not placed:
            if IMAGE in fields:
                problems.append(Problem(IMAGE, f"{IMAGE}: the dropped image is it; leave it out"))
            fields, media = {**fields, IMAGE: None}, {**media, IMAGE: _held(dropped.data)}
        if problems:
            raise InvalidRequestError(*problems)
        return self._reader.asked(fields, media)

    def _key(self, named: Named, owner: str) -> str:
        key = own_key(named.text, owner)
        if key is None:
            told = f"{named.param}: a https link, or a key below {DROPS}{owner}/"
            raise InvalidRequestError(Problem(named.param, told))
        return key

    def _named(self, key: str, named: Named, left: int) -> Content:
        standing = self._inbox.find(key)
        if standing is None:
            raise InvalidRequestError(Problem(named.param, f"{named.param}: there is no object {key[:300]}"))
        return self._read(key, standing, named.param, min(named.most, left))

    def _read(
        self, key: str, standing: Standing, param: str | None, most: int, version_id: str | None = None
    ) -> Content:
        if standing.size > most:
            what = "the request" if param is None else param
            told = f"{what}: at most {most} bytes, the object has {standing.size}"
            raise InvalidRequestError(Problem(param, told))
        content = self._inbox.read(key, standing.etag, version_id)
        if content is None:
            raise DropChangedError(removed=False)
        return content


def _held(data: bytes) -> HeldMedia:
    return HeldMedia(data, media_type(data))
