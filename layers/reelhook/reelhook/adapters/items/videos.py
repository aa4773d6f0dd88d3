"""Videos as items, and what stands in a video's stead or beside it: tombstones and fingerprints."""

import hashlib
from dataclasses import MISSING, fields
from json import dumps

from reelhook.adapters.items.attributes import Item, attribute, built, id_in, plain, to_key
from reelhook.adapters.shapes import default_of, to_plain
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.fingerprint import Fingerprint
from reelhook.domain.listing import place
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Key

_STATES = frozenset(State)
_REQUIRED = frozenset(field.name for field in fields(Video) if default_of(field) is MISSING)


def video_to_item(video: Video) -> Item:
    """A whole video, with what only its indexes need."""
    held = {field.name: getattr(video, field.name) for field in fields(video) if field.name != "video_id"}
    told = {name: value for name, value in held.items() if value or name in _REQUIRED}
    told |= {"kind": "video", "owner_order": place(video.created_at, video.video_id)}
    if video.request.user:
        told |= {"user": video.request.user, "owner_user": user_partition(video.owner, video.request.user)}
    return to_key(Key("video", video.video_id)) | {name: attribute(value) for name, value in told.items()}


def video_from_item(item: Item | None) -> Video | None:
    """The video; none for a tombstone. Raises `UnknownStateError`, `UnreadableItemError`."""
    if not item:
        return None
    video_id, held = id_in(item), plain(item)
    if held.get("kind") == "tombstone":
        return None
    if held.get("kind") != "video":
        raise UnreadableItemError(video_id, "its kind is not video")
    state = held.get("state")
    if isinstance(state, str) and state not in _STATES:
        raise UnknownStateError(video_id, state)
    return built(Video, video_id, held | {"video_id": video_id})


def user_partition(owner: str, user: str) -> str:
    """One value for an owner's end user, whatever characters the two are made of."""
    canonical = dumps(["user-index", owner, user], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def tombstone_to_item(tombstone: Tombstone) -> Item:
    """A tombstone; without `owner_order` it is in no list, so that lists never look through what was deleted."""
    told = to_plain(tombstone) | {"kind": "tombstone"}
    del told["video_id"]
    return to_key(Key("video", tombstone.video_id)) | {name: attribute(value) for name, value in told.items()}


def tombstone_from_item(item: Item | None) -> Tombstone | None:
    """The tombstone; none for anything else. Raises `UnreadableItemError`."""
    if not item or item.get("kind") != {"S": "tombstone"}:
        return None
    return built(Tombstone, id_in(item), plain(item) | {"video_id": id_in(item)})


def fingerprint_to_item(fingerprint: Fingerprint) -> Item:
    """A whole fingerprint."""
    held = {field.name: getattr(fingerprint, field.name) for field in fields(fingerprint)}
    told = {name: value for name, value in held.items() if value and name != "fingerprint"}
    told |= {"kind": "fingerprint"}
    return to_key(Key("fingerprint", fingerprint.fingerprint)) | {n: attribute(v) for n, v in told.items()}


def fingerprint_from_item(item: Item) -> Fingerprint:
    """The fingerprint. Raises `UnreadableItemError`."""
    return built(Fingerprint, "a fingerprint", plain(item) | {"fingerprint": id_in(item)})
