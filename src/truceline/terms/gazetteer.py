"""The mission's places: CSV to entries, or a problem for each thing that is wrong with a row."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.model.place_time import GazetteerEntry, PlaceKind
from truceline.model.problem import Problem, Severity
from truceline.terms.shapes import FILE_ID
from truceline.terms.tree import decode
from truceline.terms.words import did_you_mean
from truceline.text.names import split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("id", "name", "aliases", "kind", "lat", "lon", "radius_km", "within", "source")
_MAX_LAT, _MAX_LON, _MAX_RADIUS = 90.0, 180.0, 1000.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    file: str
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def say(self, row: int | None, column: str | None, message: str, advice: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.ERROR, file=self.file, row=row, field=column,
                message=message, advice=advice,
            )
        )  # fmt: skip


def read_gazetteer(
    content: bytes, file: str
) -> tuple[tuple[GazetteerEntry, ...], tuple[Problem, ...]]:
    """Read a gazetteer; entries are in the file's order, rows with a problem are left out."""
    text = decode(content, file)
    if isinstance(text, Problem):
        return (), (text,)
    sheet = _Sheet(file)
    entries: list[tuple[int, GazetteerEntry]] = []
    try:
        for line, row in _rows(text, sheet):
            entry = _entry(line, row, sheet)
            if entry is not None:
                entries.append((line, entry))
    except csv.Error as error:
        sheet.say(None, None, f"the CSV is broken: {error}", "mend the quotes in the file")
    _check_within(entries, sheet)
    return tuple(entry for _, entry in entries), tuple(sheet.problems)


def _rows(text: str, sheet: _Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row with the line it starts in; a header or width that is off is a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if not _good_header(header, sheet):
        return
    line = reader.line_num + 1
    for cells in reader:
        start, line = line, reader.line_num + 1
        if not cells:
            continue
        if len(cells) != len(header):
            found = f"{len(cells)} cells found, {len(header)} expected"
            sheet.say(start, None, found, "put text with commas in double quotes")
            continue
        yield start, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _good_header(header: list[str], sheet: _Sheet) -> bool:
    for name in COLUMNS:
        if name not in header:
            advice = did_you_mean(name, [h for h in header if h not in COLUMNS])
            sheet.say(1, name, f"the column {name!r} is missing", advice)
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            found = f"the column {name!r} is unknown or stands twice"
            sheet.say(1, name, found, did_you_mean(name, COLUMNS))
    return sorted(header) == sorted(COLUMNS)


def _entry(line: int, row: dict[str, str], sheet: _Sheet) -> GazetteerEntry | None:
    before = len(sheet.problems)
    _words(line, row, sheet)
    lat = _number(line, row, "lat", (-_MAX_LAT, _MAX_LAT), sheet)
    lon = _number(line, row, "lon", (-_MAX_LON, _MAX_LON), sheet)
    radius = _number(line, row, "radius_km", (0.0, _MAX_RADIUS), sheet)
    if radius == 0:
        advice = "give a radius that certainly holds the place"
        sheet.say(line, "radius_km", "the radius is 0", advice)
    if len(sheet.problems) > before:
        return None
    return GazetteerEntry(
        id=row["id"],
        name=row["name"],
        aliases=split_list(row["aliases"]),
        kind=PlaceKind(row["kind"]),
        lat=lat,
        lon=lon,
        radius_km=radius,
        within=split_list(row["within"]),
        source=row["source"],
    )


def _words(line: int, row: dict[str, str], sheet: _Sheet) -> None:
    if not re.fullmatch(FILE_ID, row["id"]):
        found = f"{row['id']!r} found, an id of letters, digits, dots, dashes expected"
        sheet.say(line, "id", found, "write an id such as river-town")
    elif row["id"] in sheet.rows:
        found = f"the id {row['id']!r} stands twice, first in row {sheet.rows[row['id']]}"
        sheet.say(line, "id", found, "rename one of them, or join the two rows")
    else:
        sheet.rows[row["id"]] = line
    for column in ("name", "source"):
        if not row[column]:
            sheet.say(line, column, f"the {column} is empty", f"fill in the {column}")
    kinds = [kind.value for kind in PlaceKind]
    if row["kind"] not in kinds:
        sheet.say(line, "kind", f"unknown kind {row['kind']!r}", did_you_mean(row["kind"], kinds))


def _number(
    line: int, row: dict[str, str], column: str, bounds: tuple[float, float], sheet: _Sheet
) -> float:
    low, high = bounds
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        found = f"{row[column]!r} found, a number from {low:g} to {high:g} expected"
        sheet.say(line, column, found, _NUMBER_ADVICE[column])
    return value


_NUMBER_ADVICE = {
    "lat": "give degrees north of the equator, such as 40.68; lat and lon may have changed places",
    "lon": "give degrees east of Greenwich, such as 46.36; lat and lon may have changed places",
    "radius_km": "give kilometres, such as 4",
}


def _check_within(entries: list[tuple[int, GazetteerEntry]], sheet: _Sheet) -> None:
    """Complain of containers that no row defines, and of places that lie within themselves."""
    inside = {entry.id: entry.within for _, entry in entries}
    for line, entry in entries:
        for container in entry.within:
            if container not in sheet.rows:
                found = f"{container!r} is no id of this file"
                sheet.say(line, "within", found, did_you_mean(container, sheet.rows))
        if entry.id in _containers(entry.id, inside):
            found = f"{entry.id!r} lies within itself"
            sheet.say(line, "within", found, "take one step of the circle out")


def _containers(start: str, inside: dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    todo = list(inside.get(start, ()))
    while todo:
        container = todo.pop()
        if container not in found:
            found.add(container)
            todo.extend(inside.get(container, ()))
    return found
