"""Bodies that no provider should send, each in both layers of JSON: the body, and the string `resultJson` inside it."""

import gzip
import json
from collections.abc import Callable

TASK = b'"taskId": "task-1", "state": "success"'
RESULT = b'"resultUrls": ["https://file.apixo.ai/results/1.mp4"]'


def _deep(opening: bytes, closing: bytes, times: int) -> Callable[[bytes], bytes]:
    return lambda good: b"{%s, %s}" % (good, b'"x": ' + opening * times + b"1" + closing * times)


def _beside(more: bytes) -> Callable[[bytes], bytes]:
    return lambda good: b"{%s, %s}" % (good, more)


# Each makes something hostile of what would be good between two braces; a layer that holds it is unreadable as a whole.
UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    # not JSON
    "nothing": lambda _: b"",
    "blanks": lambda _: b" \r\n\t ",
    "NULs": lambda _: b"\x00" * 64,
    "HTML": lambda _: b"<!doctype html><title>502 Bad Gateway</title>",
    "a form": lambda _: b"taskId=task-1&state=success",
    "XML": lambda _: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "gzip": lambda good: gzip.compress(b"{%s}" % good, mtime=0),
    "cut in the middle": lambda good: (b"{%s}" % good)[:-12],
    "cut at the end": lambda good: b"{%s" % good,
    "two in a row": lambda good: b"{%s}{%s}" % (good, good),
    "something behind": lambda good: b"{%s};alert(1)" % good,
    "a comment": lambda good: b"{/* */%s}" % good,
    "a comma too many": lambda good: b"{%s,}" % good,
    "single quotes": lambda good: b"{%s}" % good.replace(b'"', b"'"),
    "a guard before": lambda good: b")]}',\n{%s}" % good,
    "a line end in a text": _beside(b'"x": "a\nb"'),
    "an escape that is none": _beside(b'"x": "\\q"'),
    # not UTF-8
    "not UTF-8": _beside(b'"x": "\xff\xfe"'),
    "an overlong slash": _beside(b'"x": "\xc0\xaf"'),
    "half a character in bytes": _beside(b'"x": "\xed\xa0\x80"'),
    "a byte order mark": lambda good: b"\xef\xbb\xbf{%s}" % good,
    "UTF-16": lambda good: (b"{%s}" % good).decode().encode("utf-16"),
    "UTF-32": lambda good: (b"{%s}" % good).decode().encode("utf-32-le"),
    # half a character, escaped: it breaks log lines and encodings later on
    "half a character": _beside(b'"x": "\\ud800"'),
    "the other half": _beside(b'"x": ["\\udc00"]'),
    "halves in the wrong order": _beside(b'"x": "\\udc00\\ud800"'),
    "half a character for a key": _beside(b'"\\ud800": 1'),
    # two readings
    "every key twice": lambda good: b"{%s, %s}" % (good, good),
    "a key twice, far down": _beside(b'"x": [{"a": 1, "a": 2}]'),
    "a key twice, once escaped": _beside(b'"a": 1, "\\u0061": 2'),
    # numbers that are none, or too much
    "NaN": _beside(b'"x": NaN'),
    "infinity": _beside(b'"x": -Infinity'),
    "beyond every float": _beside(b'"x": 1e999'),
    "5,000 digits": _beside(b'"x": ' + b"1" * 5_000),
    "20 digits": _beside(b'"x": ' + b"9" * 20),
    "octal": _beside(b'"x": 017'),
    "hexadecimal": _beside(b'"x": 0x10'),
    # too deep
    "20,000 brackets open": _beside(b'"x": ' + b"[" * 20_000),
    "10,000 lists": _deep(b"[", b"]", 10_000),
    "5,000 objects": _deep(b'{"a":', b"}", 5_000),
    "40 lists": _deep(b"[", b"]", 40),
}
# Hostile as bytes alone: no text can hold them.
_BYTES = {"not UTF-8", "an overlong slash", "half a character in bytes"}
# Readable, of the wrong kind: nothing in them names a task or holds a link.
EMPTY: dict[str, bytes] = {
    "null": b"null",
    "true": b"true",
    "a number": b"200",
    "a text": b'"task-1"',
    "an empty text": b'""',
    "a list": b'[{"code": 200}]',
    "an empty list": b"[]",
    "an empty object": b"{}",
    "20,000 empty objects": b"[" + b"{}," * 19_999 + b"{}]",
    "keys of a prototype": b'{"__proto__": {"taskId": "task-1"}, "constructor": {"state": "success"}}',
    "an operator": b'{"taskId": {"$ne": null}, "resultUrls": {"$gt": ""}}',
    "a number for an id": b'{"taskId": 1, "resultUrls": 1}',
    "an empty id": b'{"taskId": "", "data": {"taskId": ""}, "resultUrls": [""]}',
    "an id of 257 characters": b'{"taskId": "%s"}' % (b"t" * 257),
    "an id with a line end": b'{"taskId": "task\\n1"}',
    "an id with a NUL": b'{"taskId": "task\\u00001"}',
    "a script for a link": b'{"resultUrls": ["javascript:alert(1)", "file:///etc/passwd", "//evil.test/a"]}',
    "a link with a line end": b'{"resultUrls": ["https://evil.test/\\r\\nHost: x"]}',
    "a link of 3,000 characters": b'{"resultUrls": ["https://evil.test/%s"]}' % (b"a" * 3_000),
}


def outer() -> dict[str, bytes]:
    """Hostile bodies: none names a task."""
    return {name: make(TASK) for name, make in UNREADABLE.items()} | EMPTY


def envelope(result: object) -> bytes:
    """A body as documented, but for its result."""
    data = {"taskId": "task-1", "state": "success", "resultJson": result, "costTime": 12_500}
    return json.dumps({"code": 200, "message": "success", "data": data}).encode()


def inner() -> dict[str, bytes]:
    """Good bodies about task-1 whose result is hostile: none holds a link that anybody could follow."""
    hostile = {name: make(RESULT) for name, make in UNREADABLE.items() if name not in _BYTES} | EMPTY
    return {name: envelope(result.decode("latin-1")) for name, result in hostile.items()}
