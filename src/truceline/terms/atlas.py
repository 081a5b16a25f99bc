"""Places of a public gazetteer: GeoNames (tab-separated, or its zip) and Who's On First (SQLite or GeoJSON).

- GeoNames, `XX.txt` or `XX.zip`, the table `geoname` of the export's readme: 19 columns, names in `alternatenames` with `,`
  between them; CC BY 4.0. It gives no extent.
- Who's On First, a distribution's SQLite file (tables `spr` and `names`) or GeoJSON (`wof:` and `name:` properties);
  licence by source, mostly CC0 or CC BY. It gives bounding boxes; records that are not current are left out.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.model.place_time import PlaceKind, arc_km
from truceline.store.door import MIB, Kind, read_named
from truceline.store.sql import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ATLAS = Kind("a file of a gazetteer", 512 * MIB)
_GEONAME_COLUMNS = 19
_SQLITE = b"SQLite format 3\x00"
_ZIP = b"PK\x03\x04"
# Codes of airports and stations, and addresses, stand among the names.
_CODE = re.compile(r"[A-Z0-9]{1,4}|https?://.*|.*\d{3,}.*")
_CLASSES = {"P": PlaceKind.SETTLEMENT, "A": PlaceKind.DISTRICT}
_SETTLEMENTS = frozenset(
    {"locality", "localadmin", "borough", "neighbourhood", "macrohood", "microhood"}
)
_DISTRICTS = frozenset({"county", "region", "macrocounty", "macroregion", "country", "dependency"})
_ADVICE = "give a country file of GeoNames (XX.txt or XX.zip), or a SQLite or GeoJSON file of Who's On First"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A place of a public gazetteer; `radius_km` is None where it gives no extent, `people` where it counts none."""

    source: str
    name: str
    names: tuple[str, ...]
    kind: PlaceKind
    lat: float
    lon: float
    country: str = ""
    radius_km: float | None = None
    people: int | None = None


def atlas(path: Path) -> Iterator[Known]:
    """Give every place of a file, in its order; UsageError where it is none of these formats."""
    content = read_named(path, ATLAS)
    if content.startswith(_SQLITE):
        yield from _of_database(content, path)
    elif content.startswith(_ZIP):
        yield from _geonames(_unzipped(content, path), path)
    elif content.lstrip()[:1] == b"{":
        yield from _of_geojson(content, path)
    else:
        yield from _geonames(content, path)


def _unzipped(content: bytes, path: Path) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            tables = [
                i
                for i in found.infolist()
                if i.filename.endswith(".txt") and "readme" not in i.filename.lower()
            ]
            if len(tables) != 1 or tables[0].file_size > ATLAS.largest:
                raise UsageError(f"{path} holds no one table of places", _ADVICE)
            return found.read(tables[0])
    except zipfile.BadZipFile:
        raise UsageError(f"{path} is a broken zip file", "fetch it again") from None


def _geonames(content: bytes, path: Path) -> Iterator[Known]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8 (byte {error.start})", _ADVICE) from None
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if cells == [""]:
            continue
        if len(cells) != _GEONAME_COLUMNS:
            raise UsageError(
                f"{path}, row {number}: {len(cells)} cells found, {_GEONAME_COLUMNS} expected",
                _ADVICE,
            )
        yield _geoname(cells, f"{path}, row {number}")


def _geoname(cells: list[str], where: str) -> Known:
    ident, name, ascii_, others, lat, lon, class_, _, country = cells[:9]
    try:
        at, people = (float(lat), float(lon)), int(cells[14] or 0)
    except ValueError:
        raise UsageError(f"{where}: no coordinates or population can be read", _ADVICE) from None
    return Known(
        source=f"GeoNames {ident}", name=name, names=_names([name, ascii_, *others.split(",")]),
        kind=_CLASSES.get(class_, PlaceKind.AREA), lat=at[0], lon=at[1], country=country.lower(),
        people=people or None,
    )  # fmt: skip


def _names(found: list[str]) -> tuple[str, ...]:
    """Give each name once; codes and addresses are none."""
    plain = (" ".join(name.split()) for name in found)
    return tuple(dict.fromkeys(n for n in plain if n and not _CODE.fullmatch(n)))


def _of_database(content: bytes, path: Path) -> Iterator[Known]:
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        names: dict[int, list[str]] = {}
        for ident, name in database.execute(load("truceline.terms", "names")):
            names.setdefault(ident, []).append(str(name))
        rows = database.execute(load("truceline.terms", "places"))
        for ident, name, placetype, country, lat, lon, *box in rows:
            yield Known(
                source=f"Who's On First {ident}", name=str(name),
                names=_names([str(name), *names.get(ident, [])]), kind=_kind(str(placetype)),
                lat=float(lat), lon=float(lon), country=str(country or "").lower(),
                radius_km=_radius((float(lat), float(lon)), [float(x) for x in box]),
            )  # fmt: skip
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise UsageError(f"{path} is no distribution of Who's On First: {error}", _ADVICE) from None
    finally:
        database.close()


def _of_geojson(content: bytes, path: Path) -> Iterator[Known]:
    try:
        whole = json.loads(content)
        features = whole["features"] if whole["type"] == "FeatureCollection" else [whole]
        for feature in features:
            yield from _record(feature["properties"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{path} holds no records of Who's On First: {error!r}", _ADVICE) from None


def _record(said: Mapping[str, object]) -> Iterator[Known]:
    if said.get("mz:is_current") == 0 or str(said.get("edtf:deprecated", "uuuu")) not in {
        "",
        "uuuu",
    }:
        return
    at = float(str(said["geom:latitude"])), float(str(said["geom:longitude"]))
    west, south, east, north = (float(x) for x in str(said["geom:bbox"]).split(","))
    name = str(said["wof:name"])
    others = [
        str(n)
        for key in sorted(said)
        if re.fullmatch(r"name:\w+_x_(preferred|variant|colloquial)", key)
        for n in _listed(said[key])
    ]
    yield Known(
        source=f"Who's On First {said['wof:id']}", name=name, names=_names([name, *others]),
        kind=_kind(str(said["wof:placetype"])), lat=at[0], lon=at[1],
        country=str(said.get("wof:country", "")).lower(),
        radius_km=_radius(at, [south, west, north, east]),
    )  # fmt: skip


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _kind(placetype: str) -> PlaceKind:
    if placetype in _SETTLEMENTS:
        return PlaceKind.SETTLEMENT
    return PlaceKind.DISTRICT if placetype in _DISTRICTS else PlaceKind.AREA


def _radius(at: tuple[float, float], box: list[float]) -> float | None:
    """Give the distance from a point to the farthest corner of a box, None where the box is a point."""
    south, west, north, east = box
    far = max(arc_km(*at, lat, lon) for lat in (south, north) for lon in (west, east))
    return far or None
