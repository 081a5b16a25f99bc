"""Reader `persons`: lists of prisoners, remains and missing in which every person is a seal, and nothing else is let in.

- **Publisher**: who keeps such a list (a party, the intermediary), after `truceline seal`.
- **Format**: CSV, UTF-8 (a byte order mark is allowed), a header row, `,` between cells.
- **Columns**: `seal` (64 hexadecimal digits), `unit` (prisoners, remains, missing), `status` (held, missing, found,
  handed_over), `giver` and `recipient` (sides; empty: not said), `stated_by` (a source or side of the mission), `day` (of
  the status), `reported` (a date, or a date and time with an offset), `source`.
- **Any other column refuses the whole file**, so that no name, number or date of birth enters a ledger that forgets nothing.
- **Licence**: the keeper's own.
- **Known traps**: two lists match only where both were sealed with one key over the same columns; a name written otherwise
  is another seal. Use the number that the intermediary gave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.collect.registry import source
from truceline.collect.watched import read_rows
from truceline.model.evidence import Arrival, Channel
from truceline.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.mission import Mission


@source("persons", Channel.PERSONS)
def read_persons(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a sealed list; a file with a column more is refused whole, a row with a fault is left out."""
    yield from read_rows(file, content, mission, "persons")
