"""A workbook that is the same bytes for the same content, in which a text stays a text."""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlsxwriter

# A workbook has a date of making inside; this is the earliest that its ZIP can tell.
_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@contextmanager
def new_workbook() -> Iterator[tuple[xlsxwriter.Workbook, io.BytesIO]]:
    """Give a workbook to fill, and where its bytes stand when it is closed."""
    import xlsxwriter  # noqa: PLC0415  only where somebody asks for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"created": _MADE})
    yield book, out
    book.close()
