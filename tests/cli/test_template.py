"""A template offers the words of its mission, and what is filled in comes back with sheet, row and column in every complaint."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from truceline.collect.coded_claims import COLUMNS, LATER
from truceline.collect.template import template
from truceline.pipeline import gather
from truceline.read.coded.row_times import known_word
from truceline.terms.acts import acts_of, stance_of
from truceline.terms.watched import COVERAGE, RESTRICTIONS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.conftest import Command

REPO = Path(__file__).resolve().parents[2]
CLAIM = {
    "claim_id": "N1", "lang": "en", "pub_date": "2020-10-12", "origin": "AZ MoD", "origin_side": "AZ", "kind": "accusation",
    "act": "artillery_fire", "accused": "AM", "t_from_local": "2020-10-11 02:00", "time_precision": "about", "places": "Ganja",
    "killed": "3", "outlet": "example.org", "basis": "told", "paraphrase": "Shells fell on the city.",
}  # fmt: skip
LOOK = {
    "record_id": "L1", "area": "everywhere", "channel": "camera", "from": "2020-10-11 00:00", "to": "2020-10-11 06:00",
    "light": "night", "effective_fraction": "0.5", "lost_to": "weather", "reported": "2020-10-12", "source": "log",
}  # fmt: skip
HINDRANCE = {
    "restriction_id": "R1", "area": "everywhere", "from": "2020-10-11 06:00", "to": "2020-10-11 08:00", "class": "denial",
    "by": "unknown", "remaining_fraction": "0", "reported": "2020-10-12", "source": "log",
}  # fmt: skip


def made(truceline: Command, mission: Path, folder: Path) -> Path:
    result = truceline("template", mission, "--out", folder)
    assert result.exit_code == 0, result.output
    (file,) = folder.glob("*.xlsx")
    return file


def bounds(cells: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = (n or 0 for n in range_boundaries(cells))
    return left, top, right, bottom


def fill(sheet: Worksheet, number: int, cells: dict[str, Any]) -> None:
    names = {cell.value: cell.column for cell in sheet[1] if cell.value}
    for name, value in cells.items():
        if name not in names:
            names[name] = len(names) + 1
            sheet.cell(1, names[name], name)
        sheet.cell(number, names[name], value)


def problems_of(out: Path) -> list[dict[str, Any]]:
    return list(json.loads((out / "problems.json").read_text(encoding="utf-8")))


def test_the_columns_are_those_of_the_readers_and_every_word_is_understood() -> None:
    for name in ("karabakh-2020", "lebanon-2024", "donbas-2020"):
        mission = gather(REPO / "missions" / name, record=False).mission
        sheets = {sheet.name: sheet.columns for sheet in template(mission)}
        assert {n: {c.name for c in columns} for n, columns in sheets.items()} == {
            "claims": {*COLUMNS, *LATER},
            "coverage": set(COVERAGE),
            "restrictions": set(RESTRICTIONS),
        }
        words = {c.name: c.words for c in sheets["claims"]}
        assert all(known_word(word) for word in words["time_precision"])
        assert all(acts_of(word) for word in words["act"])
        assert all(stance_of(word) for word in words["kind"])
        assert {p.id for p in mission.parties} <= set(words["accused"])
        assert {s.name for s in mission.sources} == set(words["origin"])
        assert all(column.about for columns in sheets.values() for column in columns)


def test_the_workbook_offers_the_missions_words_as_drop_downs(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(made(truceline, mission_folder, tmp_path / "t"))
    assert book.sheetnames == ["read me", "claims", "coverage", "restrictions", "words"]
    mission = gather(mission_folder, record=False).mission
    for sheet in template(mission):
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == [column.name for column in sheet.columns]
        assert all(cell.comment for cell in page[1])
        offered = {}
        for rule in page.data_validations.dataValidation:
            column, first, _, last = bounds(str(rule.sqref))
            assert (first, last >= 5000, rule.type) == (2, True, "list")
            left, top, right, bottom = bounds(rule.formula1.partition("!")[2].replace("$", ""))
            cells = book["words"].iter_rows(top, bottom, left, right, values_only=True)
            offered[page.cell(1, column).value] = tuple(value for (value,) in cells)
        assert offered == {c.name: c.words for c in sheet.columns if c.words}


def test_the_same_mission_gives_the_same_workbook(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    one, other = (made(truceline, mission_folder, tmp_path / name) for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_a_filled_workbook_is_read_and_its_own_columns_are_exported(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = made(truceline, mission_folder, mission_folder / "evidence")
    book = openpyxl.load_workbook(file)
    fill(book["claims"], 2, {**CLAIM, "shelf": "A 7"})
    # A typed date, a typed time and numbers, as people enter them where no cell is a text.
    typed = {
        "claim_id": "N2",
        "pub_date": date(2020, 10, 12),
        "t_from_local": datetime.fromisoformat("2020-10-11T02:30"),
        "killed": 3,
    }
    fill(book["claims"], 5, {**CLAIM, **typed})
    fill(book["coverage"], 2, {**LOOK, "crew": "two"})
    fill(book["restrictions"], 2, HINDRANCE)
    book.save(file)
    yaml = mission_folder / "mission.yaml"
    yaml.write_text(
        yaml.read_text(encoding="utf-8").replace(
            "evidence:\n", f"evidence:\n  - {{reader: workbook, file: evidence/{file.name}}}\n", 1
        ),
        encoding="utf-8",
    )
    assert truceline("check", mission_folder).exit_code == 0
    out = tmp_path / "out"
    assert truceline("run", mission_folder, "--out", out).exit_code in {0, 1}
    told = [p for p in problems_of(out) if file.name in p["file"]]
    assert {p["severity"] for p in told} == {"notice"}
    claims = {
        c["external_id"]: c
        for c in map(json.loads, (out / "claims.jsonl").read_text().splitlines())
    }
    assert claims["N1"]["harm"]["killed"] == claims["N2"]["harm"]["killed"] == 3
    assert claims["N2"]["when"]["text"] == "2020-10-11 02:30 about"
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert any(r["channel"] == "camera" for r in report["coverage"]["records"])
    export = ("export", mission_folder, "--as", "csv", "--out", tmp_path / "data", "--inner")
    assert truceline(*export).exit_code in {0, 1}
    rows = list(csv.DictReader((tmp_path / "data" / "claims.csv").open(encoding="utf-8")))
    assert {r["external_id"]: r["coded_shelf"] for r in rows if r["coded_shelf"]} == {"N1": "A 7"}
    items = list(csv.DictReader((tmp_path / "data" / "items.csv").open(encoding="utf-8")))
    (look,) = [json.loads(i["row"]) for i in items if i["reader"] == "coverage"]
    assert look["crew"] == "two"


def test_an_erasure_finds_words_inside_a_workbook(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    """A search over the bytes of a packed file would say that nobody's name stands there."""
    file = made(truceline, mission_folder, mission_folder / "evidence")
    book = openpyxl.load_workbook(file)
    fill(book["claims"], 2, {**CLAIM, "paraphrase": "Told by Zyx & Qwv of the kiosk."})
    book.save(file)
    yaml = mission_folder / "mission.yaml"
    yaml.write_text(
        yaml.read_text(encoding="utf-8").replace(
            "evidence:\n", f"evidence:\n  - {{reader: workbook, file: evidence/{file.name}}}\n", 1
        ),
        encoding="utf-8",
    )
    truceline("run", mission_folder, "--out", tmp_path / "a")
    found = truceline("erase", mission_folder, "--find", given="zyx & qwv").stdout.split("\n")
    kinds = [line.partition(" ")[2] for line in found if line]
    assert sorted(kinds) == ["evidence_file", "item"]
    assert b"Zyx" not in file.read_bytes()


def test_every_complaint_names_sheet_row_and_column(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = made(truceline, mission_folder, tmp_path / "t")
    book = openpyxl.load_workbook(file)
    wrong = {
        "act": "bombardement",
        "kind": "rumor",
        "killed": "many",
        "places": "Atlantis",
        "accused": "XX",
    }
    fill(book["claims"], 4, {**CLAIM, **wrong})
    fill(book["claims"], 6, {**CLAIM, "claim_id": "N2", "pub_date": "yesterday"})
    fill(
        book["coverage"],
        3,
        {**LOOK, "light": "dusk", "effective_fraction": "half", "to": "2020-10-11"},
    )
    fill(book["restrictions"], 2, {**HINDRANCE, "class": "no", "by": "nobody"})
    book["restrictions"].cell(3, 40, "beside the table")
    book.save(file)
    result = truceline("run", mission_folder, "--out", tmp_path / "b", "--add", f"workbook:{file}")
    assert result.exit_code == 1
    where = {
        (p["file"].partition(", sheet ")[2], p["row"], p["field"])
        for p in problems_of(tmp_path / "b")
        if file.name in p["file"] and p["row"]
    }
    assert where >= {
        *(("claims", 4, name) for name in wrong), ("claims", 6, "pub_date"),
        *(("coverage", 3, name) for name in ("light", "effective_fraction", "to")),
        *(("restrictions", 2, name) for name in ("class", "by")), ("restrictions", 3, None),
    }  # fmt: skip


def test_an_empty_template_is_no_fault_and_adds_nothing(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = made(truceline, mission_folder, tmp_path / "t")
    truceline("run", mission_folder, "--out", tmp_path / "a")
    truceline("run", mission_folder, "--out", tmp_path / "b", "--add", f"workbook:{file}")
    for name in ("claims.jsonl", "findings.json", "problems.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_csv_templates_have_their_words_beside_them(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    result = truceline("template", mission_folder, "--as", "csv", "--out", tmp_path / "t")
    assert result.exit_code == 0, result.output
    names = {p.name for p in (tmp_path / "t").iterdir()}
    assert names == {"claims.csv", "coverage.csv", "restrictions.csv", "words.csv"}
    words = list(csv.DictReader((tmp_path / "t" / "words.csv").open(encoding="utf-8")))
    assert {"AM", "AZ"} <= {
        w["word"] for w in words if (w["table"], w["column"]) == ("claims", "accused")
    }
    with (tmp_path / "t" / "claims.csv").open("a", encoding="utf-8") as file:
        names_of = next(csv.reader((tmp_path / "t" / "claims.csv").open(encoding="utf-8")))
        csv.writer(file).writerow([CLAIM.get(name, "") for name in names_of])
    added = f"coded_claims:{tmp_path / 't' / 'claims.csv'}"
    truceline("run", mission_folder, "--out", tmp_path / "b", "--add", added)
    assert '"external_id":"N1"' in (tmp_path / "b" / "claims.jsonl").read_text(encoding="utf-8")


def test_a_filled_file_is_never_overwritten(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = made(truceline, mission_folder, tmp_path / "t")
    file.write_bytes(b"filled")
    result = truceline("template", mission_folder, "--out", tmp_path / "t")
    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert file.read_bytes() == b"filled"


def unfolding() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (600 << 20))
    return out.getvalue()


def other_sheets() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("more")
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("content", "said"), [
    (b"claim_id,url\n", "no workbook"),
    (b"PK\x03\x04 and nothing", "cannot be read"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "no workbook"),
    (unfolding, "unfolds to more than"),
    (other_sheets, "no sheet of the workbook is a table of evidence; it has Sheet, more"),
])  # fmt: skip
def test_what_is_no_workbook_is_told(
    truceline: Command, mission_folder: Path, tmp_path: Path, content: Any, said: str
) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content() if callable(content) else content)
    for reader in ("workbook", "coded_claims"):
        result = truceline(
            "run", mission_folder, "--out", tmp_path / "b", "--add", f"{reader}:{file}"
        )
        assert result.exit_code == 1
        told = [p for p in problems_of(tmp_path / "b") if p["file"] == "x.xlsx"]
        assert told
        assert all(p["severity"] == "error" and p["advice"] for p in told)
        assert reader != "workbook" or said in told[0]["message"]
