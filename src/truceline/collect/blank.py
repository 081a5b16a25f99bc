"""The tables of evidence to fill: one workbook with the mission's words as drop-downs, or a file a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from truceline.store.workbook import new_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.collect.template import Blank, Sheet
    from truceline.model.mission import Mission

# How many rows have drop-downs; more may be filled.
_ROWS = 5000
# The most letters that a spreadsheet shows beside a cell.
_MOST = 255
_WORDS = "words"


def workbook(mission: Mission, sheets: Sequence[Sheet]) -> bytes:
    """Make a workbook: how to fill it, a sheet a table, and the words that may stand in them.

    Every cell is a text, so that no spreadsheet turns a date or a number into something else.
    """
    with new_workbook() as (book, out):
        bold = book.add_format({"bold": True, "bottom": 1})
        text, wrapped = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True})
        page = book.add_worksheet("read me")
        page.set_column(0, 0, 100, wrapped)
        page.write_column(0, 0, list(_how(mission)))
        pages = [(sheet, book.add_worksheet(sheet.name)) for sheet in sheets]
        listed = book.add_worksheet(_WORDS)
        column = 0
        for sheet, table in pages:
            table.freeze_panes(1, 0)
            for n, blank in enumerate(sheet.columns):
                table.set_column(n, n, max(12, len(blank.name) + 2), text)
                table.write_string(0, n, blank.name, bold)
                table.write_comment(0, n, blank.about, {"x_scale": 2})
                if blank.words:
                    listed.write_column(0, column, [f"{sheet.name}.{blank.name}", *blank.words])
                    table.data_validation(1, n, _ROWS, n, _choice(blank, column))
                    column += 1
        listed.freeze_panes(1, 0)
    return out.getvalue()


def _choice(blank: Blank, column: int) -> dict[str, Any]:
    """Offer the words of a column; where several may stand in one cell, others are let in without a question."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415

    letter = xl_col_to_name(column)
    several = " Several: with ; between." if blank.several else ""
    return {
        "validate": "list", "source": f"={_WORDS}!${letter}$2:${letter}${len(blank.words) + 1}",
        "show_error": not blank.several, "error_type": "warning", "error_title": "not a word of this mission",
        "error_message": "The word is not in the list of the sheet 'words'. It would be told as a problem.",
        "input_title": blank.name[:32], "input_message": f"{blank.about}.{several}"[:_MOST],
    }  # fmt: skip


def _how(mission: Mission) -> Iterator[str]:
    yield f"{mission.title}: tables of evidence to fill"
    yield ""
    yield "One row is one claim by one voice on one page (claims), one look (coverage), one hindrance (restrictions). Row 1 holds the names of the columns: leave them."
    yield "A cell with a list offers the words that this mission knows; the sheet words has them all. Where several may stand, write ; between them."
    yield f"Times are local time of the mission ({mission.zone_name}), written 2020-10-10 or 2020-10-10 12:05."
    yield "Leave a cell empty where the page did not say. Never write the name of a victim, a witness, a detainee or another private person."
    yield "Columns of your own may stand to the right, with a name in row 1: they are kept and exported, and not read."
    yield "Look it over: truceline run MISSION --add workbook:FILE.xlsx --out DIR. Every complaint names the sheet, the row and the column."
    yield "Take it in for good: put the file into the mission's folder and name it in mission.yaml under evidence: {reader: workbook, file: evidence/FILE.xlsx}."


def tables(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    """Make a CSV file a table with its header alone, and `words.csv` with what may stand in each column."""
    files = {f"{s.name}.csv": _csv([[c.name for c in s.columns]]) for s in sheets}
    words = [
        (s.name, c.name, "yes" if c.several else "no", word, c.about)
        for s in sheets
        for c in s.columns
        for word in c.words or ("",)
    ]
    files["words.csv"] = _csv([("table", "column", "several", "word", "about"), *words])
    return files


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
