"""Links to media: https to a public host name, and nothing that two readers could read in two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from reelhook.api.links import MAX_URL, check_link
from tests.api import asking, frame, problems, reference


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com",
        "https://example.com/a.png?X-Amz-Signature=abc&x=%20#t=1",
        "HTTPS://Example.COM/a.png",
        "https://example.com.:8443/a@b.png",
        "https://my_bucket.s3.eu-central-1.amazonaws.com/a.png",
        "https://xn--bcher-kva.example/a.png",
        "https://1.2.3.4.example/a.png",
        "https://localhost.example.com/",
        "https://example.com/" + "a" * (MAX_URL - 20),
    ],
)
def test_an_ordinary_link_passes_unchanged(link: str) -> None:
    assert check_link(link) == link


ADDRESS = "must name a public host, no IP address or localhost"
CHARACTERS = "no spaces, backslashes, control or non-ASCII characters"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("", CHARACTERS),
        ("http://example.com/a.png", "an https URL"),
        ("ftp://example.com/a.png", "an https URL"),
        ("file:///etc/passwd", "an https URL"),
        ("//example.com/a.png", "an https URL"),
        ("s3://bucket/key", "an https URL"),
        ("javascript:alert(1)", "an https URL"),
        ("https://example.com/" + "a" * MAX_URL, f"must have at most {MAX_URL} characters"),
        ("https://user@example.com/", "no user name or password"),
        ("https://user:secret@example.com/", "no user name or password"),
        ("https://@example.com/", "no user name or password"),
        ("https://example.com@127.0.0.1/", "no user name or password"),
        ("https://127.0.0.1/", ADDRESS),
        ("https://127.0.0.1./", ADDRESS),
        ("https://127.1/", ADDRESS),
        ("https://0x7f000001/", ADDRESS),
        ("https://0x7f.0.0.0x1/", ADDRESS),
        ("https://0177.0.0.01/", ADDRESS),
        ("https://2130706433/", ADDRESS),
        ("https://169.254.169.254/latest/meta-data/", ADDRESS),
        ("https://[::1]/", ADDRESS),
        ("https://[::ffff:127.0.0.1]:443/", ADDRESS),
        ("https://localhost/", ADDRESS),
        ("https://LOCALHOST:443/", ADDRESS),
        ("https://a.localhost./", ADDRESS),
        ("https://intranet/", ADDRESS),
        ("https:///a.png", ADDRESS),
        ("https:example.com/a.png", ADDRESS),
        ("https://?a.png", ADDRESS),
        ("https://%31%32%37.0.0.1/", ADDRESS),
        ("https://example..com/", ADDRESS),
        ("https://-a.example.com/", ADDRESS),
        ("https://" + "a" * 64 + ".com/", ADDRESS),
        ("https://" + "a." * 130 + "com/", ADDRESS),
        ("https://example.com:0/", ADDRESS),
        ("https://example.com:99999/", "a valid https URL"),
        ("https://example.com:4x3/", "a valid https URL"),
        ("https://[::1/", "a valid https URL"),
        ("https://example.com\\@127.0.0.1/", CHARACTERS),
        ("https://example.com/a b.png", CHARACTERS),
        (" https://example.com/", CHARACTERS),
        ("https://example.com/\n", CHARACTERS),
        ("https://exa\tmple.com/", CHARACTERS),
        ("https://example.com/\x00", CHARACTERS),
        ("https://example.com/é.png", CHARACTERS),
        ("https://\uff11\uff12\uff17.0.0.1/", CHARACTERS),
        ("https://127\u30020.0.1/", CHARACTERS),
    ],
)
def test_a_hostile_or_unusable_link_is_refused_with_its_reason(link: str, words: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        check_link(link)

    assert words in refused.value.message()


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (asking(input_reference={"image_url": "https://127.1/"}), "input_reference.image_url"),
        (asking(input_reference={"image_url": {"url": "https://127.1/"}}), "input_reference.image_url.url"),
        (asking(frame_images=[frame("https://127.1/")]), "frame_images[0].image_url.url"),
        (
            asking(input_references=[reference(), reference("audio", "https://127.1/")]),
            "input_references[1].audio_url.url",
        ),
    ],
)
def test_every_place_for_a_link_is_held_to_the_rule(body: dict[str, object], param: str) -> None:
    assert problems(body) == {param: f"{param}: {ADDRESS}"}


def test_a_refused_link_is_not_repeated_since_it_may_carry_a_signature() -> None:
    told = problems(asking(frame_images=[frame("http://example.com/?X-Amz-Signature=secret")]))

    assert "secret" not in str(told)


@given(st.text(max_size=40) | st.from_regex(r"https://[^/]{0,30}/?", fullmatch=True))
def test_any_text_is_either_a_link_or_refused(text: str) -> None:
    try:
        assert check_link(text) == text
    except PydanticCustomError as refusal:
        assert refusal.type == "link"  # noqa: PT017
