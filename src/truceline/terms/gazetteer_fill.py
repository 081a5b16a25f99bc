"""A gazetteer with gaps, filled from a public one: empty cells alone, and only where one place can be meant."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.model.place_time import PlaceKind, arc_km
from truceline.terms.gazetteer import COLUMNS
from truceline.text.names import fold, split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from truceline.terms.atlas import Known

_NUMBERS = ("lat", "lon", "radius_km")
# Records of one name that lie this close are taken for one place: a town, and the municipality around it.
_ONE_PLACE_KM = 10.0
# How far beyond the mission's known places a place of the mission may lie.
_BEYOND_KM, _BEYOND = 150.0, 1.5
# A radius that holds a settlement, by how many live there; where nobody counts them, that of a village.
_RADII = ((500_000, 15.0), (100_000, 10.0), (20_000, 6.0), (0, 4.0))
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of a name: the record taken, or those that may be meant, or none."""

    name: str
    taken: Known | None
    may_be: tuple[Known, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Wanted:
    """A row with gaps, and the names by which it is looked for."""

    row: Row
    names: frozenset[str]
    found: list[Known] = field(default_factory=list)


def read_rows(content: bytes, file: str) -> list[Row]:
    """Read a gazetteer that may have gaps; UsageError where it has not its columns or a row has not their number."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file} is no table: {error}", "save it as CSV, UTF-8") from None
    header = [name.strip() for name in rows[0]] if rows else []
    if sorted(header) != sorted(COLUMNS):
        raise UsageError(
            f"{file} has not the columns of a gazetteer", f"its first row is {','.join(COLUMNS)}"
        )
    wide = [n for n, row in enumerate(rows[1:], 2) if row and len(row) != len(header)]
    if wide:
        told = ", ".join(map(str, wide))
        raise UsageError(
            f"{file}: too many or too few cells in row {told}",
            "put text with commas in double quotes",
        )
    return [dict(zip(header, (c.strip() for c in row), strict=True)) for row in rows[1:] if row]


def write_rows(rows: Iterable[Row]) -> str:
    """Write a gazetteer, its columns in their order."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def filled(
    rows: Sequence[Row], more: Iterable[str], places: Iterable[Known]
) -> tuple[list[Row], list[Choice]]:
    """Fill the gaps of rows, and add a row for each further name; give what became of each name that was looked for.

    A record named in `source` (`GeoNames 123`) is taken whatever its name; of several others none is, unless all are
    within 10 km of each other, where the settlement counts. Cells that hold something are never changed.
    """
    known = {fold(n) for row in rows for n in (row["name"], *split_list(row["aliases"]))}
    new = [
        dict.fromkeys(COLUMNS, "") | {"name": name}
        for name in dict.fromkeys(more)
        if fold(name) not in known
    ]
    wanted = [_Wanted(row, _names(row)) for row in (*rows, *new) if _gaps(row)]
    _look(wanted, places)
    area = _area(rows)
    choices = {id(w.row): _choose(w, area) for w in wanted}
    ids, taken = {row["id"] for row in rows} - {""}, _Names(known)
    done = []
    for row in (*rows, *new):
        choice = choices.get(id(row))
        found = choice.taken if choice else None
        if found is None and row not in rows:
            continue
        done.append(_fill(row, found, ids, taken) if found else row)
    return done, [_told(choices[id(w.row)], w.row) for w in wanted]


def _told(choice: Choice, row: Row) -> Choice:
    known = choice.taken
    lacks = known is not None and not row["radius_km"] and _extent(known) is None
    return Choice(choice.name, known, choice.may_be, ("radius_km",) if lacks else ())


def _gaps(row: Mapping[str, str]) -> bool:
    return bool(row["name"]) and any(not row[c] for c in ("id", "kind", *_NUMBERS))


def _names(row: Mapping[str, str]) -> frozenset[str]:
    parts = [p for name in (row["name"], *split_list(row["aliases"])) for p in name.split("/")]
    return frozenset(fold(part) for part in parts if fold(part))


def _look(wanted: Sequence[_Wanted], places: Iterable[Known]) -> None:
    """Note for every row the records that may be meant."""
    by_name: dict[str, list[_Wanted]] = defaultdict(list)
    by_source: dict[str, list[_Wanted]] = defaultdict(list)
    for row in wanted:
        if cited := _cited(row.row["source"]):
            by_source[cited].append(row)
        else:
            for name in row.names:
                by_name[name].append(row)
    for place in places:
        for row in by_source.get(place.source, ()):
            row.found.append(place)
        if by_name:
            hits = {id(r): r for n in place.names for r in by_name.get(fold(n), ())}
            for row in hits.values():
                row.found.append(place)


def _cited(source: str) -> str | None:
    """Give the record that a row names as its source, where it names one."""
    found = re.match(r"GeoNames (\d+)\b|Who's On First (\d+)\b", source)
    return found[0] if found else None


def _area(rows: Iterable[Row]) -> tuple[float, float, float] | None:
    """Give a circle in which the mission's places lie, with room around; None where no row has coordinates."""
    points = []
    for row in rows:
        try:
            points.append((float(row["lat"]), float(row["lon"]), float(row["radius_km"] or 0)))
        except ValueError:
            continue
    if not points:
        return None
    lat, lon = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    reach = max(arc_km(lat, lon, *p[:2]) + p[2] for p in points)
    return lat, lon, reach * _BEYOND + _BEYOND_KM


def _choose(wanted: _Wanted, area: tuple[float, float, float] | None) -> Choice:
    name, found = wanted.row["name"], wanted.found
    if area and not _cited(wanted.row["source"]):
        found = [k for k in found if arc_km(*area[:2], k.lat, k.lon) <= area[2]]
    own = [k for k in found if fold(k.name) in wanted.names]
    found = sorted(
        own or found, key=lambda k: (k.kind is not PlaceKind.SETTLEMENT, -(k.people or 0), k.source)
    )
    near = [k for k in found if arc_km(k.lat, k.lon, found[0].lat, found[0].lon) <= _ONE_PLACE_KM]
    if found and len(near) == len(found):
        return Choice(name, found[0])
    return Choice(name, None, tuple(found))


class _Names:
    """The names that stand for a place already: a variant that is another place's name is left out."""

    def __init__(self, known: set[str]) -> None:
        self.known = set(known)

    def new(self, row: Mapping[str, str], place: Known) -> Iterator[str]:
        mine = _names(row)
        for name in place.names:
            plain = fold(name)
            if plain and plain not in mine | self.known and not set(name) & {";", "/"}:
                self.known.add(plain)
                yield name


def _fill(row: Row, place: Known, ids: set[str], taken: _Names) -> Row:
    extent = _extent(place)
    guess = " (radius by population)" if place.radius_km is None and extent is not None else ""
    source = row["source"] or place.source
    found = {
        "id": _id(row, place, ids), "kind": place.kind.value, "lat": f"{place.lat:.4f}".rstrip("0").rstrip("."),
        "lon": f"{place.lon:.4f}".rstrip("0").rstrip("."),
        "radius_km": "" if extent is None else f"{extent:.3g}",
        "source": source if row["radius_km"] else source + guess,
        "aliases": ";".join((*split_list(row["aliases"]), *taken.new(row, place))),
    }  # fmt: skip
    return row | {c: found[c] for c in found if not row[c] or c in {"aliases", "source"}}


def _extent(place: Known) -> float | None:
    """Give a radius in km that holds a place: its own, or one by how many live there; None of a district without."""
    if place.radius_km is not None:
        return max(place.radius_km, 1.0)
    if place.kind is not PlaceKind.SETTLEMENT:
        return None
    return next(km for least, km in _RADII if (place.people or 0) >= least)


def _id(row: Row, place: Known, ids: set[str]) -> str:
    """Make an id of the country and the name in plain letters, new in the file."""
    if row["id"]:
        return row["id"]
    plain = [re.sub(r"[^a-z0-9]+", "-", fold(n)).strip("-") for n in (row["name"], *place.names)]
    base = next((n for n in plain if re.fullmatch(r"[a-z0-9-]+", n)), "place")
    base = f"{place.country}-{base}" if place.country else base
    name = next(n for n in (base, *(f"{base}-{k}" for k in range(2, 10_000))) if n not in ids)
    ids.add(name)
    return name
