"""What bytes are, by their first ones: the formats that the models' pages list, and how large they may be."""

from reelhook.domain.images import looks_like_jpeg, looks_like_png, looks_like_webp

MIB = 1024 * 1024
# ModelArk's pages: an image under 30 MB, a video up to 50, a sound up to 15. What comes with a request is less anyhow.
MAX_BYTES = {"image": 30 * MIB, "video": 50 * MIB, "audio": 15 * MIB}
# Every type that is told here, and its kind.
KINDS = {
    name: name.partition("/")[0]
    for name in (
        *(
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/gif",
            "image/bmp",
            "image/tiff",
            "image/heic",
            "image/heif",
        ),
        *("video/mp4", "video/quicktime", "audio/wav", "audio/mpeg"),
    )
}
EXPECTED = {
    "image": "an image (PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC)",
    "video": "a video (MP4 or QuickTime)",
    "audio": "a sound (WAV or MP3)",
}

_BEGINNINGS = (
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
)
_IMAGES = ((looks_like_png, "image/png"), (looks_like_jpeg, "image/jpeg"), (looks_like_webp, "image/webp"))
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"msf1": "image/heif"}
_VIDEO_BRANDS = {b"qt  ": "video/quicktime"} | dict.fromkeys(
    (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"), "video/mp4"
)
_BMP_HEADERS = (12, 40, 52, 56, 108, 124)  # the sizes of a BMP's second header: "BM" alone begins many a text


def media_type(data: bytes) -> str | None:
    """The MIME type of an image, a video or a sound; `None` for everything else, whatever it is called."""
    for looks_so, found in _IMAGES:
        if looks_so(data):
            return found
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning):
            return found
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp":
        return (_BRANDS | _VIDEO_BRANDS).get(data[8:12])
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return None
