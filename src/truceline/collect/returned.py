"""A table of claims that comes back from an export: which of its rows are evidence, and which are not.

What a coder wrote stands there once more as it was entered (`coded_` before the name), and is the same item again. What a machine read is no evidence
by itself: its text is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.collect.problems import fault
from truceline.model.evidence import ReadingState
from truceline.text.private import holds_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.problem import Problem

CODED = "coded_"
_READING = "reading"
# What a spreadsheet takes for a formula: an export to CSV set a mark before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_returned(names: Sequence[str], must: Sequence[str]) -> bool:
    """Answer whether a header is that of an exported table, and not of one that a coder wrote."""
    return _READING in names and not set(must) <= set(names)


def columns_in(file: str, names: Sequence[str]) -> Problem | None:
    """Complain of a table that was exported for the outside: nobody's row is in it."""
    if any(name.startswith(CODED) for name in names):
        return None
    return fault(
        file,
        "this table was exported without what coders wrote; nothing in it is read",
        "export it again with --inner, or add the mission's own table",
    )


def unmarked(cell: str) -> str:
    """Take the mark away that an export to CSV set before what a spreadsheet would take for a formula."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and bare.startswith(_FORMULA) else cell


def row_in(file: str, number: int, record: dict[str, str]) -> dict[str, str] | Problem:
    """Give the row that a coder wrote, or why there is none."""
    reading = record[_READING]
    if reading == ReadingState.READ.value:
        message = "a machine read this claim in a text; an exported reading is no evidence"
        return fault(
            file, f"{message}; row left out", "add the text itself (text:FILE)", number, _READING
        )
    if reading not in {ReadingState.CODED.value, ReadingState.CHECKED.value}:
        return fault(
            file, f"{reading!r} does not say who read the claim; row left out",
            "add the table as it was exported", number, _READING,
        )  # fmt: skip
    row = {
        name.removeprefix(CODED): cell for name, cell in record.items() if name.startswith(CODED)
    }
    if hidden := next((name for name, cell in row.items() if holds_hidden(cell)), None):
        message = "names of people are hidden in this row, so it is not the one that was entered; row left out"
        return fault(file, message, "add the mission's own table", number, f"{CODED}{hidden}")
    if not any(row.values()):
        message = "people read this claim in a text, no coder's row stands here; row left out"
        return fault(file, message, "add the text itself (text:FILE)", number, _READING)
    return row
