"""Whoever shows a head, on any machine, is told whether the ledger stands up to it; where not, nobody goes on with it."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.record.spoiling import spoil
from truceline.errors import LedgerError
from truceline.record import note
from truceline.record.ledger import Ledger
from truceline.record.shown import heads_in, typed
from truceline.record.signers import Signers
from truceline.record.signing import SigningKey
from truceline.record.verify import verify

if TYPE_CHECKING:
    from tests.conftest import Command

ORIGIN = "truceline/karabakh-2020"


@pytest.fixture
def mission(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the demonstration mission after a run, a copy of that state beside it, and a later head in `later.txt`."""
    truceline("run", mission_folder, "--out", tmp_path / "out")
    shutil.copytree(mission_folder, tmp_path / "older")
    with Ledger.open(mission_folder) as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(30)])
        (tmp_path / "later.txt").write_text(ledger.checkpoint().note, encoding="utf-8")
    return mission_folder


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Be on another machine, which has seen nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))


def as_written(text: str) -> list[tuple[str, bytes]]:
    """Give a head in the forms in which people show one."""
    three = text.partition("\n\n")[0] + "\n"
    page = text.replace("\u2014", "&mdash;").replace("+", "&#43;")
    return [
        ("the note", text.encode()),
        ("three lines", three.encode()),
        ("mailed", b"Good morning,\r\n\r\n" + text.replace("\n", "\r\n").encode() + b"\r\nRegards"),
        ("no last newline", three.strip().encode()),
        ("run.json", json.dumps({"ledger": {"note": text, "size": 1}}).encode()),
        ("a page", f"<html><p>Report</p><pre class='head'>{page}</pre></html>".encode()),
    ]


def test_a_head_is_found_in_every_form_in_which_people_show_it(
    mission: Path, tmp_path: Path
) -> None:
    assert mission
    text = (tmp_path / "later.txt").read_text(encoding="utf-8")
    read = note.read(text)
    for name, content in as_written(text):
        (found,) = heads_in(content)
        assert found.body == read.body, name
        assert found.signatures in {read.signatures, ()}, name
    assert typed(" ".join(text.split())) == read
    assert typed(" ".join(text.split()[:3])).body == read.body


@pytest.mark.usefixtures("elsewhere")
def test_an_older_copy_is_refused_on_another_machine_once_a_later_head_is_shown(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    older, later = tmp_path / "older", tmp_path / "later.txt"
    # Nobody could know.
    assert truceline("verify", older).exit_code == 0
    refused = truceline("verify", older, "--checkpoint", later)
    assert refused.exit_code == 3
    assert "a checkpoint stands for 156 entries, but there are 126" in refused.stdout
    assert "it is kept here" in refused.stdout
    for words in (
        ["run", older, "--out", tmp_path / "x"],
        ["verify", older],
        ["key", "show", older],
    ):
        result = truceline(*words)
        assert result.exit_code == 3, result.output
        assert "156" in result.output
    # The newest copy is welcome.
    shutil.rmtree(older / ".truceline")
    shutil.copytree(mission / ".truceline", older / ".truceline")
    assert truceline("verify", older, "--checkpoint", later).exit_code == 0
    assert truceline("run", older, "--out", tmp_path / "x").exit_code in {0, 1}


@pytest.mark.usefixtures("elsewhere")
def test_a_rewritten_ledger_is_refused_once_a_head_of_the_true_one_is_shown(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    """The same key signs two heads of one size: whoever shows one of them shows what was done."""
    assert mission
    forked = tmp_path / "older"
    with Ledger.open(forked) as ledger:
        ledger.append([{"kind": "note", "other": number} for number in range(40)])
    refused = truceline("verify", forked, "--checkpoint", tmp_path / "later.txt")
    assert refused.exit_code == 3
    assert "this ledger's key signed a head at 156 to which it does not stand up" in refused.stdout
    with pytest.raises(LedgerError, match="was rewritten"):
        Ledger.open(forked)


def test_a_thief_who_shows_a_head_is_stopped_by_a_revocation(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    """The stolen key signs a head that never was; until it is revoked that stops the work, afterwards it is only told."""
    with Ledger.read(mission) as ledger:
        stolen = Signers(mission / ".truceline").last(ledger.head())[0]
    text = note.write(ORIGIN, 9000, bytes(32))
    (tmp_path / "forged").write_text(note.signed(text, [stolen.sign(text)]), encoding="utf-8")
    assert truceline("verify", mission, "--checkpoint", tmp_path / "forged").exit_code == 3
    assert truceline("run", mission, "--out", tmp_path / "x").exit_code == 3
    wrong = truceline("key", "revoke", mission, "--by", " ", "--because", "stolen")
    assert wrong.exit_code == 2
    assert truceline("run", mission, "--out", tmp_path / "x").exit_code == 3
    for name, status in (("Ann Ax", {3}), ("Ben By", {0, 1})):
        done = truceline("key", "revoke", mission, "--by", name, "--because", "stolen")
        assert done.exit_code == 0, done.output
        # One person alone lifts nothing that a shown head stops.
        assert truceline("run", mission, "--out", tmp_path / "x").exit_code in status
    assert truceline("verify", mission).exit_code == 0
    assert truceline("verify", mission, "--checkpoint", tmp_path / "forged").exit_code == 3
    assert truceline("run", mission, "--out", tmp_path / "x").exit_code in {0, 1}


@pytest.mark.usefixtures("elsewhere")
def test_a_forged_head_stops_nobody(mission: Path, truceline: Command, tmp_path: Path) -> None:
    """Three lines or a stranger's signature are told by verify; only the ledger's own key stops the work."""
    assert mission
    text = note.write(ORIGIN, 5000, bytes(32))
    for forged in (text, note.signed(text, [SigningKey.make(ORIGIN).sign(text)])):
        (tmp_path / "forged").write_text(forged, encoding="utf-8")
        assert truceline("verify", mission, "--checkpoint", tmp_path / "forged").exit_code == 3
        assert truceline("verify", mission).exit_code == 0
    assert truceline("verify", mission, "--head", f"{ORIGIN} 5000 {'A' * 43}=").exit_code == 3


def test_a_head_of_another_log_is_told(mission: Path, truceline: Command) -> None:
    with Ledger.read(mission) as ledger:
        head = ledger.head().body
    text = note.write("truceline/another", head.size, head.root)
    result = truceline("verify", mission, "--head", " ".join(text.split()))
    assert result.exit_code == 3
    assert "of another log, truceline/another" in result.stdout


@pytest.mark.parametrize("content", [b"", b"no head here", b"{}", b"\xff\xfe", b"a\n1\nAAAA\n"])
def test_a_file_without_a_head_is_refused(
    mission: Path, truceline: Command, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "file").write_bytes(content)
    result = truceline("verify", mission, "--checkpoint", tmp_path / "file")
    assert result.exit_code == 2
    assert "it shows no head" in result.stderr
    result = truceline("verify", mission, "--head", "truceline/karabakh-2020 12")
    assert result.exit_code == 2
    assert "--head" in result.stderr


def test_a_thousand_random_ways_back_are_all_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, files and whole copies, against the last head as somebody keeps it elsewhere, on a machine that has seen nothing."""
    chance = random.Random(20201018)
    source = tmp_path / "source"
    source.mkdir()
    copies: list[Path] = []
    for step in range(12):
        with Ledger.open(source, origin=ORIGIN) as ledger:
            records = [{"kind": "note", "step": step, "n": n} for n in range(chance.randint(1, 40))]
            ledger.append(records)
            last = ledger.checkpoint()
        copies.append(Path(shutil.copytree(source, tmp_path / f"copy{step}")))
    for round_ in range(1000):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"machine{round_}a"))
        _goes_back(chance, copies, tmp_path / "victim", last.size)
        # Whoever looks has seen nothing before.
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"machine{round_}b"))
        assert not verify(tmp_path / "victim", held=[last]).ok, round_


def _goes_back(chance: random.Random, copies: list[Path], victim: Path, size: int) -> None:
    """Put a ledger back in one random way."""
    shutil.rmtree(victim, ignore_errors=True)
    older = chance.choice(copies[:-1])
    way = chance.randrange(4)
    if way == 0:
        shutil.copytree(older, victim)
    elif way == 1:
        shutil.copytree(copies[-1], victim)
        shutil.copy(older / ".truceline" / "ledger.db", victim / ".truceline" / "ledger.db")
    elif way == 2:
        shutil.copytree(copies[-1], victim)
        _cut(victim, chance.randrange(size))
    else:
        shutil.copytree(older, victim)
        with Ledger.open(victim, origin=ORIGIN) as ledger:
            ledger.append([{"kind": "note", "anew": n} for n in range(chance.randint(1, 300))])


def _cut(victim: Path, size: int) -> None:
    """Remove the last entries with all that speaks of them, back to a checkpoint, as whoever owns the file can."""
    spoil(
        victim,
        f"DELETE FROM event WHERE seq >= {size}",
        f"DELETE FROM part WHERE seq >= {size}",
        f"DELETE FROM known WHERE seq >= {size}",
        f"DELETE FROM checkpoint WHERE size > {size}",
        f"DELETE FROM node WHERE (idx + 1) * 256 > {size}",
        "UPDATE ledger SET checkpoints = (SELECT count(*) FROM checkpoint)",
    )
