"""Reader `workbook`: one workbook with a sheet a table, as `truceline template` makes it.

- **Publisher**: the mission's own people, who fill it.
- **Format**: XLSX or ODS; the sheets `claims`, `coverage`, `restrictions`, `tallies` and `persons` are read, each as its table is; others are left alone.
- **Columns**: those of the reader of each table; the mission's own may stand to the right of them.
- **Licence**: the mission's own.
- **Known traps**: a complaint names the sheet and the row that the spreadsheet shows; an empty sheet is no fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.collect.problems import fault
from truceline.collect.registry import readers, source
from truceline.collect.sheets import is_workbook, sheets_of
from truceline.model.evidence import Arrival, Channel
from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.mission import Mission

# Which reader takes the rows of a sheet.
READERS = {
    "claims": "coded_claims", "coverage": "coverage", "restrictions": "restrictions",
    "tallies": "tallies", "persons": "persons",
}  # fmt: skip


@source("workbook", Channel.CODED_CLAIMS)
def read_workbook(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read every sheet that is a table of evidence through the reader of that table."""
    if not is_workbook(content):
        yield fault(
            file, "this is no workbook", "give an .xlsx file, or name the table's own reader"
        )
        return
    names = sheets_of(file, content)
    if isinstance(names, Problem):
        yield names
        return
    found = [sheet for sheet in READERS if sheet in names]
    if not found:
        told = f"no sheet of the workbook is a table of evidence; it has {', '.join(names)}"
        yield fault(file, told, f"call the sheets {', '.join(READERS)}")
    for sheet in found:
        for part in readers()[READERS[sheet]].read(f"{file}, sheet {sheet}", content, mission):
            empty = (
                isinstance(part, Problem) and part.severity is Severity.NOTICE and part.row is None
            )
            if not empty:
                yield part
