"""Bodies that were made to break a parser are refused as data, in one answer of ordinary size."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.api.body import VideoBody
from reelhook.api.incoming import MAX_BODY
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.request import VideoRequest
from tests.api import asking, problems, read


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "but it is empty."),
        (b" \n", "but it is empty."),
        (b"prompt=a+lighthouse", "but line 1, column 1 is not JSON."),
        (b'{"prompt": "x"', "column 15 is not JSON."),
        (b'{"prompt": "x"} {}', "column 17 is not JSON."),
        (b"{'prompt': 'x'}", "column 2 is not JSON."),
        (b'{"prompt": "a\nb"}', "column 14 is not JSON."),
        (b'--boundary\r\nContent-Disposition: form-data; name="prompt"\r\n', "is not JSON."),
        (b"\xff\xfe{\x00}\x00", "but it is not UTF-8."),
        (b'{"prompt": "\xc3\x28"}', "but it is not UTF-8."),
        (b"\x1f\x8b\x08\x00\x00", "but it is not UTF-8."),
        (b"null", "but it is null."),
        (b'["prompt"]', "but it is a list."),
        (b'"prompt"', "but it is a string."),
        (b"7", "but it is a number."),
        (b'{"prompt": "x", "seed": NaN}', "but NaN is not JSON."),
        (b'{"prompt": "x", "seed": -Infinity}', "but -Infinity is not JSON."),
        (b'{"prompt": "x", "seed": ' + b"1" * 5_000 + b"}", "but it holds a number with too many digits."),
        (b'{"prompt": ' + b"[" * 200_000, "nested more than 8 levels deep."),
        (b'{"prompt": ' * 50_000, "nested more than 8 levels deep."),
    ],
)
def test_what_is_no_json_object_is_one_problem_saying_what_was_expected(body: bytes, found: str) -> None:
    told = problems(body)

    assert list(told) == [None]
    assert 'expected a JSON object such as {"prompt": ' in told[None]
    assert told[None].endswith(found)


@pytest.mark.parametrize(
    ("body", "param", "words"),
    [
        (b'{"prompt": "a", "prompt": "b"}', "prompt", "given twice"),
        (b'{"prompt": "a", "metadata": {"k": "1", "k": "2"}}', "k", "given twice"),
        (b'{"prompt": "\\ud83c"}', "prompt", "half of a surrogate pair"),
        (b'{"prompt": "x", "metadata": {"k": "\\udfac"}}', "metadata.k", "half of a surrogate pair"),
        (b'{"prompt": "x", "metadata": {"\\ud800": ""}}', "metadata.\\ud800", "half of a surrogate pair"),
        (b'{"prompt": "x", "\\ud800": 1}', "\\ud800", "half of a surrogate pair"),
        (b'{"prompt": "x", "seed": 1e999}', "seed", "the number is too large"),
        (b'{"prompt": "x", "seed": ' + b"9" * 4_000 + b"}", "seed", "a whole number of at most 64 bits"),
        (b'{"prompt": "x", "seconds": ' + b"9" * 4_000 + b"}", "seconds", "4 to 15"),
        (b'{"prompt": "x", "__proto__": {}}', "__proto__", "unknown field"),
        (b'{"prompt": "x", "": 1}', "", "unknown field"),
        (b'{"prompt": "x", "a\\u0000\\u202e": 1}', "a\\x00\\u202e", "unknown field"),
        (b'{"prompt": "x", "m": ' + b"[" * 8 + b"]" * 8 + b"}", "m[0][0][0][0][0][0][0]", "more than 8"),
    ],
)
def test_what_a_lenient_parser_would_take_is_named(body: bytes, param: str, words: str) -> None:
    told = problems(body)

    assert list(told) == [param]
    assert words in told[param]


@pytest.mark.parametrize(
    "body",
    [
        asking(**{f"field{index}": 1 for index in range(30_000)}),
        asking(frame_images=[{} for _ in range(100_000)]),
        asking(metadata={str(index): 1 for index in range(30_000)}),
        asking(input_references=[0.5] * 100_000),
        asking(**{"f" * 400_000: 1}),
    ],
    ids=["fields", "frames", "pairs", "references", "name"],
)
def test_the_largest_body_of_faults_gets_a_small_answer(body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    assert len(raw) <= MAX_BODY

    with pytest.raises(InvalidRequestError) as refused:
        read(raw)

    assert len(refused.value.problems) <= 51
    assert len(str(refused.value)) < 10_000


WORDS = st.sampled_from(
    ["type", "image_url", "url", "file_id", "frame_type", "https://a.example/x", "first_frame", ""]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = st.sampled_from(sorted(VideoBody.model_fields)) | st.text(max_size=3)


@given(st.dictionaries(FIELDS, VALUES, max_size=6).map(lambda body: json.dumps(body).encode()) | st.binary())
def test_any_body_is_a_request_or_refused_in_words_that_can_be_sent(body: bytes) -> None:
    try:
        assert isinstance(read(body), VideoRequest)
    except InvalidRequestError as error:
        told = [(problem.param, problem.message) for problem in error.problems]
        json.dumps(told, ensure_ascii=False).encode()
