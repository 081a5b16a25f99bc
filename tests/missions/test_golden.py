"""The demonstration's findings, line by line; `python -m tests.missions.golden` rewrites the golden."""

from __future__ import annotations

from dataclasses import replace

from tests.missions import golden
from truceline.pipeline import assess, gather


def test_the_demonstration_stands_as_recorded() -> None:
    # Decisions that a developer recorded in a local ledger are no part of the golden.
    gathered = replace(gather(golden.MISSION, record=False), decisions=())
    found = golden.lines(assess(gathered, golden.CUT))
    assert found == golden.GOLDEN.read_text(encoding="utf-8")
