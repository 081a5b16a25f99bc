"""The bundled base map: what lies in a window of the earth, cut to it and thinned to what a page can show.

Source: Natural Earth, public domain; `tools/basemap.py` builds the file and says from what.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from shapely.geometry.base import BaseGeometry

FILE = Path(str(files("truceline.report"))) / "data" / "basemap.npz"
LAYERS = ("land", "region", "border", "disputed", "lake", "river")
_DRAWN = ("land", "lake", "river", "region", "border", "disputed")
PER_DEGREE = 200
ATTRIBUTION = "Made with Natural Earth"
_AREAS = frozenset({"land", "lake"})
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of the earth in degrees, and how many degrees of latitude a pixel of its drawing is high."""

    west: float
    south: float
    east: float
    north: float
    pixel: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A disputed line: what it is called, from when until when it is or was one (None: nobody says), by what source."""

    label: str
    start: date | None
    end: date | None
    source: str

    def past(self, day: date) -> bool:
        """Answer whether it was no such line any more on a day."""
        return self.end is not None and self.end <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A piece of the base map inside a window: its layer, its name, and lines or rings of (longitude, latitude)."""

    layer: str
    name: str
    paths: tuple[tuple[Point, ...], ...]
    closed: bool


@lru_cache(maxsize=16)
def shapes(window: Window) -> tuple[Shape, ...]:
    """Give what lies in a window, layer by layer from the ground up; what is smaller than a pixel is left out."""
    kept, found = _kept(), []
    numbers = _inside(window)
    for number, piece in zip(numbers, _cut(numbers, window), strict=True):
        layer = LAYERS[int(kept["layer"][number])]
        paths = tuple(_paths(piece, window))
        if paths:
            name = _names()[int(kept["name"][number])]
            found.append(Shape(layer=layer, name=name, paths=paths, closed=layer in _AREAS))
    return tuple(found)


def line_of(shape: Shape) -> Line:
    """Give what a disputed line of the map is."""
    label, start, end, source = shape.name.split("\t")
    return Line(
        label=label, start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None, source=source,
    )  # fmt: skip


@cache
def _kept() -> dict[str, np.ndarray]:
    import numpy as np  # noqa: PLC0415 - not needed by those who draw no map

    with np.load(io.BytesIO(FILE.read_bytes()), allow_pickle=False) as found:
        kept = {name: found[name] for name in found.files}
    kept["first"] = np.concatenate(([0], np.cumsum(kept["length"].astype("i8") - 1)))
    return kept


@cache
def _names() -> tuple[str, ...]:
    return tuple(_kept()["names"].tobytes().decode("utf-8").split("\n"))


def _inside(window: Window) -> list[int]:
    """Give the pieces whose box meets the window and is no smaller than a pixel, by layer and in the order of the file."""
    import numpy as np  # noqa: PLC0415

    box = _kept()["box"] / PER_DEGREE
    meets = (
        (box[:, 0] <= window.east) & (box[:, 2] >= window.west)
        & (box[:, 1] <= window.north) & (box[:, 3] >= window.south)
        & (np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) >= window.pixel)
    )  # fmt: skip
    order = {LAYERS.index(name): n for n, name in enumerate(_DRAWN)}
    return sorted(
        np.flatnonzero(meets).tolist(), key=lambda n: (order[int(_kept()["layer"][n])], n)
    )


def _points(number: int) -> np.ndarray:
    """Give the corners of a piece in degrees, an array of (longitude, latitude)."""
    import numpy as np  # noqa: PLC0415

    kept = _kept()
    first, last = kept["first"][number], kept["first"][number + 1]
    steps = np.column_stack((kept["east"][first:last], kept["north"][first:last])).astype("i8")
    start = kept["start"][number].astype("i8")
    return np.vstack((start, start + np.cumsum(steps, axis=0))) / PER_DEGREE


def _cut(numbers: list[int], window: Window) -> list[BaseGeometry]:
    """Give each piece as far as it lies in the window, thinned to what a pixel can show."""
    import shapely  # noqa: PLC0415

    areas = [LAYERS[int(layer)] in _AREAS for layer in _kept()["layer"][numbers]]
    whole = [
        shapely.Polygon(_points(number)) if area else shapely.LineString(_points(number))
        for number, area in zip(numbers, areas, strict=True)
    ]
    sound = [g if g.is_valid else g.buffer(0) for g in whole]
    seen = shapely.clip_by_rect(sound, window.west, window.south, window.east, window.north)
    return list(shapely.simplify(seen, window.pixel * 0.7))


def _paths(found: BaseGeometry, window: Window) -> Iterator[tuple[Point, ...]]:
    import shapely  # noqa: PLC0415

    if found.is_empty:
        return
    parts = shapely.get_parts(found)
    if found.geom_type in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        parts = shapely.get_parts(shapely.get_rings(parts))
    for part in parts:
        west, south, east, north = part.bounds
        if max(east - west, north - south) >= window.pixel:
            yield tuple(map(tuple, shapely.get_coordinates(part).tolist()))
