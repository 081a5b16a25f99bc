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
    assert "issued by Ann Ax as entry 126 of the ledger" in result.stderr
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
