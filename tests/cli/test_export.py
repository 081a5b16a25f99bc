"""What is exported opens in other people's programs, says what it holds, and gives away nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pandas as pd
import pyogrio
import pytest

from truceline.model.finding import Occurrence
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.exports import FORMS, exported
from truceline.report.flat import TABLES

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
    for table in TABLES:
        rows = list(book[table.name].iter_rows(values_only=True))
        assert rows[0] == tuple(column.name for column in table.columns)
    assert len(list(book["claims"].iter_rows())) == len(assessment.claims) + 1
    assert len(list(book["codebook"].iter_rows())) == 1 + sum(len(t.columns) for t in TABLES)


def test_parquet_keeps_the_types(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "parquet", public=False), tmp_path)
    kinds = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    for table in TABLES:
        found = duckdb.read_parquet(str(tmp_path / f"{table.name}.parquet"))
        assert list(found.columns) == [column.name for column in table.columns]
        assert list(map(str, found.types)) == [kinds.get(c.kind, "VARCHAR") for c in table.columns]
    rows = duckdb.read_parquet(str(tmp_path / "findings.parquet")).select("incident").fetchall()
    assert [incident for (incident,) in rows] == [f.incident for f in assessment.findings]


def test_json_lines_hold_one_record_each(assessment: Assessment, tmp_path: Path) -> None:
    put(exported(assessment, "jsonl", public=False), tmp_path)
    frame = pd.read_json(tmp_path / "findings.jsonl", lines=True)
    assert list(frame["incident"]) == [f.incident for f in assessment.findings]


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


def test_the_page_lists_every_column_and_whether_it_leaves() -> None:
    page = (REPO / "docs" / "reference" / "export.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = page.partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [
            f"| `{c.name}` | {c.kind} | {c.about} | {'no' if c.inner else 'yes'} |"
            for c in table.columns
        ]
