"""Flat tables in the forms that other programs open: CSV, JSON lines, GeoJSON, Parquet, a workbook; each with its codebook.

`datapackage.json` (Frictionless) says of every file and column what it holds, of what the run was, and who its sources are.
"""

from __future__ import annotations

import csv
import io
import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from truceline.errors import UsageError
from truceline.report.flat import TABLES, Column, FlatTable, Row, cells
from truceline.report.layers import Layer, geopackage, sqlite
from truceline.report.scene import Scene
from truceline.store.canonical import sha256_hex
from truceline.store.engine import parquet
from truceline.store.workbook import new_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from truceline.model.mission import Publication
    from truceline.model.report import Assessment
    from truceline.report.flat import Value

Filled = tuple[FlatTable, tuple[Column, ...], list[Row]]
# What a text begins with that may have to be marked.
_MARKED = {"=", "+", "-", "@", "\t", "\r", "'"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# The longest text that a spreadsheet keeps in a cell.
_CELL = 32_767
# The most rows that it keeps in a sheet, its header among them.
_SHEET = 1_048_576
_POINT = ("lat", "lon")
_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def exported(
    assessment: Assessment, form: str, *, public: bool, where: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Give the files of an export, by name. UsageError for a form or a column that there is not.

    `where` keeps the rows in which every named column has that value, in tables that have all of the columns.
    """
    if form not in FORMS:
        raise UsageError(f"there is no form {form!r}", f"give one of {', '.join(sorted(FORMS))}")
    scene = Scene(assessment)
    filled = [(table, *cells(table, scene, public=public)) for table in TABLES]
    filled = _kept(filled, where or {})
    files = FORMS[form](filled)
    package = _package(assessment, filled, files, form, public=public)
    return {**files, "datapackage.json": _json(package)}


def _kept(filled: list[Filled], where: Mapping[str, str]) -> list[Filled]:
    if not where:
        return filled
    known = sorted({column.name for _, columns, _ in filled for column in columns})
    if unknown := sorted(where.keys() - set(known)):
        raise UsageError(
            f"no table has the column {', '.join(unknown)}", f"the columns are {', '.join(known)}"
        )
    found = []
    for table, columns, rows in filled:
        names = [column.name for column in columns]
        if where.keys() <= set(names):
            wanted = [(names.index(name), value) for name, value in where.items()]
            found.append(
                (table, columns, [r for r in rows if all(_text(r[n]) == v for n, v in wanted)])
            )
    if not found:
        raise UsageError(
            f"no table has all of the columns {', '.join(where)}", "name columns of one table"
        )
    return found


def _text(value: Value) -> str:
    """Write a value as CSV does: nothing for what is not known."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _safe(text: str | None) -> str | None:
    """Write a text so that no spreadsheet takes it for a formula."""
    if text and text.lstrip("'").startswith(_FORMULA):
        return f"'{text}"
    return text


def _csv(filled: list[Filled]) -> dict[str, bytes]:
    files = {}
    for table, columns, rows in filled:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        if rows:
            by_column = zip(columns, zip(*rows, strict=True), strict=True)
            writer.writerows(zip(*(_csv_cells(c, values) for c, values in by_column), strict=True))
        files[f"{table.name}.csv"] = out.getvalue().encode("utf-8", "backslashreplace")
    return files


def _csv_cells(column: Column, values: Sequence[Any]) -> Iterable[object]:
    """Give a column's cells as CSV has them; the writer leaves a cell empty where a value is not known."""
    if column.kind == "boolean":
        return map(_text, values)
    if column.kind != "string" or _MARKED.isdisjoint({value[:1] for value in values if value}):
        return values
    return map(_safe, values)


def _records(columns: Sequence[Column], rows: Iterable[Row]) -> Iterable[dict[str, Value]]:
    names = [column.name for column in columns]
    return (dict(zip(names, row, strict=True)) for row in rows)


def _jsonl(filled: list[Filled]) -> dict[str, bytes]:
    return {
        f"{table.name}.jsonl": b"".join(
            _json(record, short=True) for record in _records(columns, rows)
        )
        for table, columns, rows in filled
    }


def _geojson(filled: list[Filled]) -> dict[str, bytes]:
    """Write the tables that have a point; a row without one has a null geometry, as RFC 7946 asks."""
    files = {}
    for table, columns, rows in filled:
        if not set(_POINT) <= {column.name for column in columns}:
            continue
        names = [column.name for column in columns]
        lats, lons = (names.index(name) for name in _POINT)
        others = [n for n, name in enumerate(names) if name not in _POINT]
        named, chosen = [names[n] for n in others], itemgetter(*others)
        features = [
            {
                "type": "Feature",
                "geometry": None
                if row[lats] is None
                else {"type": "Point", "coordinates": (row[lons], row[lats])},
                "properties": dict(zip(named, chosen(row), strict=True)),
            }
            for row in rows
        ]
        files[f"{table.name}.geojson"] = _json(
            {"type": "FeatureCollection", "features": features}, short=True
        )
    return files


def _xlsx(filled: list[Filled]) -> dict[str, bytes]:
    """Write one workbook, a sheet a table, and the codebook as a sheet; every text is written as text."""
    code: list[Row] = [
        (t.name, c.name, c.kind, c.about) for t, columns, _ in filled for c in columns
    ]
    sheets: list[tuple[str, list[str], Sequence[Row]]] = [
        *((t.name, [c.name for c in columns], rows) for t, columns, rows in filled),
        ("codebook", ["table", "column", "type", "holds"], code),
    ]
    with new_workbook() as (book, out):
        bold = book.add_format({"bold": True})
        for name, heads, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, heads, bold)
            if len(rows) >= _SHEET:
                raise UsageError(
                    f"a sheet holds {_SHEET:,} rows; {name} has {len(rows):,}",
                    "export --as csv, parquet or sqlite, or fewer rows with --where",
                )
            for n, row in enumerate(rows, 1):
                _sheet_row(sheet, n, row)
    return {"truceline.xlsx": out.getvalue()}


def _sheet_row(sheet: Worksheet, n: int, row: Row) -> None:
    for k, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(n, k, value)
        elif isinstance(value, int | float):
            sheet.write_number(n, k, value)
        elif value is not None:
            text = value.encode("utf-8", "backslashreplace").decode()
            if len(text) > _CELL:
                raise UsageError(
                    f"a spreadsheet's cell holds {_CELL:,} letters; {sheet.name}, row {n + 1}, has {len(text):,}",
                    "export --as csv, jsonl or sqlite: nothing is cut there",
                )
            sheet.write_string(n, k, text)


def _parquet(filled: list[Filled]) -> dict[str, bytes]:
    """Write one file a table; instants stay as the texts that the other forms have."""
    files = {}
    for table, columns, rows in filled:
        values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
        typed = {
            c.name: (_TYPES.get(c.kind, "VARCHAR"), v) for c, v in zip(columns, values, strict=True)
        }
        files[f"{table.name}.parquet"] = parquet(typed)
    return files


def _tables_of(filled: list[Filled]) -> list[Layer]:
    return [
        Layer(
            table.name, {c.name: (c.kind, [row[n] for row in rows]) for n, c in enumerate(columns)}
        )
        for table, columns, rows in filled
    ]


def _gpkg(filled: list[Filled]) -> dict[str, bytes]:
    return {"truceline.gpkg": geopackage(_tables_of(filled))}


def _sqlite(filled: list[Filled]) -> dict[str, bytes]:
    return {"truceline.sqlite": sqlite(_tables_of(filled))}


FORMS: Mapping[str, Callable[[list[Filled]], dict[str, bytes]]] = {
    "csv": _csv, "parquet": _parquet, "jsonl": _jsonl, "geojson": _geojson, "xlsx": _xlsx,
    "gpkg": _gpkg, "sqlite": _sqlite,
}  # fmt: skip


def _package(
    assessment: Assessment,
    filled: list[Filled],
    files: Mapping[str, bytes],
    form: str,
    *,
    public: bool,
) -> dict[str, object]:
    mission = assessment.mission
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": mission.id, "title": mission.title, "version": assessment.items_digest[:16],
        **_published(mission.publication),
        "truceline": {
            "as_of": assessment.as_of_text, "edition": assessment.edition.value, "method": assessment.method,
            "items_digest": assessment.items_digest, "counting_rule": mission.counting_rule.value,
            "shown": "public: without who is accused, who speaks, and their words" if public else "for the mission's own people",
            "note": "A count without its coverage says nothing: where nobody could look, nothing was observed, and that is not quiet.",
        },
        "sources": [
            {"title": source.name, "role": source.role.value, "licence": source.licence or "not stated by the mission",
             **({"owner": source.owner} if source.owner else {})}
            for source in mission.sources
        ],
        "resources": [
            {"path": path, "format": path.rpartition(".")[2], "encoding": "utf-8", "bytes": len(content),
             "hash": f"sha256:{sha256_hex(content)}", **_resource(path, filled, form)}
            for path, content in files.items()
        ],
    }  # fmt: skip


def _published(how: Publication | None) -> dict[str, object]:
    """Say how the mission's own coding may be published; what the sources say has the licences of the sources."""
    if how is None:
        return {}
    return {
        "licenses": [{"name": how.licence, "title": f"the mission's own coding: {how.licence}"}],
        "contributors": [{"title": name, "role": "author"} for name in how.authors],
        "citation": how.cite,
    }


def _resource(path: str, filled: list[Filled], form: str) -> dict[str, object]:
    stem = path.rpartition(".")[0]
    for table, columns, rows in filled:
        if table.name == stem:
            schema = {
                "fields": [
                    {"name": c.name, "type": c.kind, "description": c.about} for c in columns
                ],
                "missingValues": [""],
            }
            dialect = {"profile": "tabular-data-resource"} if form == "csv" else {}
            return {
                "name": table.name,
                "title": table.about,
                "rows": len(rows),
                "schema": schema,
                **dialect,
            }
    return {"name": stem.lower()}


def _json(value: object, *, short: bool = False) -> bytes:
    try:
        style = orjson.OPT_APPEND_NEWLINE | (0 if short else orjson.OPT_INDENT_2)
        return orjson.dumps(value, option=style)
    except orjson.JSONEncodeError:
        text = json.dumps(
            value,
            ensure_ascii=False,
            indent=None if short else 2,
            separators=(",", ":") if short else None,
        )
        return f"{text}\n".encode("utf-8", "backslashreplace")
