"""What a size stands for: resolution and aspect ratio, which is all that the providers' pages know.

The table is the maker's: BytePlus ModelArk, "Create a video generation task", parameter `ratio`, the pixel dimensions
of each resolution and aspect ratio. It has one column for the Seedance 1.0 series and one for 1.5 pro and 2.0.
"""

SEEDANCE_2 = {  # Seedance 1.5 pro, 2.0, 2.0 fast
    "864x496": ("480p", "16:9"),
    "752x560": ("480p", "4:3"),
    "640x640": ("480p", "1:1"),
    "560x752": ("480p", "3:4"),
    "496x864": ("480p", "9:16"),
    "992x432": ("480p", "21:9"),
    "1280x720": ("720p", "16:9"),
    "1112x834": ("720p", "4:3"),
    "960x960": ("720p", "1:1"),
    "834x1112": ("720p", "3:4"),
    "720x1280": ("720p", "9:16"),
    "1470x630": ("720p", "21:9"),
    "1920x1080": ("1080p", "16:9"),
    "1664x1248": ("1080p", "4:3"),
    "1440x1440": ("1080p", "1:1"),
    "1248x1664": ("1080p", "3:4"),
    "1080x1920": ("1080p", "9:16"),
    "2206x946": ("1080p", "21:9"),
}

SEEDANCE_1 = {  # Seedance 1.0 series
    "864x480": ("480p", "16:9"),
    "736x544": ("480p", "4:3"),
    "640x640": ("480p", "1:1"),
    "544x736": ("480p", "3:4"),
    "480x864": ("480p", "9:16"),
    "960x416": ("480p", "21:9"),
    "1248x704": ("720p", "16:9"),
    "1120x832": ("720p", "4:3"),
    "960x960": ("720p", "1:1"),
    "832x1120": ("720p", "3:4"),
    "704x1248": ("720p", "9:16"),
    "1504x640": ("720p", "21:9"),
    "1920x1088": ("1080p", "16:9"),
    "1664x1248": ("1080p", "4:3"),
    "1440x1440": ("1080p", "1:1"),
    "1248x1664": ("1080p", "3:4"),
    "1088x1920": ("1080p", "9:16"),
    "2176x928": ("1080p", "21:9"),
}

# Ours: the sizes that every client knows stand for the same pair on every model, though the 1.0 series comes out as
# 1248x704 and 1920x1088 for them.
NOMINAL = {
    "1280x720": ("720p", "16:9"),
    "720x1280": ("720p", "9:16"),
    "1920x1080": ("1080p", "16:9"),
    "1080x1920": ("1080p", "9:16"),
}


def sizes(table: dict[str, tuple[str, str]], *resolutions: str) -> dict[str, tuple[str, str]]:
    """The sizes of these resolutions: the table's own, then the nominal ones."""
    return {size: pair for size, pair in {**table, **NOMINAL}.items() if pair[0] in resolutions}
