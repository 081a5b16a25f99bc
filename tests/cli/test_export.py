"""What is exported opens in other people's programs, says what it holds, and gives away nobody."""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pandas as pd
import pyogrio
import pytest

from truceline.errors import UsageError
from truceline.model.finding import Occurrence
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.exports import FORMS, exported
from truceline.report.flat import TABLES, Column, FlatTable, cells
from truceline.report.scene import Scene

if TYPE_CHECKING:
    from tests.conftest import Command
    from truceline.model.report import Assessment

REPO = Path(__file__).resolve().parents[2]
MISSIONS = ("karabakh-2020", "lebanon-2024", "donbas-2020")
INNER = {column.name for table in TABLES for column in table.columns if column.inner}


def assessed(mission: str, edition: Edition = Edition.DRAFT) -> Assessment:
    gathered = gather(REPO / "missions" / mission, record=False)
    return assess(gathered, cut_off(None, gathered), edition)


@pytest.fixture(scope="module", params=MISSIONS)
def assessment(request: pytest.FixtureRequest) -> Assessment:
    return assessed(str(request.param))


def put(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def columns_of(table: FlatTable, assessment: Assessment) -> tuple[Column, ...]:
    return cells(table, Scene(assessment), public=False)[0]


def package(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("public", [True, False])
def test_pandas_reads_every_table_as_the_codebook_says(
    assessment: Assessment, tmp_path: Path, *, public: bool
) -> None:
    told = package(put(exported(assessment, "csv", public=public), tmp_path))
    assert {r["path"] for r in told["resources"]} == {f"{t.name}.csv" for t in TABLES}
    for resource in told["resources"]:
        frame = pd.read_csv(tmp_path / resource["path"])
        fields = resource["schema"]["fields"]
        assert list(frame.columns) == [field["name"] for field in fields]
        assert len(frame) == resource["rows"]
        assert all(field["description"] for field in fields)
        for field in fields:
            column = frame[field["name"]].dropna()
            if field["type"] in {"integer", "number"}:
                assert pd.api.types.is_numeric_dtype(column)
            if field["type"] in {"datetime", "date"}:
                assert all(datetime.fromisoformat(text) for text in column)
        assert bool(INNER & set(frame.columns)) == (not public)


def test_the_counts_are_those_of_the_run(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "csv", public=False), tmp_path)
    incidents = pd.read_csv(tmp_path / "incidents.csv")
    assert sorted(incidents["id"]) == sorted(i.id for i in assessment.incidents)
    claims = pd.read_csv(tmp_path / "claims.csv")
    assert list(claims["id"]) == [claim.id for claim in assessment.claims]
    standings = pd.read_csv(tmp_path / "standings.csv")
    assert standings["coverage"].notna().all()
    assert standings["counting_rule"].notna().all()
    names = [occurrence.value for occurrence in Occurrence]
    assert (standings[names].sum(axis=1) == standings["incidents"]).all()


def test_local_and_universal_times_are_one_instant(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "csv", public=True), tmp_path)
    frame = pd.read_csv(tmp_path / "incidents.csv").dropna(subset=["earliest_local"])
    zone = assessment.mission.zone
    for local, utc in zip(frame["earliest_local"], frame["earliest_utc"], strict=True):
        there = datetime.fromisoformat(local)
        assert there == datetime.fromisoformat(utc)
        assert there.utcoffset() == there.astimezone(zone).utcoffset()


def test_gdal_reads_points_with_their_radius(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "geojson", public=True), tmp_path)
    told = pyogrio.read_info(tmp_path / "incidents.geojson")
    assert told["features"] == len(assessment.incidents)
    assert told["geometry_type"] in {"Point", "Unknown"}
    west, south, east, north = told["total_bounds"]
    places = [p for i in assessment.incidents for p in i.places]
    assert min(p.lon for p in places) <= west <= east <= max(p.lon for p in places)
    assert min(p.lat for p in places) <= south <= north <= max(p.lat for p in places)
    assert {"radius_m", "earliest_local", "earliest_utc", "coverage"} <= set(told["fields"])
    data = json.loads((tmp_path / "incidents.geojson").read_text(encoding="utf-8"))
    for feature in data["features"]:
        known = feature["geometry"] is not None
        assert (feature["properties"]["radius_m"] is not None) == known


def test_a_spreadsheet_opens_the_workbook_with_its_codebook(
    assessment: Assessment, tmp_path: Path
) -> None:
    put(exported(assessment, "xlsx", public=False), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "truceline.xlsx")
    assert book.sheetnames == [*(t.name for t in TABLES), "codebook"]
    columns = [(t.name, c.name) for t in TABLES for c in columns_of(t, assessment)]
    for table in TABLES:
        rows = list(book[table.name].iter_rows(values_only=True))
        assert rows[0] == tuple(name for named, name in columns if named == table.name)
    assert len(list(book["claims"].iter_rows())) == len(assessment.claims) + 1
    code = list(book["codebook"].iter_rows(values_only=True))
    assert [(row[0], row[1]) for row in code[1:]] == columns


def test_parquet_keeps_the_types(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "parquet", public=False), tmp_path)
    kinds = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    for table in TABLES:
        found = duckdb.read_parquet(str(tmp_path / f"{table.name}.parquet"))
        columns = columns_of(table, assessment)
        assert list(found.columns) == [column.name for column in columns]
        assert list(map(str, found.types)) == [kinds.get(c.kind, "VARCHAR") for c in columns]
    rows = duckdb.read_parquet(str(tmp_path / "findings.parquet")).select("incident").fetchall()
    assert [incident for (incident,) in rows] == [f.incident for f in assessment.findings]


def test_json_lines_hold_one_record_each(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "jsonl", public=False), tmp_path)
    frame = pd.read_json(tmp_path / "findings.jsonl", lines=True)
    assert list(frame["incident"]) == [f.incident for f in assessment.findings]


def test_gdal_reads_a_geopackage_with_points_and_tables(
    assessment: Assessment, tmp_path: Path
) -> None:
    put(exported(assessment, "gpkg", public=False), tmp_path)
    file = tmp_path / "truceline.gpkg"
    kinds = dict(pyogrio.list_layers(file).tolist())
    assert kinds == {t.name: "Point" if t.name in {"incidents", "claims"} else None for t in TABLES}
    told = pyogrio.read_info(file, layer="incidents")
    assert (told["features"], told["crs"]) == (len(assessment.incidents), "EPSG:4326")
    meta, _, points, data = pyogrio.raw.read(
        file, layer="incidents", columns=["id", "radius_m", "coverage"]
    )
    where = {i.id: i.places for i in assessment.incidents}
    for name, radius, _, point in zip(*data, points, strict=True):
        assert (point is None) == (not where[name])
        assert math.isnan(radius) == (not where[name])
        if point is not None:
            lon, lat = struct.unpack("<dd", point[-16:])
            assert min(p.lat for p in where[name]) <= lat <= max(p.lat for p in where[name])
            assert min(p.lon for p in where[name]) <= lon <= max(p.lon for p in where[name])
    assert meta["crs"] == "EPSG:4326"
    assert any(not math.isnan(coverage) for coverage in data[2])


def test_sqlite_opens_the_tables_with_their_types(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "sqlite", public=False), tmp_path)
    with closing(sqlite3.connect(tmp_path / "truceline.sqlite")) as connection:
        for table in TABLES:
            (layout,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)
            ).fetchone()
            assert all(f"'{column.name}'" in layout for column in columns_of(table, assessment))
        found = connection.execute("SELECT id, killed, lat FROM claims ORDER BY fid").fetchall()
        assert [name for name, _, _ in found] == [claim.id for claim in assessment.claims]
        assert [killed for _, killed, _ in found] == [c.harm.killed for c in assessment.claims]
        joined = connection.execute(
            "SELECT count(*) FROM claims JOIN items ON claims.item = items.id"
        ).fetchone()
        assert joined == (len(assessment.claims),)
        occurrences = connection.execute("SELECT occurrence FROM findings ORDER BY fid").fetchall()
        assert [o for (o,) in occurrences] == [f.occurrence.value for f in assessment.findings]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_same_run_gives_the_same_bytes(form: str) -> None:
    made = assessed("karabakh-2020", Edition.RELEASED)
    assert exported(made, form, public=True) == exported(made, form, public=True)


@pytest.mark.parametrize("mission", MISSIONS)
def test_the_public_files_name_nobody_who_is_accused_and_nobody_who_speaks(mission: str) -> None:
    """No name of a side, no word of a source, no speaker; the list of sources names who they are."""
    made = assessed(mission, Edition.RELEASED)
    files = exported(made, "csv", public=True)
    text = "\n".join(data.decode() for name, data in files.items() if name.endswith(".csv"))
    for claim in made.claims:
        for words in (claim.quote, claim.paraphrase):
            assert not words or len(words) < 20 or words[:60] not in text
        if claim.speaker and " " in claim.speaker.text:
            assert claim.speaker.text not in text
    for column in INNER:
        assert f",{column}," not in text


def test_formulas_are_written_as_text() -> None:
    made = assessed("karabakh-2020")
    first, *others = made.claims
    spoilt = replace(first, external_id="=1+1", outlet="@SUM(A1)", url="-2", language="\tx")
    text = exported(replace(made, claims=(spoilt, *others)), "csv", public=True)[
        "claims.csv"
    ].decode()
    (line,) = (line for line in text.splitlines() if line.startswith(first.id))
    for cell in ("'=1+1", "'@SUM(A1)", "'-2", "'\tx"):
        assert f",{cell}," in line


def test_what_a_workbook_cannot_hold_is_refused_and_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = assessed("karabakh-2020")
    first, *others = made.claims
    with pytest.raises(UsageError, match=r"claims, row \d+, has 40,000"):
        exported(
            replace(made, claims=(replace(first, paraphrase="x" * 40_000), *others)),
            "xlsx",
            public=False,
        )
    monkeypatch.setattr("truceline.report.exports._SHEET", 100)
    with pytest.raises(UsageError, match="claims has"):
        exported(made, "xlsx", public=False)


def test_rows_are_chosen_by_column_and_value(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    result = truceline(
        "export",
        mission_folder,
        "--as",
        "csv",
        "--out",
        tmp_path / "a",
        "--where",
        "occurrence=corroborated",
    )
    assert result.exit_code in {0, 1}, result.output
    frame = pd.read_csv(tmp_path / "a" / "incidents.csv")
    assert set(frame["occurrence"]) == {"corroborated"}
    assert {p.name for p in (tmp_path / "a").iterdir()} == {
        "incidents.csv",
        "findings.csv",
        "datapackage.json",
    }
    for words, said in (
        (["--where", "occurence=x"], "no table has the column occurence"),
        (["--where", "occurrence"], "is not COLUMN=VALUE"),
        (
            ["--where", "stance=denies", "--where", "counting_rule=x"],
            "no table has all of the columns",
        ),
        (["--where", "alleged_actors=az"], "no table has the column alleged_actors"),
    ):
        result = truceline("export", mission_folder, "--as", "csv", "--out", tmp_path / "b", *words)
        assert result.exit_code == 2, result.output
        assert said in result.stderr
    assert not (tmp_path / "b").exists()
    assert (
        truceline("export", mission_folder, "--as", "dbf", "--out", tmp_path / "b").exit_code == 2
    )


def test_what_awaits_two_people_does_not_leave(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    for words, folder in ((["--inner"], "inner"), ([], "public")):
        result = truceline(
            "export", mission_folder, "--as", "csv", "--out", tmp_path / folder, *words
        )
        assert result.exit_code in {0, 1}, result.output
    inner, public = (pd.read_csv(tmp_path / name / "incidents.csv") for name in ("inner", "public"))
    assert "confirmed" in set(inner["occurrence"])
    assert "confirmed" not in set(public["occurrence"])
    assert package(tmp_path / "public")["truceline"]["edition"] == "released"
    assert "alleged_actors" in inner.columns
    # The row of the table would tell what is held back: that a side admitted it, or that it would be confirmed.
    text = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "public").glob("*.csv"))
    for told in ("looked_and_seconded", "awaiting_two_people", ",admitted,"):
        assert told not in text


def test_the_page_lists_every_column_and_whether_it_leaves() -> None:
    page = (REPO / "docs" / "reference" / "export.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = page.partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [
            f"| `{c.name}` | {c.kind} | {c.about} | {'no' if c.inner else 'yes'} |"
            for c in table.columns
        ]


def test_sources_carry_their_licence_and_the_mission_how_to_cite_it(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = mission_folder / "mission.yaml"
    text = re.sub(r"publication:\n(  .*\n)+", "", file.read_text(encoding="utf-8"))
    file.write_text(
        text.replace(
            "    name: Reuters\n", "    name: Reuters\n    licence: all rights reserved\n", 1
        )
        + "publication: {licence: CC-BY-4.0, authors: [The Mission], cite: 'The Mission (2020): data.'}\n",
        encoding="utf-8",
    )
    result = truceline("export", mission_folder, "--as", "csv", "--out", tmp_path / "a")
    assert result.exit_code in {0, 1}, result.output
    told = package(tmp_path / "a")
    by_name = {source["title"]: source["licence"] for source in told["sources"]}
    assert by_name.pop("Reuters") == "all rights reserved"
    assert set(by_name.values()) == {"not stated by the mission"}
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert told["contributors"] == [{"title": "The Mission", "role": "author"}]
    assert told["citation"] == "The Mission (2020): data."
    items = pd.read_csv(tmp_path / "a" / "items.csv")
    reuters = items["outlet"].astype(str).str.casefold().isin({"reuters", "reuters.com"})
    assert set(items["licence"].dropna()) <= {"all rights reserved"}
    assert items.loc[~reuters, "licence"].isna().all()


def files_of_run(out: Path) -> dict[str, bytes]:
    names = ("claims.jsonl", "incidents.json", "findings.json", "judgements.json")
    return {name: (out / name).read_bytes() for name in names}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_coded_claims_come_back_as_the_same_items(
    truceline: Command, mission_folder: Path, tmp_path: Path, form: str
) -> None:
    """Into their own mission nothing changes; into one that lost its table everything is there again."""
    table = mission_folder / "evidence" / "claims.csv"
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    rows[0]["paraphrase"] = "=1+1, '-x"
    rows[1]["paraphrase"] = "'=quoted"
    for n, row in enumerate(rows):
        row["shelf"] = f"-{n}" if n % 2 else ""
    write(table, rows)
    assert truceline("run", mission_folder, "--out", tmp_path / "before").exit_code in {0, 1}
    export = ("export", mission_folder, "--as", form, "--out", tmp_path / "out", "--inner")
    assert truceline(*export).exit_code in {0, 1}
    file = tmp_path / "out" / ("claims.csv" if form == "csv" else "truceline.xlsx")
    again = truceline(
        "run", mission_folder, "--out", tmp_path / "again", "--add", f"coded_claims:{file}"
    )
    assert again.exit_code in {0, 1}, again.output
    assert files_of_run(tmp_path / "again") == files_of_run(tmp_path / "before")
    write(table, rows[:1])
    back = truceline(
        "run", mission_folder, "--out", tmp_path / "back", "--add", f"coded_claims:{file}"
    )
    assert back.exit_code in {0, 1}, back.output
    was = [
        json.loads(line) for line in (tmp_path / "before" / "claims.jsonl").read_text().splitlines()
    ]
    now = [
        json.loads(line) for line in (tmp_path / "back" / "claims.jsonl").read_text().splitlines()
    ]
    assert {c["id"] for c in now} == {c["id"] for c in was}


def write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_what_a_machine_read_is_refused_row_by_row(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = mission_folder / "mission.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "evidence:\n", "evidence:\n  - {reader: text, file: a.txt}\n", 1
    )
    file.write_text(text, encoding="utf-8")
    (mission_folder / "a.txt").write_text(
        "---\npublished: 2020-10-12\noutlet: Example\n---\nBAKU, October 12, 2020. The Ministry of Defence said that the city "
        "of Ganja was shelled on October 12 at 14:00.\n",
        encoding="utf-8",
    )
    export = ("export", mission_folder, "--as", "csv", "--out", tmp_path / "out", "--inner")
    assert truceline(*export).exit_code in {0, 1}
    frame = pd.read_csv(tmp_path / "out" / "claims.csv")
    read = int((frame["reading"] == "read").sum())
    assert read > 0
    added = truceline(
        "run",
        mission_folder,
        "--out",
        tmp_path / "b",
        "--add",
        f"coded_claims:{tmp_path / 'out' / 'claims.csv'}",
    )
    assert added.exit_code == 1
    problems = json.loads((tmp_path / "b" / "problems.json").read_text(encoding="utf-8"))
    refused = [
        p for p in problems if p["file"] == "claims.csv" and "a machine read this" in p["message"]
    ]
    assert [(p["field"], p["row"]) for p in refused] == [
        ("reading", int(n) + 2) for n in frame.index[frame["reading"] == "read"]
    ]


def test_a_table_that_was_exported_for_the_outside_does_not_come_back(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    export = ("export", mission_folder, "--as", "csv", "--out", tmp_path / "out")
    assert truceline(*export).exit_code in {0, 1}
    added = f"coded_claims:{tmp_path / 'out' / 'claims.csv'}"
    assert truceline("run", mission_folder, "--out", tmp_path / "b", "--add", added).exit_code == 1
    problems = json.loads((tmp_path / "b" / "problems.json").read_text(encoding="utf-8"))
    (told,) = [p for p in problems if p["file"] == "claims.csv"]
    assert "exported without what coders wrote" in told["message"]
    assert "--inner" in told["advice"]
