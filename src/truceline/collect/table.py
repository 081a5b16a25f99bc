"""A table of text from bytes to rows: what is no table, and what its header lacks, is told once for the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.collect.problems import fault
from truceline.collect.returned import columns_in, is_returned, row_in, unmarked
from truceline.collect.sheets import is_workbook, rows_of
from truceline.model.problem import Problem, Severity
from truceline.terms.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# How alike two names of columns are where one is taken for the other misspelt, of 100.
_NEAR = 80.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a kind of table: those it must have, those it may have, and labels that are dropped.

    `sheet`: the sheet of a workbook that holds it; `alone`: a table with any other column is refused whole; `returns`:
    it may come back from an export.
    """

    must: tuple[str, ...]
    sheet: str
    may: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    alone: bool = False
    returns: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """Every column that is understood."""
        return (*self.must, *self.may, *self.labels)


def read_table(
    file: str, content: bytes, columns: Columns
) -> Iterator[Problem | tuple[int, dict[str, str]]]:
    """Give each row by its number and its cells by column, without labels; what cannot be read is a problem.

    A file that is no table, or lacks a column, gives problems alone.
    """
    rows = rows_of(file, content, columns.sheet)
    header = next(rows, None)
    if isinstance(header, Problem):
        yield header
        return
    names = [name.strip() for name in header[1]] if header else []
    returned = is_returned(names, columns.must) and columns.returns
    if returned and not is_workbook(content):
        rows = (
            row if isinstance(row, Problem) else (row[0], [unmarked(cell) for cell in row[1]])
            for row in rows
        )
    problems = list(
        _returned_problems(file, names) if returned else _header_problems(file, names, columns)
    )
    yield from problems
    if any(p.severity is Severity.ERROR for p in problems):
        return
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  counted for the notice below
        yield (
            row
            if isinstance(row, Problem)
            else _record(file, row, names, columns, returned=returned)
        )
    if not count:
        yield Problem(
            severity=Severity.NOTICE, file=file, message="the table has no rows",
            advice="add rows, or remove the file",
        )  # fmt: skip


def _record(
    file: str, row: tuple[int, list[str]], names: Sequence[str], columns: Columns, *, returned: bool
) -> Problem | tuple[int, dict[str, str]]:
    number, cells = row
    if len(cells) != len(names):
        message = f"{len(cells)} cells where the header has {len(names)} columns; row left out"
        return fault(file, message, "quote cells that hold a comma; give every column", number)
    record = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    if returned:
        back = row_in(file, number, record)
        if isinstance(back, Problem):
            return back
        record = dict.fromkeys(columns.must, "") | back
    for label in columns.labels:
        record.pop(label, None)
    return number, {name: cell for name, cell in record.items() if cell or name in columns.must}


def _returned_problems(file: str, names: Sequence[str]) -> Iterator[Problem]:
    """Complain of an exported table that holds nobody's rows."""
    if problem := columns_in(file, names):
        yield problem


def _header_problems(file: str, names: Sequence[str], columns: Columns) -> Iterator[Problem]:
    if not set(names) & set(columns.must):
        other = next((mark for mark in (";", "\t", "|") if mark in "".join(names)), None)
        why = f"; the cells seem to be parted by {other!r}" if other else ""
        advice = f"part cells with `,` under a header row; expected: {', '.join(columns.must)}"
        found = f"no column of the first row is known, nothing in this file is read{why}"
        yield fault(file, found, advice, 1)
        return
    for name in columns.must:
        if name not in names:
            yield fault(
                file,
                f"the column {name!r} is missing; nothing in this file is read",
                f"add the column (it may be empty); expected: {', '.join(columns.must)}",
                1,
                name,
            )
    for name in sorted({c for c in names if names.count(c) > 1}):
        yield fault(file, f"the column {name!r} stands twice", "keep one of them", 1, name)
    for name in (name for name in names if name not in columns.known and columns.alone):
        yield fault(
            file, "a column that this table may not have; nothing in this file is read",
            f"take it out; the table holds {', '.join(columns.known)} and nothing else", 1,
            name or "(no name)",
        )  # fmt: skip
    if not columns.alone:
        yield from _own_columns(file, names, columns)


def _own_columns(file: str, names: Sequence[str], columns: Columns) -> Iterator[Problem]:
    """Tell of a mission's own columns, and warn of one that may be a known one misspelt."""
    own = sorted({name for name in names if name not in columns.known})
    missing = [name for name in columns.known if name not in names]
    for name in list(own):
        near = nearest(name, missing, alike=_NEAR)
        if near or not name:
            own.remove(name)
            yield Problem(
                severity=Severity.WARNING, file=file, row=1, field=name or "(no name)",
                message="this column is not understood; its cells are kept but not read",
                advice=f"is it {near!r}? rename it" if near else "give it a name, or remove it",
            )  # fmt: skip
    if own:
        yield Problem(
            severity=Severity.NOTICE, file=file, row=1,
            message=f"the mission's own columns, kept and exported, not read: {', '.join(own)}",
            advice=f"nothing to do; what is read: {', '.join(columns.known)}",
        )  # fmt: skip
