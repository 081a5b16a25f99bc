"""Two people issue a report: one drafts it, another approves these bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.conftest import Command

AUTHOR, APPROVER = "Ann Ax", "Ben Bo"
LOOKED = "every place and hour was published by a side itself"


def draft(truceline: Command, mission: Path, out: Path, *words: str | Path) -> Result:
    """Draft the next report of a mission."""
    return truceline(
        "report", "draft", mission, "--out", out, "--by", AUTHOR, "--harm", LOOKED, *words
    )


def approve(
    truceline: Command, mission: Path, drafted: Path, out: Path, by: str = APPROVER
) -> Result:
    """Issue a draft, by a second person."""
    return truceline(
        "report", "issue", mission, drafted, "--out", out, "--by", by, "--harm", LOOKED
    )


def issue(truceline: Command, mission: Path, out: Path, *words: str | Path) -> Result:
    """Draft a report, and issue it; the draft stands beside it."""
    drafted = out.with_name(f"{out.name}-draft")
    result = draft(truceline, mission, drafted, *words)
    assert result.exit_code in {0, 1}, result.output
    return approve(truceline, mission, drafted, out)
