"""An issued report shows the signed head that it rests on, and stands in the ledger itself."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import segno

from truceline.record import note
from truceline.record.ledger import Ledger
from truceline.record.rekey import keys_of
from truceline.record.shown import heads_in
from truceline.record.verifier import verify
from truceline.report.qr import qr_code
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

LASTING = ("report.html", "report.json", "claims.jsonl", "findings.json", "judgements.json")


@pytest.fixture
def out(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the folder of an issued report."""
    folder = tmp_path / "issued"
    result = truceline("issue", mission_folder, "--out", folder, "--by", "Ann Ax")
    assert result.exit_code in {0, 1}, result.output
    assert "No. 1 issued by Ann Ax as entry 126 of the ledger" in result.stderr
    return folder


def test_the_page_shows_the_head_it_rests_on_and_the_ledger_holds_the_page(
    out: Path, mission_folder: Path, truceline: Command
) -> None:
    key = keys_of(mission_folder).in_force
    assert key is not None
    page = (out / "report.html").read_bytes()
    (shown,) = heads_in(page)
    covering = note.read((out / "head.txt").read_text(encoding="utf-8"))
    assert (shown.body.size, covering.body.size) == (126, 127)
    assert key.signed(shown)
    assert key.signed(covering)
    assert key.text.encode() in page.replace(b"&#43;", b"+")
    with Ledger.read(mission_folder) as ledger:
        (entry,) = ledger.entries("report_issued")
        assert ledger.original(entry.record["original"]) == page
    assert entry.record["by"] == "Ann Ax"
    assert entry.record["rests_on"] == note.signed(shown.text, shown.signatures)
    for name in LASTING:
        assert entry.record["files"][name] == sha256_hex((out / name).read_bytes())
    assert "run.json" not in entry.record["files"]
    proof, head = ((out / name).read_bytes() for name in ("report.tlog-proof", "head.txt"))
    for name in LASTING:
        steps = verify.check(proof, (out / name).read_bytes(), head, key.text, None)
        assert [step.state for step in steps] == ["ok"] * 6, name
    for file in ("report.html", "head.txt"):
        assert truceline("verify", mission_folder, "--checkpoint", out / file).exit_code == 0


def test_going_back_behind_an_issued_report_is_refused_on_any_machine(
    out: Path,
    mission_folder: Path,
    truceline: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = tmp_path / "older"
    shutil.copytree(mission_folder, older)
    later = tmp_path / "later"
    truceline("issue", mission_folder, "--out", later, "--by", "Ann Ax")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    assert truceline("verify", older, "--checkpoint", out / "report.html").exit_code == 0
    assert truceline("verify", older, "--checkpoint", later / "head.txt").exit_code == 3
    assert truceline("run", older, "--out", tmp_path / "x").exit_code == 3


def test_what_is_issued_is_what_may_leave(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    truceline("run", mission_folder, "--out", tmp_path / "released", "--released")
    for name in ("report.json", "findings.json", "judgements.json", "incidents.json"):
        assert (out / name).read_bytes() == (tmp_path / "released" / name).read_bytes()
    page = (tmp_path / "released" / "report.html").read_bytes()
    assert b"What this report rests on" not in page
    assert b"What this report rests on" in (out / "report.html").read_bytes()


def test_a_report_is_not_issued_where_nobody_vouches_for_the_ledger(
    mission_folder: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "blocked"))
        result = truceline("issue", mission_folder, "--out", tmp_path / "x", "--by", "Ann Ax")
    assert result.exit_code == 1
    assert "are not signed" in result.stderr
    truceline("run", mission_folder, "--out", tmp_path / "x")
    truceline("key", "revoke", mission_folder, "--by", "Ann Ax", "--because", "stolen")
    result = truceline("issue", mission_folder, "--out", tmp_path / "y", "--by", "Ann Ax")
    assert result.exit_code == 1
    assert "no second one has confirmed it" in result.stderr
    assert not (tmp_path / "y").exists()
    for name in (" ", "\u200b"):
        result = truceline("issue", mission_folder, "--out", tmp_path / "y", "--by", name)
        assert result.exit_code == 2
    with Ledger.read(mission_folder) as ledger:
        assert list(ledger.entries("report_issued")) == []


def test_the_code_holds_the_head_and_nothing_else(out: Path) -> None:
    (shown,) = heads_in((out / "report.html").read_bytes())
    text = note.signed(shown.text, shown.signatures)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert qr_code(text) in page
    assert int(segno.make_qr(text, error="m", encoding="utf-8").version) <= 12
    assert "\x1b" not in page
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["ledger"]["size"] == 126


def front_of(folder: Path) -> str:
    return str(json.loads((folder / "report.json").read_text(encoding="utf-8"))["front"]["since"])


def test_reports_are_numbered_say_what_is_new_since_the_last_and_are_corrected_by_new_ones(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    def issued(name: str, *words: str) -> str:
        result = truceline(
            "issue", mission_folder, "--out", tmp_path / name, "--by", "Ann Ax", *words
        )
        assert result.exit_code in {0, 1}, result.output
        return (tmp_path / name / "report.html").read_text(encoding="utf-8")

    first = (out / "report.html").read_text(encoding="utf-8")
    assert "<h1>No. 1: " in first
    assert "the first report of this mission" in first
    second = issued("two")
    assert "<h1>No. 2: " in second
    assert "No. 2, after No. 1" in second
    assert sha256_hex((out / "report.html").read_bytes()) in second
    assert front_of(tmp_path / "two").startswith("No. 1 (as of ")
    corrected = issued("corr", "--corrects", "1", "--because", "a place was <wrong>")
    assert "<h1>No. 1 Corr. 1: " in corrected
    assert "This corrects No. 1</b>" in corrected
    assert "a place was &lt;wrong&gt;" in corrected
    assert sha256_hex((out / "report.html").read_bytes()) in corrected
    # What is new in a correction is what was new in the report that it corrects.
    assert front_of(tmp_path / "corr") == front_of(out)
    assert "<h1>No. 1 Corr. 2: " in issued("corr2", "--corrects", "1", "--because", "again")
    third = issued("three")
    assert "<h1>No. 3: " in third
    assert "No. 3, after No. 2" in third
    with Ledger.read(mission_folder) as ledger:
        records = [entry.record for entry in ledger.entries("report_issued")]
    assert [r["number"] for r in records] == [
        "No. 1",
        "No. 2",
        "No. 1 Corr. 1",
        "No. 1 Corr. 2",
        "No. 3",
    ]
    assert records[3]["corrected_page"] == records[2]["original"]
    assert records[4]["previous"] == records[1]["original"]
    # Every page still stands in the ledger: nothing was written over.
    with Ledger.read(mission_folder) as ledger:
        assert all(ledger.original(str(r["original"])) for r in records)


def test_a_report_is_never_written_over_and_a_correction_says_of_what_and_why(
    out: Path, mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for words, told in (
        ((out,), "none is written over"),
        (
            (tmp_path / "x", "--corrects", "7", "--because", "x"),
            "there is no report No. 7 to correct",
        ),
        ((tmp_path / "x", "--corrects", "1"), "say what stood wrong"),
        ((tmp_path / "x", "--because", "x"), "--because is of a correction alone"),
        ((tmp_path / "x", "--corrects", "0", "--because", "x"), "0"),
    ):
        result = truceline("issue", mission_folder, "--by", "Ann Ax", "--out", *words)
        assert result.exit_code == 2, result.output
        assert told in result.stderr
    run = truceline("run", mission_folder, "--out", out)
    assert run.exit_code == 2
    assert "an issued report stands in" in run.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert not (tmp_path / "x").exists()
    with Ledger.read(mission_folder) as ledger:
        assert len(list(ledger.entries("report_issued"))) == 1
