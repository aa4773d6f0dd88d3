"""Links are found in every shape this family of providers was seen to use; what is no link is passed over."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.providers.apixo_results import links

A, B = "https://file.apixo.ai/a.mp4", "https://cdn.apixo.ai/output/b.mp4?X-Sig=%2Fq&t=1"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(A),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["resultUrls", "url", "videos", "resultJson", "x"]), inner, max_size=4
        )
    ),
    max_leaves=16,
)


@pytest.mark.parametrize(
    "result",
    [
        json.dumps({"resultUrls": [A, B]}),
        json.dumps(json.dumps({"resultUrls": [A, B]})),
        {"resultUrls": [A, B]},
        {"resultUrls": json.dumps([A, B])},
        json.dumps([A, B]),
        [A, B],
        *(
            {key: [A, B]}
            for key in ("result_urls", "urls", "videos", "images", "imageUrls", "files", "resultUrl")
        ),
        {"videos": [{"url": A, "width": 1280}, {"url": B}]},
        {"resultUrls": [A, A, B, A]},
        {"resultUrls": [A, None, 7, "", "no link", {"x": A}, True, [], B]},
        {"resultUrls": [], "urls": [A, B]},
        {"resultUrls": [A, B], "images": ["https://file.apixo.ai/cover.jpg"]},
        f" {json.dumps({'resultUrls': [f' {A} ', B]})} ",
    ],
)
def test_the_links_are_found_in_order(result: Any) -> None:
    assert links({"resultJson": result}) == (A, B)


@pytest.mark.parametrize("result", [A, f" {A}\n", json.dumps(A), {"resultUrl": A}, {"url": A}, [{"url": A}]])
def test_a_single_link_is_found(result: Any) -> None:
    assert links({"resultJson": result}) == (A,)


def test_links_beside_an_empty_result_are_found() -> None:
    assert links({"resultJson": None, "resultUrls": [A]}) == (A,)
    assert links({"videos": [{"url": A}]}) == (A,)


@pytest.mark.parametrize(
    "result",
    [
        None,
        "",
        "null",
        "done",
        "{}",
        "[]",
        "7",
        '{"resultUrls": null}',
        '{"resultUrls": ["ftp://file.apixo.ai/a.mp4", "file:///etc/passwd", "//file.apixo.ai/a", "javascript:1"]}',
        '{"resultUrls": ["https://file.apixo.ai/a b.mp4", "https://file.apixo.ai/a\\nb"]}',
        '{"resultUrls": ["https://file.apixo.ai/' + "a" * 2_048 + '"]}',
        '{"resultUrls": ["https://file.apixo.ai/a"], "resultUrls": []}',
        '{"resultUrls": ["https://file.apixo.ai/\\ud800"]}',
        '{"resultUrls": ["https://file.apixo.ai/a"], "x": NaN}',
        "[" * 20_000 + "]" * 20_000,
        "{}," * 20_000,
        7,
        True,
        [[[[[[[[A]]]]]]]],
        "\ud800",
    ],
)
def test_what_holds_no_link_gives_none(result: Any) -> None:
    assert links({"resultJson": result}) == ()


def test_eight_links_are_enough() -> None:
    many = [f"https://file.apixo.ai/{number}.mp4" for number in range(20)]
    assert links({"resultJson": {"resultUrls": many}}) == tuple(many[:8])


def test_a_link_may_be_2048_characters_long() -> None:
    link = "https://file.apixo.ai/".ljust(2_048, "a")
    assert links({"resultJson": link}) == (link,)


@given(st.dictionaries(st.sampled_from(["resultJson", "resultUrls", "videos"]), JSON | JSON.map(json.dumps)))
def test_nothing_raises_and_only_links_come_out(task: dict[str, Any]) -> None:
    found = links(task)
    assert set(found) <= {A}
