"""A table from a file to numbered rows of cells: CSV, or a sheet of a workbook (XLSX, ODS)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from truceline.collect.problems import fault
from truceline.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineWorkbook

Rows = tuple[int, list[str]]
# A long text is no reason to lose the rows after it.
csv.field_size_limit(2**31 - 1)
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MIB = 1 << 20
# What a workbook may unfold to: a small file can hold a very large one.
_UNFOLDED = 512 * _MIB


def is_workbook(content: bytes) -> bool:
    """Answer whether a file is a workbook, whose cells say themselves what is a text."""
    return content.startswith(_ZIP)


def rows_of(file: str, content: bytes, sheet: str) -> Iterator[Rows | Problem]:
    """Give each row with its number, the header first; what is no table is one problem.

    Of a workbook the sheet of that name is read, or its only one.
    """
    if is_workbook(content):
        yield from _workbook(file, content, sheet)
    elif content.startswith(_OLD):
        yield fault(
            file,
            "this is a workbook of an old form, or one that is locked by a password",
            "save it as .xlsx without a password, or the sheet as CSV, UTF-8",
        )
    else:
        text = _decode(file, content)
        yield from [text] if not isinstance(text, str) else _csv(file, text)


def _decode(file: str, content: bytes) -> str | Problem:
    if not content.strip():
        return fault(file, "the file is empty", "add a header row and rows, or remove the file")
    if b"\x00" in content:
        return fault(
            file, "this is a binary file, not a table", "save the sheet as .xlsx, or as CSV, UTF-8"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8 text"
        return fault(file, message, "save the sheet as CSV with UTF-8 encoding")


def _csv(file: str, text: str) -> Iterator[Rows | Problem]:
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


def sheets_of(file: str, content: bytes) -> list[str] | Problem:
    """Give the names of a workbook's sheets, or why it cannot be read."""
    book = _opened(file, content)
    return book if isinstance(book, Problem) else list(book.sheet_names)


def _workbook(file: str, content: bytes, sheet: str) -> Iterator[Rows | Problem]:
    book = _opened(file, content)
    if isinstance(book, Problem):
        yield book
        return
    names = book.sheet_names
    if sheet not in names and len(names) != 1:
        found = f"the workbook has no sheet {sheet!r}; it has {', '.join(names) or 'none'}"
        yield fault(file, found, f"call the sheet with the rows {sheet!r}")
        return
    page = book.get_sheet_by_name(sheet if sheet in names else names[0])
    yield from _cells(file, page.to_python(skip_empty_area=False))


def _opened(file: str, content: bytes) -> CalamineWorkbook | Problem:
    import python_calamine  # noqa: PLC0415  only where somebody gives a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNFOLDED:
                message = f"the workbook unfolds to more than {_UNFOLDED // _MIB} MiB"
                return fault(file, message, "split it, or save the sheet as CSV, UTF-8")
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        return fault(
            file,
            f"this workbook cannot be read ({type(error).__name__})",
            "save it as .xlsx without a password, or the sheet as CSV, UTF-8",
        )


def _cells(file: str, table: Sequence[Sequence[object]]) -> Iterator[Rows | Problem]:
    """Give the rows that hold something, as wide as the header, with a complaint of what stands beside it."""
    width = 0
    for number, values in enumerate(table, 1):
        cells = [_text(value) for value in values]
        if not any(cell.strip() for cell in cells):
            continue
        if not width:
            width = max(n for n, cell in enumerate(cells, 1) if cell.strip())
        elif any(cell.strip() for cell in cells[width:]):
            message = "there is something right of the last column of the header; row left out"
            yield fault(file, message, "give the column a name, or empty the cell", number)
            continue
        yield number, [*cells, *[""] * width][:width]


def _text(value: object) -> str:
    """Write a cell as it would stand in CSV: whole numbers without a fraction, dates and times as ISO 8601 has them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    return str(value)
