"""JSON from strangers is read in one way only, or not at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.wire.strict_json import UnreadableError, read

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("ab\u00e9", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)

REFUSED = {
    "nothing": b"",
    "blanks": b"  \n ",
    "no JSON": b"<html>502 Bad Gateway</html>",
    "two values": b"{} {}",
    "a cut object": b'{"code": 200, "data": {"taskId": "task_1',
    "a trailing comma": b'{"a": 1,}',
    "equal keys": b'{"state": "failed", "state": "success"}',
    "equal keys, one escaped": b'{"state": "failed", "st\\u0061te": "success"}',
    "equal keys, deep": b'[{"a": [{"b": 1, "b": 1}]}]',
    "NaN": b'{"costTime": NaN}',
    "Infinity": b'{"costTime": Infinity}',
    "-Infinity": b'{"costTime": -Infinity}',
    "a number beyond every float": b'{"costTime": 1e999}',
    "a number of 5,000 digits": b'{"costTime": ' + b"9" * 5000 + b"}",
    "a number beyond 64 bits": b'{"costTime": 9223372036854775808}',
    "100,000 brackets": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "100,000 open brackets": b"[" * 100_000,
    "33 levels around a value": b"[" * 33 + b"1" + b"]" * 33,
    "half a character": b'{"taskId": "\\ud800"}',
    "half a character in a key": b'{"\\udfff": 1}',
    "Latin-1": '{"taskId": "é"}'.encode("latin-1"),
    "an overlong encoding": b'{"taskId": "\xc0\xaf"}',
    "an encoded surrogate": b'{"taskId": "\xed\xa0\x80"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"code": 200}'.encode("utf-16"),
    "UTF-16 without a mark": '{"code": 200}'.encode("utf-16-le"),
    "a raw control character": b'{"taskId": "a\nb"}',
    "objects without a list": b"{}," * 21_845,
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"null", None),
        (b" [] ", []),
        (b'"https://file.apixo.ai/video.mp4"', "https://file.apixo.ai/video.mp4"),
        (b'{"createTime": 1767965610929}', {"createTime": 1767965610929}),
        (b"-999999999999999999", -999999999999999999),
        (b"74.8700", 74.87),
        (b'"\\ud83c\\udfac"', "\U0001f3ac"),
        (b'{"a": {"a": 1}, "b": {"a": 1}}', {"a": {"a": 1}, "b": {"a": 1}}),
    ],
)
def test_reads(raw: bytes, value: object) -> None:
    assert read(raw) == value


def test_reads_32_levels_around_a_value() -> None:
    assert read(b"[" * 32 + b"1" + b"]" * 32) is not None


def test_reads_64_kib_of_empty_objects() -> None:
    assert len(read(b"[" + b"{}," * 21_000 + b"{}]")) == 21_001


def test_says_nothing_of_what_it_read() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b'{"secret-token": "\\ud800", "secret-token": 1}')
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(PLAIN)
def test_whatever_can_be_read_in_one_way_is_read_so(value: object) -> None:
    assert read(json.dumps(value).encode()) == value
    assert read(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=200) | st.text('{}[]":,\\u0d8ntf1e9.- ', max_size=60).map(str.encode))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    try:
        value = read(raw)
    except UnreadableError:
        return
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
