"""What is a link, and how many results one task may have."""

MOST = 8
_MAX_LINK = 2048


def is_link(text: str) -> bool:
    """An http link is let through here: only origins on the operator's list are ever fetched."""
    return (
        text.lower().startswith(("https://", "http://"))
        and len(text) <= _MAX_LINK
        and all(character > " " and character != "\x7f" for character in text)
    )
