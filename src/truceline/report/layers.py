"""Flat tables as one file that maps and databases open: a GeoPackage, or plain SQLite. GDAL writes both.

A table with `lat` and `lon` becomes a layer of points in a GeoPackage, its circle in `radius_m`; the others become tables without geometry.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from truceline.store.door import EXPORT, read_named

# GDAL writes the day on which a file was made into it; the same run gives the same bytes.
_MADE = "1970-01-01T00:00:00Z"
_POINT = 1
_LITTLE = 1


@dataclass(frozen=True, slots=True)
class Layer:
    """One table: its name, and for each column its Frictionless type and its values; None is not known."""

    name: str
    columns: Mapping[str, tuple[str, Sequence[Any]]]


def geopackage(layers: Sequence[Layer]) -> bytes:
    """Write a GeoPackage (OGC 12-128), WGS 84."""
    return _written(layers, "GPKG", {"VERSION": "1.3", "ADD_GPKG_OGR_CONTENTS": "NO"})


def sqlite(layers: Sequence[Layer]) -> bytes:
    """Write a plain SQLite file, `lat` and `lon` as columns."""
    return _written(layers, "SQLite", {"METADATA": "NO"})


def _written(layers: Sequence[Layer], driver: str, options: Mapping[str, str]) -> bytes:
    import pyogrio  # noqa: PLC0415  only where somebody asks for such a file
    from pyogrio.raw import write  # noqa: PLC0415

    spatial = driver == "GPKG"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _MADE})
    try:
        with TemporaryDirectory() as folder:
            target = Path(folder) / f"x.{driver.lower()}"
            for n, layer in enumerate(layers):
                points = _points(layer) if spatial else None
                names = [c for c in layer.columns if points is None or c not in {"lat", "lon"}]
                data, masks = zip(*(_array(*layer.columns[c]) for c in names), strict=True)
                write(
                    str(target), points, list(data), names, field_mask=list(masks), layer=layer.name, driver=driver,
                    geometry_type=None if points is None else "Point", crs=None if points is None else "EPSG:4326",
                    append=n > 0, dataset_options=dict(options) if n == 0 else None,
                    layer_options={"FID": "fid"},
                )  # fmt: skip
            return read_named(target, EXPORT)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _points(layer: Layer) -> Any:  # noqa: ANN401 - NumPy's own type
    """Give a point of well-known binary for each row, None where no place is known; None where the layer has no points."""
    import numpy as np  # noqa: PLC0415

    if not {"lat", "lon"} <= layer.columns.keys():
        return None
    (_, lats), (_, lons) = layer.columns["lat"], layer.columns["lon"]
    found = np.empty(len(lats), dtype=object)
    found[:] = [
        None if lat is None else struct.pack("<BIdd", _LITTLE, _POINT, lon, lat)
        for lat, lon in zip(lats, lons, strict=True)
    ]
    return found


def _array(kind: str, values: Sequence[Any]) -> tuple[Any, Any]:
    """Give a column's values and where they are not known."""
    import numpy as np  # noqa: PLC0415

    unknown = np.array([value is None for value in values], dtype=bool)
    if kind in _NUMBERS:
        return np.array(
            [0 if value is None else value for value in values], dtype=_NUMBERS[kind]
        ), unknown
    found = np.empty(len(values), dtype=object)
    found[:] = [
        None if value is None else value.encode("utf-8", "backslashreplace").decode()
        for value in values
    ]
    return found, unknown


_NUMBERS = {"integer": "int64", "number": "float64", "boolean": "bool"}
