"""A table of text from bytes to rows: what is no table, and what its header lacks, is told once for the file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A long text is no reason to lose the rows after it.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a kind of table: those it must have, those it may have, and labels that are dropped.

    `alone`: a table with any other column is refused whole.
    """

    must: tuple[str, ...]
    may: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    alone: bool = False

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
    text = _decode(file, content)
    if isinstance(text, Problem):
        yield text
        return
    rows = _rows(file, text)
    header = next(rows, None)
    if isinstance(header, Problem):
        yield header
        return
    names = header[1] if header else []
    problems = list(_header_problems(file, names, columns))
    yield from problems
    if any(p.severity is Severity.ERROR for p in problems):
        return
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  counted for the notice below
        yield row if isinstance(row, Problem) else _record(file, row, names, columns)
    if not count:
        yield Problem(
            severity=Severity.NOTICE, file=file, message="the table has no rows",
            advice="add rows, or remove the file",
        )  # fmt: skip


def _record(
    file: str, row: tuple[int, list[str]], names: Sequence[str], columns: Columns
) -> Problem | tuple[int, dict[str, str]]:
    number, cells = row
    if len(cells) != len(names):
        message = f"{len(cells)} cells where the header has {len(names)} columns; row left out"
        return fault(file, message, "quote cells that hold a comma; give every column", number)
    record = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    for label in columns.labels:
        record.pop(label, None)
    return number, {name: cell for name, cell in record.items() if cell or name in columns.must}


def _decode(file: str, content: bytes) -> str | Problem:
    if not content.strip():
        return fault(file, "the file is empty", "add a header row and rows, or remove the file")
    if b"\x00" in content:
        return fault(
            file, "this is a binary file, not a table of text", "save the sheet as CSV, UTF-8"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8 text"
        return fault(file, message, "save the sheet as CSV with UTF-8 encoding")


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]] | Problem]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"not readable as CSV near line {reader.line_num}: {error}"
            yield fault(file, message, "close the quotes; rows after this one are not read", number)
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


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
    for name in names:
        if name not in columns.known and not columns.alone:
            yield Problem(
                severity=Severity.WARNING, file=file, row=1, field=name or "(no name)",
                message="this column is not understood; its cells are kept but not read",
                advice=f"rename or remove it; understood: {', '.join(columns.known)}",
            )  # fmt: skip


def fault(
    file: str, message: str, advice: str, row: int | None = None, field: str | None = None
) -> Problem:
    """Make an error about a file, a row or a cell."""
    return Problem(
        severity=Severity.ERROR, file=file, row=row, field=field, message=message, advice=advice
    )
