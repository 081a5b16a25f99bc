"""A process that is killed without warning loses nothing that it acknowledged (200 kills: `make soak`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.kills import rounds

if TYPE_CHECKING:
    from pathlib import Path


def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    acknowledged, lost = rounds(6, tmp_path)
    assert acknowledged > 6
    assert lost == 0


def test_the_tester_notices_what_was_never_kept(tmp_path: Path) -> None:
    """A child that speaks before it appends is found out."""
    for attempt in range(4):
        place = tmp_path / str(attempt)
        place.mkdir()
        if rounds(6, place, early=True)[1]:
            return
    raise AssertionError("24 kills of a child that speaks too early, and nothing was missed")
