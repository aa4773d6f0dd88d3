"""Forms as clients send them, byte for byte."""

BOUNDARY = "f1d0"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
PROMPT = b"A lighthouse at dawn"


def part(name: str, value: str | bytes, *more: str, filename: str | None = None, quote: str = '"') -> bytes:
    """One part; `more` are further header lines."""
    told = f"form-data; name={quote}{name}{quote}" + ("" if filename is None else f'; filename="{filename}"')
    head = "\r\n".join([f"Content-Disposition: {told}", *more])
    return head.encode() + b"\r\n\r\n" + (value.encode() if isinstance(value, str) else value)


def upload(data: bytes, name: str = "input_reference", filename: str = "upload") -> bytes:
    """A file as the official SDK sends one that has no name."""
    return part(name, data, "Content-Type: application/octet-stream", filename=filename)


def form(*parts: bytes, boundary: str = BOUNDARY) -> bytes:
    """A whole body."""
    edge = f"--{boundary}\r\n".encode()
    return b"".join(edge + each + b"\r\n" for each in parts) + f"--{boundary}--\r\n".encode()


def asking(*parts: bytes) -> bytes:
    """A body with a prompt and these parts."""
    return form(part("prompt", PROMPT), *parts)
