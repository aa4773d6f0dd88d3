"""The parts of a form: multipart/form-data as RFC 7578 has it, and nothing of what lenient readers take besides."""

from collections.abc import Iterator
from dataclasses import dataclass

from reelhook.domain.errors.requests import InvalidRequestError, Problem

MAX_PARTS = 64  # every field, and metadata and options at their limits, are 47
MAX_HEADER, MAX_HEADERS = 2_048, 8  # of one part; file names are some hundred bytes
MAX_BOUNDARY = 70  # RFC 2046, 5.1.1
_EXAMPLE = "expected a form such as curl -F prompt='A lighthouse' -F input_reference=@still.png makes"


@dataclass(frozen=True, slots=True)
class Part:
    """One part; `charset` as its header has it."""

    name: str
    is_file: bool
    charset: str | None
    data: bytes


def parts_of(body: bytes, content_type: str) -> Iterator[Part]:
    """The parts of a form, in order; raises `InvalidRequestError` for what is none."""
    # Not before a form arrives: most requests are JSON, and a cold start counts.
    from multipart import MultipartError, ParserLimitReached, PushMultipartParser, parse_options_header

    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not 0 < len(boundary) <= MAX_BOUNDARY or not boundary.isascii():
        raise _unreadable("its Content-Type names no boundary of 1 to 70 characters")
    segment, data = None, list[bytes]()
    try:
        parser = PushMultipartParser(
            boundary,
            content_length=len(body),
            max_header_size=MAX_HEADER,
            max_header_count=MAX_HEADERS,
            max_segment_count=MAX_PARTS,
            strict=True,
        )
        with parser:
            for event in parser.parse(body):
                if isinstance(event, bytes | bytearray):
                    data.append(bytes(event))
                elif event is None and segment is not None:
                    yield Part(segment.name, segment.filename is not None, segment.charset, b"".join(data))
                else:
                    segment, data = event, []
    except ParserLimitReached:
        limits = f"{MAX_PARTS} parts with {MAX_HEADERS} headers of {MAX_HEADER} bytes each"
        raise _unreadable(f"it has more than {limits}") from None
    except MultipartError:
        raise _unreadable("it is cut short or has another shape") from None


def _unreadable(found: str) -> InvalidRequestError:
    return InvalidRequestError(Problem(None, f"The form cannot be read: {_EXAMPLE}, but {found}."))
