"""A size stands for the resolution and the shape that the maker's pixel table gives it."""

import pytest

from tests.models import CATALOG, model

# BytePlus ModelArk, "Create a video generation task", parameter `ratio`.
SERIES_2 = {
    ("480p", "16:9"): "864x496",
    ("480p", "4:3"): "752x560",
    ("480p", "1:1"): "640x640",
    ("480p", "3:4"): "560x752",
    ("480p", "9:16"): "496x864",
    ("480p", "21:9"): "992x432",
    ("720p", "16:9"): "1280x720",
    ("720p", "4:3"): "1112x834",
    ("720p", "1:1"): "960x960",
    ("720p", "3:4"): "834x1112",
    ("720p", "9:16"): "720x1280",
    ("720p", "21:9"): "1470x630",
    ("1080p", "16:9"): "1920x1080",
    ("1080p", "4:3"): "1664x1248",
    ("1080p", "1:1"): "1440x1440",
    ("1080p", "3:4"): "1248x1664",
    ("1080p", "9:16"): "1080x1920",
    ("1080p", "21:9"): "2206x946",
}
SERIES_1 = {
    ("480p", "16:9"): "864x480",
    ("480p", "4:3"): "736x544",
    ("480p", "1:1"): "640x640",
    ("480p", "3:4"): "544x736",
    ("480p", "9:16"): "480x864",
    ("480p", "21:9"): "960x416",
    ("720p", "16:9"): "1248x704",
    ("720p", "4:3"): "1120x832",
    ("720p", "1:1"): "960x960",
    ("720p", "3:4"): "832x1120",
    ("720p", "9:16"): "704x1248",
    ("720p", "21:9"): "1504x640",
    ("1080p", "16:9"): "1920x1088",
    ("1080p", "4:3"): "1664x1248",
    ("1080p", "1:1"): "1440x1440",
    ("1080p", "3:4"): "1248x1664",
    ("1080p", "9:16"): "1088x1920",
    ("1080p", "21:9"): "2176x928",
}
OLDER = "modellix/seedance-1.0-pro-fast-t2v"


@pytest.mark.parametrize("name", CATALOG.names)
def test_every_pair_that_a_model_offers_has_its_size_and_no_other_pair_has_one(name: str) -> None:
    table = SERIES_1 if name == OLDER else SERIES_2
    offered = model(name).fields["resolution"].values.schema["enum"]
    assert isinstance(offered, list)
    expected = {size: pair for pair, size in table.items() if pair[0] in offered}

    assert expected.items() <= model(name).sizes.items()
    assert set(model(name).sizes.values()) == set(expected.values())


@pytest.mark.parametrize("name", CATALOG.names)
def test_the_sizes_that_every_client_knows_mean_the_same_on_every_model(name: str) -> None:
    assert model(name).sizes["1280x720"] == ("720p", "16:9")
    assert model(name).sizes["720x1280"] == ("720p", "9:16")


def test_sizes_beyond_a_models_resolutions_are_not_offered() -> None:
    assert "1920x1080" not in model("apixo/seedance-2-0-fast").sizes
    assert model("apixo/seedance-2-0").sizes["1920x1080"] == ("1080p", "16:9")
    assert model(OLDER).sizes["1920x1080"] == ("1080p", "16:9")


@pytest.mark.parametrize("name", CATALOG.names)
def test_a_size_has_the_shape_that_its_aspect_ratio_names(name: str) -> None:
    for size, (_, ratio) in model(name).sizes.items():
        (width, height), (across, down) = map(int, size.split("x")), map(int, ratio.split(":"))
        assert width / height == pytest.approx(across / down, rel=0.03), size
