"""Forms that nobody should send: the body, its Content-Type, and the field that the answer names (`None`: the body)."""

from dataclasses import dataclass

from tests.forms import BOUNDARY, FORM, PROMPT, asking, form, part, upload
from tests.images import JPEG, a_png


@dataclass(frozen=True)
class Hostile:
    """One body; `status` is what it is answered."""

    name: str
    body: bytes
    param: str | None
    content_type: str = FORM
    status: int = 400


def _head(line: bytes) -> bytes:
    return f"--{BOUNDARY}\r\n".encode() + line + b"\r\n\r\nx\r\n" + f"--{BOUNDARY}--\r\n".encode()


def _typed(name: str, boundary: str) -> Hostile:
    return Hostile(name, asking(), None, f"multipart/form-data{boundary}")


GOOD = asking(upload(a_png()))
FRAME = '{"type": "image_url", "frame_type": "first_frame", "image_url": {"url": "%s"}}'

HOSTILE = (
    # the boundary
    _typed("no boundary", ""),
    _typed("an empty boundary", "; boundary="),
    _typed("an empty boundary in quotes", '; boundary=""'),
    _typed("a boundary of 71 characters", "; boundary=" + "b" * 71),
    _typed("a boundary of 1 MB", "; boundary=" + "b" * 1_000_000),
    _typed("a boundary in another alphabet", "; boundary=грань"),
    _typed("another boundary than the body's", "; boundary=other"),
    _typed("a boundary with a line break", '; boundary="f1\r\nd0"'),
    _typed("a charset where the boundary belongs", "; charset=utf-8"),
    _typed("a parameter that never ends", '; boundary="' + "\\" * 4_000),
    Hostile("a boundary that runs through the file", form(upload(f"\r\n--{BOUNDARY}x".encode())), None),
    # the whole
    Hostile("nothing at all", b"", None),
    Hostile("only line breaks", b"\r\n" * 1_000, None),
    Hostile("JSON in a form's clothes", b'{"prompt": "x"}', None),
    Hostile("no parts", f"--{BOUNDARY}--\r\n".encode(), "prompt"),
    Hostile("text before the first boundary", b"hello" + GOOD, None),
    Hostile("line feeds alone", GOOD.replace(b"\r\n", b"\n"), None),
    Hostile("nothing but zeros", bytes(100_000), None),
    *(Hostile(f"cut after {cut} bytes", GOOD[:cut], None) for cut in (3, 10, 40, 90, 150, 230)),
    Hostile("no end", GOOD[: GOOD.rindex(f"--{BOUNDARY}--".encode())], None),
    Hostile("half an end", GOOD[:-4], None),
    Hostile("10,000 parts", form(*[part(f"field{n}", "x") for n in range(10_000)]), None),
    Hostile("65 empty parts", form(*[part("user", "")] * 65), None),
    # the headers of a part
    Hostile("a part without headers", _head(b""), None),
    Hostile("a part of another disposition", _head(b"Content-Disposition: attachment; name=prompt"), None),
    Hostile("a part without a name", _head(b"Content-Disposition: form-data"), None),
    Hostile("a header without a colon", _head(b"Content-Disposition form-data"), None),
    Hostile("a header that is no UTF-8", _head(b'Content-Disposition: form-data; name="\xff"'), None),
    Hostile("a header over two lines", _head(b"Content-Disposition: form-data;\r\n name=prompt"), None),
    Hostile("a header of 1 MB", form(part("prompt", "x", "X-Long: " + "a" * 1_000_000)), None),
    Hostile("a name of 100 KB", form(part("p" * 100_000, "x")), None),
    Hostile("a hundred headers", form(part("prompt", "x", *[f"X-{n}: 1" for n in range(100)])), None),
    Hostile("a length that is a lie", form(part("prompt", "x", "Content-Length: 1000")), None),
    Hostile("a length that is no number", form(part("prompt", "x", "Content-Length: -1")), None),
    # names
    Hostile("an empty name", asking(part("", "x")), ""),
    Hostile("a line break in a name", asking(part("us%0D%0Aer", "x")), r"us\r\ner"),
    Hostile("a zero in a name", asking(part("us\x00er", "x")), r"us\x00er"),
    Hostile("a name nobody knows", asking(part("callback_url", "https://a.example/")), "callback_url"),
    Hostile("a list by brackets", asking(part("frame_images[][type]", "image_url")), "frame_images[][type]"),
    Hostile("a list of scalars", asking(part("input_references[]", "x")), "input_references[]"),
    Hostile("a numbered list", asking(part("frame_images[0][type]", "x")), "frame_images[0][type]"),
    Hostile("brackets where none belong", asking(part("user[name]", "x")), "user[name]"),
    Hostile("nested brackets", asking(part("metadata[a][b]", "x")), "metadata.a"),
    Hostile("a hundred nested brackets", asking(part("metadata" + "[a]" * 100, "x")), "metadata.a"),
    Hostile("open brackets", asking(part("metadata[a", "x")), "metadata[a"),
    Hostile("brackets in disorder", asking(part("metadata]a[", "x")), "metadata]a["),
    Hostile("brackets alone", asking(part("[a]", "x")), "[a]"),
    Hostile("a field twice", form(part("prompt", "a"), part("prompt", "b")), "prompt"),
    Hostile("a key twice", asking(*[part("metadata[a]", "x")] * 2), "metadata[a]"),
    Hostile("an object and its key", asking(part("metadata", "{}"), part("metadata", "{}")), "metadata"),
    Hostile(
        "a text and its key",
        asking(part("input_reference", "x"), part("input_reference[a]", "x")),
        "input_reference.image_url",
    ),
    Hostile("a file twice", asking(upload(a_png()), upload(a_png())), "input_reference"),
    # text
    Hostile("text in another charset", asking(part("user", "é".encode("latin-1"))), "user"),
    Hostile(
        "text that says another charset",
        asking(part("user", "x", "Content-Type: text/plain; charset=utf-16")),
        "user",
    ),
    Hostile("half a surrogate pair", asking(part("user", b"\xed\xa0\x80")), "user"),
    Hostile("a seed that is no number", asking(part("seed", "0x10")), "seed"),
    Hostile("a seed beyond 64 bits", asking(part("seed", "9" * 20)), "seed"),
    Hostile("a number of a million digits", asking(part("seed", "9" * 1_000_000)), "seed"),
    Hostile("seconds in words", asking(part("seconds", "five")), "seconds"),
    Hostile("audio in words", asking(part("generate_audio", "yes")), "generate_audio"),
    Hostile("a prompt of blanks", form(part("prompt", "  ")), "prompt"),
    # JSON in a field
    Hostile("JSON that is none", asking(part("frame_images", "[{type: image_url}]")), "frame_images"),
    Hostile("JSON of another kind", asking(part("metadata", "[]")), "metadata"),
    Hostile("JSON with a name twice", asking(part("metadata", '{"a": "1", "a": "2"}')), "a"),
    Hostile("JSON without a bottom", asking(part("frame_images", "[" * 100_000)), "frame_images"),
    Hostile("JSON with NaN", asking(part("provider_options", '{"web_search": NaN}')), "provider_options"),
    Hostile(
        "JSON of 2 million lists", asking(part("frame_images", f"[{'[],' * 2_000_000}[]]")), None, status=413
    ),
    Hostile("JSON that is nothing", asking(part("input_references", "")), "input_references"),
    # files
    Hostile("an empty file", asking(upload(b"")), "input_reference"),
    Hostile("a file of text", asking(upload(b"hello")), "input_reference"),
    Hostile(
        "text that claims to be a PNG",
        asking(part("input_reference", "hello", "Content-Type: image/png", filename="a.png")),
        "input_reference",
    ),
    Hostile(
        "a page that claims to be a PNG",
        asking(upload(b"<svg onload=alert(1)>", filename="a.png")),
        "input_reference",
    ),
    Hostile("half a PNG's first bytes", asking(upload(a_png()[:5])), "input_reference"),
    Hostile(
        "a video where an image belongs",
        asking(upload(b"\x00\x00\x00\x18ftypisom" + bytes(50))),
        "input_reference",
    ),
    Hostile("a file in place of text", form(upload(PROMPT, "prompt", "prompt.txt")), "prompt"),
    Hostile("a file in place of a list", asking(upload(JPEG, "frame_images")), "frame_images"),
    Hostile(
        "a file in brackets", asking(upload(JPEG, "input_reference[image_url]")), "input_reference[image_url]"
    ),
    Hostile(
        "a link that is none", asking(part("input_reference", "/etc/passwd")), "input_reference.image_url"
    ),
    Hostile(
        "a link to this machine",
        asking(part("input_reference", "https://127.0.0.1/")),
        "input_reference.image_url",
    ),
    Hostile(
        "a reference that is somebody's",
        asking(part("input_reference", "reference:0:" + "a" * 64)),
        "input_reference.image_url",
    ),
    Hostile(
        "a data URL in JSON that is none",
        asking(part("frame_images", f"[{FRAME % 'data:image/png;base64,%%%'}]")),
        "frame_images[0].image_url.url",
    ),
)
