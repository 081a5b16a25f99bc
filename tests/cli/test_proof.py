"""What is handed over from a real mission is checked by a program that knows nothing of it, and ten planted changes are found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.issuing import issue
from truceline.record import note
from truceline.record.ledger import Ledger
from truceline.record.proofs import entry_proof, growth_proof
from truceline.record.rekey import keys_of
from truceline.record.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Command


@pytest.fixture
def issued(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the folder of a report that was issued, then another one of a later day beside it."""
    issue(truceline, mission_folder, tmp_path / "first")
    issue(truceline, mission_folder, tmp_path / "second")
    return tmp_path / "first"


def key_of(mission: Path) -> str:
    key = keys_of(mission).in_force
    assert key is not None
    return key.text


def outsider(folder: Path, *words: object) -> tuple[int, str]:
    """Check as somebody does who has the folder and Python, and not Truceline."""
    call = [sys.executable, "-I", "verify.py", *map(str, words)]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_every_entry_is_proved_under_every_head(mission_folder: Path, issued: Path) -> None:
    assert issued.is_dir()
    key = key_of(mission_folder)
    with Ledger.read(mission_folder) as ledger:
        heads = [note.read(text) for _, _, text in ledger.database.rows("checkpoints_all")]
        entries = list(ledger.entries())
        assert len(heads) >= 4
        for head in heads:
            held = note.signed(head.text, head.signatures).encode()
            for entry in entries[: head.body.size]:
                proof = entry_proof(ledger, entry, head).encode()
                found = verify.check(proof, entry.told and proof and None, held, key, None)
                assert [step.state for step in found[:5]] == ["ok"] * 5
                assert found[4].detail.encode() == entry.told
            for newer in heads:
                if newer.body.size >= head.body.size:
                    grown = growth_proof(ledger, head, newer).encode()
                    found = verify.check(grown, None, held, key, None)
                    assert [step.state for step in found[:3]] == ["ok"] * 3


def test_a_report_is_checked_with_the_head_or_the_key(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path
) -> None:
    out = tmp_path / "handed over"
    result = truceline("proof", mission_folder, issued / "report.html", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == [
        "entry-128.tlog-proof",
        "entry-128.html",
        "verify.py",
        "VERIFY.html",
    ]
    assert "opened in it: the record of entry 128 and its original" in result.stderr
    for name in ("report.html", "report.json", "claims.jsonl", "findings.json"):
        status, said = outsider(
            out, "entry-128.tlog-proof", issued / name, "--key", key_of(mission_folder)
        )
        assert status == 0, said
        assert "the file is what it names, byte for byte" in said
    status, said = outsider(
        out, "entry-128.tlog-proof", issued / "run.json", "--key", key_of(mission_folder)
    )
    assert status == 1
    assert "6. the file is one that the record names, by its SHA-256: FAILED" in said


def test_it_is_proved_against_the_head_that_somebody_kept(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path
) -> None:
    """A row of the first report, against the page of that report, though the ledger has grown since."""
    out = tmp_path / "handed over"
    kept = issued / "report.html"
    result = truceline("proof", mission_folder, "KC049", "--out", out, "--checkpoint", kept)
    assert result.exit_code == 0, result.output
    (proof,) = out.glob("*.tlog-proof")
    row = proof.with_suffix(".json")
    assert json.loads(row.read_text(encoding="utf-8"))["row"]["claim_id"] == "KC049"
    (shown,) = [note.read(text) for text in [(issued / "head.txt").read_text(encoding="utf-8")]]
    with Ledger.read(mission_folder) as ledger:
        entry = next(ledger.entries("report_issued"))
    (tmp_path / "held").write_text(entry.record["rests_on"], encoding="utf-8")
    status, said = outsider(out, proof.name, row.name, "--head", tmp_path / "held")
    assert status == 0, said
    assert "it is the head that you hold, at 126 entries" in said
    # The later report came after that head: the proof is under the newest one, with a proof that the ledger only grew.
    later = tmp_path / "later"
    result = truceline(
        "proof",
        mission_folder,
        tmp_path / "second" / "report.html",
        "--out",
        later,
        "--checkpoint",
        kept,
    )
    assert result.exit_code == 0, result.output
    names = result.stdout.split()
    assert "from-126-to-132.grown" in names
    status, said = outsider(later, names[0], "--head", tmp_path / "held")
    assert status == 1
    assert "you hold a head at 126 entries, the proof has one at 132" in said
    status, said = outsider(
        later, names[0], names[1], "--head", tmp_path / "held", "--grown", "from-126-to-132.grown"
    )
    assert status == 0, said
    assert shown.body.size == 129
    grown = tmp_path / "grown"
    assert (
        truceline(
            "proof", mission_folder, "--out", grown, "--checkpoint", issued / "head.txt"
        ).exit_code
        == 0
    )
    status, said = outsider(grown, "from-129-to-132.grown", "--head", issued / "head.txt")
    assert status == 0, said
    assert "PROVED: the ledger is the one whose head you hold, or only grew since." in said


@pytest.mark.usefixtures("issued")
def test_a_decision_and_a_change_of_the_key_are_proved(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    old = key_of(mission_folder)
    truceline("run", mission_folder, "--out", tmp_path / "run")
    incident = json.loads((tmp_path / "run" / "incidents.json").read_text(encoding="utf-8"))[0][
        "id"
    ]
    words = ["--verdict", "refuted", "--by", "Ann Ax", "--reason", "we looked", "--json"]
    made = truceline("decide", mission_folder, incident, *words)
    decision = json.loads(made.stdout)["id"]
    out = tmp_path / "decision"
    assert truceline("proof", mission_folder, decision, "--out", out).exit_code == 0
    (proof,) = out.glob("*.tlog-proof")
    status, said = outsider(out, proof.name, "--key", old)
    assert status == 0, said
    assert "we looked" in said
    for name in ("Ann Ax", "Ben By"):
        truceline("key", "rotate", mission_folder, "--by", name, "--because", "a year")
    new = key_of(mission_folder)
    with Ledger.read(mission_folder) as ledger:
        (turn,) = ledger.entries("key_rotated")
        ledger_size = ledger.checkpoint().size
    assert turn.seq == ledger_size - 1
    truceline("run", mission_folder, "--out", tmp_path / "run")
    issue(truceline, mission_folder, tmp_path / "later")
    out = tmp_path / "turn"
    assert truceline("proof", mission_folder, turn.seq, "--out", out).exit_code == 0
    for key in (old, new):
        status, said = outsider(out, f"entry-{turn.seq}.tlog-proof", "--key", key)
        assert status == 0, said
        assert f'"key":"{new}"' in said
    out = tmp_path / "after"
    truceline("proof", mission_folder, "0", "--out", out)
    assert outsider(out, "entry-0.tlog-proof", "--key", old)[0] == 1
    assert outsider(out, "entry-0.tlog-proof", "--key", new)[0] == 0


def test_an_erased_record_is_proved_without_being_opened(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path
) -> None:
    assert issued.is_dir()
    for name in ("Ann Ax", "Ben By"):
        truceline(
            "erase", mission_folder, "60", "--by", name, "--because", "a private person was named"
        )
    assert truceline("proof", mission_folder, "60", "--out", tmp_path / "x").exit_code == 0
    status, said = outsider(tmp_path / "x", "entry-60.tlog-proof", "--key", key_of(mission_folder))
    assert status == 0
    assert "5. the record is the one to which the entry commits: not checked" in said
    assert "PROVED: the entry stood in the ledger and is unchanged." in said


@pytest.mark.parametrize(
    "subject", ["99999", "dec-none", "KC999", "abcdef", "00000000", "x" * 300, "-"]
)
def test_what_is_not_there_is_told(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path, subject: str
) -> None:
    assert issued.is_dir()
    result = truceline("proof", mission_folder, subject, "--out", tmp_path / "x")
    assert result.exit_code == 2
    assert "is no entry of this ledger" in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_head_of_another_ledger_is_refused(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path
) -> None:
    assert issued.is_dir()
    assert truceline("proof", mission_folder, "--out", tmp_path / "x").exit_code == 2
    (tmp_path / "head").write_text(
        note.write("truceline/karabakh-2020", 12, bytes(32)), encoding="utf-8"
    )
    result = truceline(
        "proof", mission_folder, "3", "--out", tmp_path / "x", "--checkpoint", tmp_path / "head"
    )
    assert result.exit_code == 3
    assert "does not begin as the head with 12 entries says" in result.stderr


def _line(file: str, at: int, change: Callable[[str], str]) -> Callable[[Path], object]:
    def act(folder: Path) -> object:
        path = folder / file
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[at] = change(lines[at])
        return path.write_text("\n".join(lines), encoding="utf-8")

    return act


def _swap(text: str) -> str:
    return text[:12] + ("A" if text[12] != "A" else "B") + text[13:]


def _text(file: str, old: str, new: str) -> Callable[[Path], object]:
    def act(folder: Path) -> object:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        return (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return act


PLANTED: list[tuple[str, Callable[[Path], object]]] = [
    ("a word of the report", _text("entry-128.html", "Ann Ax", "Ann Bx")),
    ("a blank at the end of the report", lambda f: (f / "entry-128.html").write_bytes((f / "entry-128.html").read_bytes() + b" ")),
    ("another report in its place", lambda f: shutil.copy(f.parent / "second" / "report.html", f / "entry-128.html")),
    ("the record that was opened", _line("entry-128.tlog-proof", 1, lambda line: line[:-9] + _swap(line[-9:] + " " * 9).strip())),
    ("the number of the entry", _line("entry-128.tlog-proof", 2, lambda _: "index 125")),
    ("a hash of the path", _line("entry-128.tlog-proof", 3, _swap)),
    ("the size of the head", _text("entry-128.tlog-proof", "\n132\n", "\n133\n")),
    ("the root of the head", _line("entry-128.tlog-proof", -4, _swap)),
    ("the signature", _line("entry-128.tlog-proof", -2, lambda line: line[:60] + ("A" if line[60] != "A" else "B") + line[61:])),
    ("the proof of another entry", lambda f: shutil.copy(f.parent / "other" / "entry-125.tlog-proof", f / "entry-128.tlog-proof")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "plant"), PLANTED, ids=[name for name, _ in PLANTED])
def test_ten_planted_changes_in_a_handed_package_are_found(
    mission_folder: Path, issued: Path, truceline: Command, tmp_path: Path, name: str,
    plant: Callable[[Path], object],
) -> None:  # fmt: skip
    assert name
    out = tmp_path / "handed"
    truceline("proof", mission_folder, issued / "report.html", "--out", out)
    truceline("proof", mission_folder, "125", "--out", tmp_path / "other")
    (tmp_path / "kept").write_text(
        (tmp_path / "second" / "head.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    words = [
        "entry-128.tlog-proof",
        "entry-128.html",
        "--key",
        key_of(mission_folder),
        "--head",
        tmp_path / "kept",
    ]
    status, said = outsider(out, *words)
    assert status == 0, said
    plant(out)
    status, said = outsider(out, *words)
    assert status == 1, said
    assert "FAILED" in said
    assert "NOT PROVED" in said
