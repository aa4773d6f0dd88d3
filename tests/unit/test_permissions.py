"""Granted and used: what the verdict on a session sees, and what it lets pass."""

import pytest

from tests.grants import grants
from tests.permissions import ASKED, NEVER_ASKED, is_excused, verdict

ALL = set(grants())
USED = {grant for grant in ALL if not is_excused(grant)}


def test_a_session_that_used_what_is_granted_is_fine() -> None:
    assert verdict(USED) == []


@pytest.mark.parametrize("grant", sorted(USED), ids=" ".join)
def test_a_grant_that_nobody_used_is_told(grant: tuple[str, str, str]) -> None:
    assert verdict(USED - {grant}) == [f"granted, never used: {' '.join(grant)}"]


def test_a_use_that_nothing_grants_is_told() -> None:
    use = ("VideosRole", "s3:DeleteObjectVersion", "arn:aws:s3:::media/videos/1.mp4")

    assert verdict({*USED, use}) == [f"used, not granted: {' '.join(use)}"]


def test_an_excuse_that_is_none_any_more_is_told() -> None:
    grant = ("TransferVideoRole", "sqs:DeleteMessage", "TransferQueue.Arn")

    assert verdict({*USED, grant}) == [f"excused, yet used: {' '.join(grant)}"]


def test_every_excuse_has_a_grant_and_a_reason() -> None:
    assert set(NEVER_ASKED) == {action for _, action, _ in ALL - USED}
    assert {grant[:2] for grant in USED} >= ASKED
    assert all(len(reason.split()) >= 8 for reason in NEVER_ASKED.values())
