"""Days on which nothing was reported, folded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.report.view import Day


def runs(days: tuple[Day, ...]) -> list[Day]:
    """Fold days on which nothing was reported, one after another and alike observed, into one row."""
    rows: list[Day] = []
    for day in days:
        last = rows[-1] if rows else None
        if (
            last
            and last.reported == day.reported == 0
            and last.coverage_label == day.coverage_label
        ):
            rows[-1] = replace(
                last,
                label=f"{last.label.partition(' to ')[0]} to {day.label.rpartition(' to ')[2]}",
            )
        else:
            rows.append(day)
    return rows
