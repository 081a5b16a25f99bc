"""Reader `coded_claims`: a table of claims that a person coded from public pages.

- **Publisher**: the mission's own coders; one row is one claim by one origin on one page.
- **Format**: CSV, UTF-8 (a byte order mark is allowed), a header row, `,` between cells.
- **Columns**: `claim_id` (kept as `external_id`), `url`, `lang`, `pub_date` (date, or date and time
  with an offset), `origin` (who really said it; `;` and `/` between several voices, `via` and
  `citing` before a relay, a person in brackets), `origin_side`, `kind`, `act` and `accused`
  (`;` between several), `t_from_local` and `t_to_local` (local time of the conflict area),
  `time_precision`, `places` (`;` between several), `killed` and `injured` (persons),
  `paraphrase` (the coder's words, never a quote), `outlet`.
- **Kinds**: among others `found_nothing` (looked and found nothing), `could_not_determine` and
  `under_investigation` (vouch for nothing), `other_version` (something happened, but not by whom or with what
  was alleged), `retraction` (takes back its own word) and `withdrawal` (of a finding or complaint).
- **Later columns** (may be missing; empty: not stated): `basis` (how who says it knows: own_act, saw,
  inspected, examined, measured, told, repeats), `access` (own, escorted(SIDE), remote, none), `via` (relays from
  the inside outwards, `;` between them), `channel` (own, other), `material` (a free id of the pictures,
  tour or remains looked at), `archive` (a copy of the page, named relative to this table), `zone` (of the row's
  times, an IANA name or an offset such as +04:00; mission time without it), `invokes` (on what ground the
  speaker says that the act was permitted: self_defence, return_fire, law_enforcement, agreed_activity, demining).
- **One row, one voice**: a row that bundles voices of different camps, or a party with a medium, is left
  out; the complaint shows how to split it.
- **Labels**: `incident_id` and `agreement_id` are the truth for scoring. They are dropped here, so
  that no stage can see them; both may be empty or missing.
- **Licence**: the demonstration table is this project's own coding (facts and paraphrases).
- **Known traps**: one page may hold several claims; a reprint has the same origin as its model; an
  empty cell means that the page did not say.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING

from truceline.collect.coded_checks import Checks
from truceline.collect.registry import source
from truceline.model.evidence import Arrival, Channel, Item
from truceline.model.place_time import plausible_year
from truceline.model.problem import Problem, Severity
from truceline.store.canonical import canonical, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.model.mission import Mission

COLUMNS = (
    "claim_id", "url", "lang", "pub_date", "origin", "origin_side", "kind", "act", "accused",
    "t_from_local", "t_to_local", "time_precision", "places", "killed", "injured", "paraphrase",
    "outlet",
)  # fmt: skip
# Columns of later versions: they may be missing, and an empty cell of one is no part of a row's identity.
LATER = ("basis", "access", "via", "channel", "material", "archive", "zone", "invokes")
LABELS = ("incident_id", "agreement_id")
# A long text is no reason to lose the rows after it.
csv.field_size_limit(2**31 - 1)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BARE_DATE_LENGTH = 10


@source("coded_claims", Channel.CODED_CLAIMS)
def read_coded_claims(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a table of coded claims into one item a row; what is not understood is a problem."""
    text = _decode(file, content)
    if isinstance(text, Problem):
        yield text
        return
    rows = _rows(file, text)
    header = next(rows, None)
    if isinstance(header, Problem):
        yield header
        return
    columns = header[1] if header else []
    problems = list(_header_problems(file, columns))
    yield from problems
    if any(p.severity is Severity.ERROR for p in problems):
        return
    count, look = 0, Checks(file, mission)
    for count, row in enumerate(rows, 1):  # noqa: B007  counted for the notice below
        found = row if isinstance(row, Problem) else _arrival(file, row, columns, mission)
        yield from [found] if isinstance(found, Problem) else look.row(found)
    if not count:
        yield Problem(
            severity=Severity.NOTICE, file=file, message="the table has no rows",
            advice="add rows, or remove the file",
        )  # fmt: skip


def _decode(file: str, content: bytes) -> str | Problem:
    if not content.strip():
        return _error(file, "the file is empty", "add a header row and rows, or remove the file")
    if b"\x00" in content:
        return _error(
            file, "this is a binary file, not a table of text", "save the sheet as CSV, UTF-8"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8 text"
        return _error(file, message, "save the sheet as CSV with UTF-8 encoding")


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
            yield _error(
                file, message, "close the quotes; rows after this one are not read", number
            )
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _header_problems(file: str, columns: Sequence[str]) -> Iterator[Problem]:
    if not set(columns) & set(COLUMNS):
        other = next((mark for mark in (";", "\t", "|") if mark in "".join(columns)), None)
        why = f"; the cells seem to be parted by {other!r}" if other else ""
        advice = f"part cells with `,` under a header row; expected: {', '.join(COLUMNS)}"
        found = f"no column of the first row is known, nothing in this file is read{why}"
        yield _error(file, found, advice, 1)
        return
    for name in COLUMNS:
        if name not in columns:
            yield _error(
                file,
                f"the column {name!r} is missing; nothing in this file is read",
                f"add the column (it may be empty); expected: {', '.join(COLUMNS)}",
                1,
                name,
            )
    for name in sorted({c for c in columns if columns.count(c) > 1}):
        yield _error(file, f"the column {name!r} stands twice", "keep one of them", 1, name)
    for name in columns:
        if name not in (*COLUMNS, *LATER, *LABELS):
            yield Problem(
                severity=Severity.WARNING, file=file, row=1, field=name or "(no name)",
                message="this column is not understood; its cells are kept but not read",
                advice=f"rename or remove it; understood: {', '.join((*COLUMNS, *LATER, *LABELS))}",
            )  # fmt: skip


def _arrival(
    file: str, row: tuple[int, list[str]], columns: Sequence[str], mission: Mission
) -> Arrival | Problem:
    number, cells = row
    if len(cells) != len(columns):
        message = f"{len(cells)} cells where the header has {len(columns)} columns; row left out"
        return _error(file, message, "quote cells that hold a comma; give every column", number)
    record = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    for label in LABELS:
        record.pop(label, None)
    record = {name: cell for name, cell in record.items() if cell or name in COLUMNS}
    try:
        item = item_of(canonical({"reader": "coded_claims", "row": record}), record, mission)
    except ValueError as error:
        return _error(file, f"{error}; row left out", "give 2020-10-10 or 2020-10-10T12:00+04:00",
                      number, "pub_date")  # fmt: skip
    return Arrival(item=item, file=file, row=number)


def item_of(content: bytes, record: Mapping[str, str], mission: Mission) -> Item:
    """Make the item of one row; its identity is the row's content without the labels."""
    return Item(
        id=sha256_hex(content),
        external_id=record["claim_id"] or None,
        reader="coded_claims",
        content=content,
        published=_published(record["pub_date"], mission),
        published_text=record["pub_date"],
        outlet=record["outlet"] or None,
        url=record["url"] or None,
        language=record["lang"] or None,
        media_type="application/json",
        archive=record.get("archive") or None,
    )


def _published(text: str, mission: Mission) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        instant = None
    if instant is None or not plausible_year(instant):
        msg = f"{text!r} is not a publication date"
        raise ValueError(msg)
    if len(text) == _BARE_DATE_LENGTH:
        return instant.replace(tzinfo=mission.zone)
    if instant.tzinfo is None:
        msg = f"the publication time {text!r} has no zone"
        raise ValueError(msg)
    return instant


def _error(
    file: str, message: str, advice: str, row: int | None = None, field: str | None = None
) -> Problem:
    return Problem(
        severity=Severity.ERROR, file=file, row=row, field=field, message=message, advice=advice
    )
