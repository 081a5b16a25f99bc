"""Backup, restore and the end of a mission, as people call them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.issuing import issue
from truceline.record import close as close_module
from truceline.record.ledger import Ledger
from truceline.store.state import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

ANN = ("--by", "Ann Ax", "--because", "the mandate ended")
BEN = ("--by", "Ben By", "--because", "the mandate ended")


@pytest.fixture
def mission(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the demonstration mission after a run, with one proposal."""
    truceline("run", mission_folder, "--out", tmp_path / "out")
    incident = json.loads((tmp_path / "out" / "incidents.json").read_text(encoding="utf-8"))[0][
        "id"
    ]
    words = ["--verdict", "refuted", "--by", "Ann Ax", "--reason", "we looked"]
    assert truceline("decide", mission_folder, incident, *words).exit_code == 0
    return mission_folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "run.json"}


def test_a_mission_comes_back_from_its_backup_alone(
    mission: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another machine with nothing but the backup, the run gives the same files, decisions included."""
    truceline("run", mission, "--out", tmp_path / "before")
    result = truceline("backup", mission, "--out", tmp_path / "copy")
    assert result.exit_code == 0, result.output
    with Ledger.read(mission) as ledger:
        assert ledger.checkpoint().note in result.stdout
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another account"))
    result = truceline("restore", tmp_path / "copy", tmp_path / "back")
    assert result.exit_code == 0, result.output
    assert "mission.yaml" in result.stderr
    assert (
        truceline(
            "verify", tmp_path / "back", "--checkpoint", tmp_path / "copy" / "head.txt"
        ).exit_code
        == 0
    )
    result = truceline("run", tmp_path / "back", "--out", tmp_path / "after")
    assert result.exit_code in {0, 1}, result.output
    assert outputs(tmp_path / "after") == outputs(tmp_path / "before")


def test_a_restore_with_loss_stands_in_every_report(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    truceline("backup", mission, "--out", tmp_path / "copy")
    issue(truceline, mission, tmp_path / "issued")
    shutil.rmtree(mission / ".truceline")
    refused = truceline("restore", tmp_path / "copy", mission)
    assert refused.exit_code == 3
    assert "--because" in refused.stderr
    done = truceline("restore", tmp_path / "copy", mission, "--because", "the disk failed")
    assert done.exit_code == 0, done.output
    assert "3 entries that this machine had seen are lost" in done.stderr
    assert truceline("run", mission, "--out", tmp_path / "after").exit_code in {0, 1}
    problems = json.loads((tmp_path / "after" / "problems.json").read_text(encoding="utf-8"))
    assert any(
        "restored from a copy" in p["message"] and "the disk failed" in p["message"]
        for p in problems
    )
    assert truceline("verify", mission).exit_code == 0


def test_two_people_end_a_mission_and_nothing_is_added_again(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    truceline("run", mission, "--out", tmp_path / "before")
    out = tmp_path / "handed over"
    assert "proposed" in truceline("close", mission, *ANN, "--out", out).stdout
    assert not out.exists()
    assert "proposed" in truceline("close", mission, "--by", "Ax, Ann", "--because", "again").stdout
    missing = truceline("close", mission, *BEN)
    assert missing.exit_code == 2
    assert "--out FOLDER" in missing.stderr
    done = truceline("close", mission, *BEN, "--out", out)
    assert done.exit_code == 0, done.output
    assert "1 keys were destroyed" in done.stdout
    assert list((mission / ".truceline" / "keys").iterdir()) == []
    # Read, verified, reported and proved for ever.
    assert truceline("verify", mission, "--checkpoint", out / "head.txt").exit_code == 0
    assert truceline("run", mission, "--out", tmp_path / "after").exit_code in {0, 1}
    assert (tmp_path / "after" / "findings.json").read_bytes() == (
        tmp_path / "before" / "findings.json"
    ).read_bytes()
    problems = json.loads((tmp_path / "after" / "problems.json").read_text(encoding="utf-8"))
    assert any("closed by Ann Ax and Ben By" in p["message"] for p in problems)
    assert truceline("proof", mission, "3", "--out", tmp_path / "proof").exit_code == 0
    # Nothing is added.
    incident = json.loads((tmp_path / "out" / "incidents.json").read_text(encoding="utf-8"))[1][
        "id"
    ]
    for words in (
        ["decide", mission, incident, "--verdict", "refuted", "--by", "Ann Ax", "--reason", "late"],
        ["report", "draft", mission, "--out", tmp_path / "x", "--by", "Ann Ax", "--harm", "none"],
        ["erase", mission, "60", "--by", "Ann Ax", "--because", "x"],
        ["key", "rotate", mission, "--by", "Ann Ax", "--because", "x"],
        ["key", "revoke", mission, "--by", "Ann Ax", "--because", "x"],
    ):
        result = truceline(*words)
        assert result.exit_code == 1, (words, result.output)
        assert "was closed by Ann Ax and Ben By" in result.stderr, words
    assert truceline("verify", mission, "--checkpoint", out / "head.txt").exit_code == 0


def test_what_is_handed_over_stands_alone(
    mission: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "handed over"
    truceline("close", mission, *ANN)
    truceline("close", mission, *BEN, "--out", out)
    for program, manifest in (
        ("sha256sum", "manifest-sha256.txt"),
        ("sha512sum", "manifest-sha512.txt"),
        ("sha256sum", "tagmanifest-sha256.txt"),
    ):
        assert (
            subprocess.run(
                [program, "-c", "--strict", "--quiet", manifest], cwd=out, check=False
            ).returncode
            == 0
        )
    held = b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())
    assert b"PRIVATE KEY" not in held
    assert {p.name for p in out.iterdir()} >= {
        "README.txt",
        "head.txt",
        "key.txt",
        "verify.py",
        "VERIFY.html",
        "bagit.txt",
    }
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    copy = shutil.copytree(out, tmp_path / "archive")
    assert truceline("verify", copy / "data", "--checkpoint", copy / "head.txt").exit_code == 0
    assert truceline("proof", copy / "data", "5", "--out", tmp_path / "proof").exit_code == 0
    key = (copy / "key.txt").read_text(encoding="utf-8").strip()
    words = [
        sys.executable,
        "-I",
        str(copy / "verify.py"),
        "entry-5.tlog-proof",
        "--key",
        key,
        "--head",
        str(copy / "head.txt"),
    ]
    done = subprocess.run(
        words, cwd=tmp_path / "proof", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert truceline("run", copy / "data", "--out", tmp_path / "x").exit_code in {0, 1}


def test_an_end_that_was_broken_off_is_taken_up(
    mission: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys go last: where the package could not be written, they are still there, and the same call goes on."""
    out = tmp_path / "handed over"
    truceline("close", mission, *ANN)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(close_module, "copy_ledger", full)
        assert truceline("close", mission, *BEN, "--out", out).exit_code == 1
    assert len(list((mission / ".truceline" / "keys").iterdir())) == 1
    done = truceline("close", mission, *BEN, "--out", out)
    assert done.exit_code == 0, done.output
    assert list((mission / ".truceline" / "keys").iterdir()) == []
    folder = data_folder()
    assert folder is not None
    with Ledger.read(mission) as ledger:
        (key_id,) = {s.key_id.hex() for s in ledger.head().signatures}
    assert not (folder / "passphrases" / key_id).exists()
    again = truceline("close", mission, *BEN, "--out", tmp_path / "second")
    assert again.exit_code == 0
    assert "0 keys were destroyed" in again.stdout
    with Ledger.read(mission) as ledger:
        assert [e.kind for e in ledger.entries()].count("ledger_closed") == 1


def test_an_end_is_refused_where_it_cannot_be_whole(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    truceline("close", mission, *ANN)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("mine")
    result = truceline("close", mission, *BEN, "--out", tmp_path / "taken")
    assert result.exit_code == 2
    truceline("key", "revoke", mission, "--by", "Ann Ax", "--because", "stolen")
    result = truceline("close", mission, *BEN, "--out", tmp_path / "x")
    assert result.exit_code == 2
    assert "awaits its second person" in result.stderr
    with Ledger.read(mission) as ledger:
        assert "ledger_closed" not in [e.kind for e in ledger.entries()]


def test_a_ledger_that_nobody_signs_has_no_end(
    mission_folder: Path, truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "blocked"))
    truceline("run", mission_folder, "--out", tmp_path / "out")
    result = truceline("close", mission_folder, *ANN)
    assert result.exit_code == 2
    assert "not signed" in result.stderr


def test_an_entry_after_the_end_is_noticed(mission: Path, truceline: Command) -> None:
    """Whoever kept a copy of the key cannot go on as if nothing had been."""
    with Ledger.open(mission) as ledger:
        ledger.append([{"kind": "closing_proposed", "by": "Ann Ax", "because": "x", "at": "now"}])
        ledger.append([
            {"kind": "ledger_closed", "by": ["Ann Ax", "Ben By"], "because": "x", "at": "now"},
            {"kind": "note", "n": 1},
        ])  # fmt: skip
    result = truceline("verify", mission)
    assert result.exit_code == 3
    assert "it came after the ledger was closed" in result.stdout


def test_one_person_cannot_close_it_behind_our_back(mission: Path, truceline: Command) -> None:
    with Ledger.open(mission) as ledger:
        ledger.append(
            [{"kind": "ledger_closed", "by": ["Ann Ax", "Ben By"], "because": "x", "at": "now"}]
        )
    result = truceline("verify", mission)
    assert result.exit_code == 3
    assert "it closes the ledger without two people" in result.stdout
