"""Ledgers that somebody damaged, cut, emptied or put back: always words and exit 3, never a traceback."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import apsw
import duckdb
import pytest
from click.testing import CliRunner

from tests.builders import row, table
from tests.cli.test_hostile_files import only_evidence
from tests.missions.test_karabakh import AS_OF
from tests.record.spoiling import spoil
from truceline.cli import main
from truceline.model.decision import Verdict
from truceline.pipeline import gather, record_decision
from truceline.record.ledger import Ledger
from truceline.review import decide

REPO = Path(__file__).resolve().parents[2]
TABLES = ("event", "node", "checkpoint", "part", "known", "ledger")
ROWS = [
    row("A1", origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut"),
    row("A2", origin="AZ MoD", origin_side="AZ", accused="AM", places="Ganja"),
]


def call(*words: object) -> tuple[int, str]:
    """Call the command line; a traceback fails the test whatever the exit status."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small mission that was run, and in which two people decided, with 300 notes before that."""
    folder = tmp_path_factory.mktemp("sound") / "mission"
    source = REPO / "missions" / "karabakh-2020"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".truceline"))
    only_evidence(folder, table(ROWS))
    with Ledger.open(folder, origin="truceline/karabakh-2020") as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(300)])
    assert run(folder, folder.parent / "out")[0] in {0, 1}
    for name in ("A. Smith", "B. Jones"):
        decided = ["--verdict", "plausible", "--by", name, "--reason", "we looked"]
        assert call("decide", folder, "A1", *decided)[0] == 0
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """Give a copy to spoil."""
    copy = tmp_path / "mission"
    shutil.copytree(sound, copy)
    return copy


def run(folder: Path, out: Path) -> tuple[int, str]:
    """Run a mission."""
    return call("run", folder, "--as-of", AS_OF, "--out", out)


def database(folder: Path) -> Path:
    """Give the place of the ledger."""
    return folder / ".truceline" / "ledger.db"


def keys(folder: Path, name: str) -> list[int]:
    """Give some rows of a table: its first, its last and a few between; `rowid` where it has one."""
    with apsw.Connection(str(database(folder))) as connection:
        count = len(connection.execute(f"SELECT 1 FROM {name}").fetchall())
    return sorted({0, count // 3, count // 2, count - 1}) if count else []


@pytest.mark.parametrize("name", TABLES)
def test_any_row_removed_from_any_table_is_told(
    sound: Path, folder: Path, tmp_path: Path, name: str
) -> None:
    key = {"event": "seq", "node": "idx", "checkpoint": "size", "part": "commitment",
           "known": "mark", "ledger": "id"}[name]  # fmt: skip
    whole = database(sound).read_bytes()
    places = keys(sound, name)
    assert places
    for place in places:
        database(folder).write_bytes(whole)
        spoil(folder, f"DELETE FROM {name} WHERE {key} = "
                      f"(SELECT {key} FROM {name} ORDER BY {key} LIMIT 1 OFFSET {place})")  # fmt: skip
        status, said = call("verify", folder)
        assert (status, "BROKEN" in said) == (3, True), place
        status, said = run(folder, tmp_path / "out")
        if name in {"event", "ledger"} or (place == places[-1] != 0 and name == "checkpoint"):
            assert status == 3, said


def test_any_bit_flipped_ends_with_words(sound: Path, folder: Path, tmp_path: Path) -> None:
    """Whatever bit is flipped: `verify` says so with 3, or everything still reads as it did."""
    whole = database(sound).read_bytes()
    assert run(folder, tmp_path / "before")[0] in {0, 1}
    expected = (tmp_path / "before" / "report.json").read_bytes()
    draw = random.Random(20201010)
    broken = 0
    for number in range(300):
        at, bit = draw.randrange(len(whole)), draw.randrange(8)
        spoiled = bytearray(whole)
        spoiled[at] ^= 1 << bit
        database(folder).write_bytes(spoiled)
        status, said = call("verify", folder)
        assert status in {0, 3}, (at, bit, said)
        broken += status == 3
        if number % 12 == 0:
            ran, said = run(folder, tmp_path / "after")
            assert ran in {0, 1, 3}, (at, bit, said)
            if status == 0 or ran != 3:
                assert (tmp_path / "after" / "report.json").read_bytes() == expected, (at, bit)
            for name in ("-wal", "-shm"):
                database(folder).with_name(f"ledger.db{name}").unlink(missing_ok=True)
    assert broken > 100


def test_every_bit_of_a_checkpoint_is_looked_at(sound: Path, folder: Path) -> None:
    """The rows of checkpoints hold numbers, roots and notes: each bit is told, none ends in a traceback."""
    whole = database(sound).read_bytes()
    at = whole.index(b"truceline/karabakh-2020\n")
    for place in range(at - 45, at + 90):
        for bit in range(8):
            spoiled = bytearray(whole)
            spoiled[place] ^= 1 << bit
            database(folder).write_bytes(spoiled)
            status, _ = call("verify", folder)
            assert status in {0, 3}
            if at <= place < at + 70:
                assert status == 3, (place, bit)


def test_a_file_cut_anywhere_ends_with_words(sound: Path, folder: Path, tmp_path: Path) -> None:
    whole = database(sound).read_bytes()
    assert call("verify", folder)[0] == 0  # this machine knows the copy now
    draw = random.Random(7)
    for length in (0, 1, 16, 100, *(draw.randrange(len(whole)) for _ in range(12))):
        database(folder).write_bytes(whole[:length])
        assert call("verify", folder)[0] == 3, length
        assert run(folder, tmp_path / "out")[0] == 3, length
        assert database(folder).read_bytes() == whole[:length], "nothing was laid out anew"


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_ledger_that_is_gone_is_refused_until_a_new_one_is_wanted(
    folder: Path, tmp_path: Path, what: str
) -> None:
    assert run(folder, tmp_path / "out")[0] in {0, 1}
    shutil.rmtree(folder / ".truceline") if what == "folder" else database(folder).unlink()
    for words in (["run", folder, "--out", tmp_path / "o"], ["verify", folder],
                  ["decide", folder, "A1", "--verdict", "refuted", "--by", "C", "--reason", "r"]):  # fmt: skip
        status, said = call(*words)
        assert status == 3, said
        assert "truceline ledger new" in said
    assert not database(folder).exists()
    assert call("ledger", "new", folder, "--because", " ")[0] == 2
    status, said = call("ledger", "new", folder, "--because", "the disk\x1b[2J failed")
    assert status == 0, said
    status, said = run(folder, tmp_path / "out")
    assert status in {0, 1}
    assert "\x1b" not in said
    problems = json.loads((tmp_path / "out" / "problems.json").read_text(encoding="utf-8"))
    assert any("begun anew" in p["message"] and "the disk" in p["message"] for p in problems)
    assert call("verify", folder)[0] == 0


def test_verify_compares_with_what_somebody_wrote_down(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    kept = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["ledger"]
    note = tmp_path / "note"
    note.write_text(kept["note"], encoding="utf-8")
    assert call("verify", folder, "--root", kept["root"], "--checkpoint", note)[0] == 0
    status, said = call("verify", folder, "--root", "00" * 32)
    assert (status, "stands for no beginning" in said) == (3, True)
    note.write_text(
        kept["note"].replace(str(kept["size"]), str(kept["size"] - 1)), encoding="utf-8"
    )
    assert call("verify", folder, "--checkpoint", note)[0] == 3
    for words in (["--root", "abc"], ["--checkpoint", REPO / "README.md"]):
        status, said = call("verify", folder, *words)
        assert status == 2, said


def test_an_entry_that_is_whole_and_makes_no_sense_is_a_broken_entry(
    folder: Path, tmp_path: Path
) -> None:
    """A ledger handed over by somebody may be sound as a tree and hold nonsense."""
    with Ledger.open(folder, origin="truceline/karabakh-2020") as ledger:
        ledger.append([{"kind": "decision", "id": "dec-1", "claims": "all", "verdict": "yes"}])
    assert call("verify", folder)[0] == 0
    status, said = run(folder, tmp_path / "out")
    assert status == 3
    assert "first broken entry" in said


SPOILED: list[Callable[[Path], object]] = [
    lambda file: edit(file, "UPDATE members SET claim = (SELECT max(claim) FROM members)"),
    lambda file: edit(file, "UPDATE members SET claim = 'nonsense'"),
    lambda file: edit(file, "UPDATE members SET claim = NULL"),
    lambda file: edit(file, "ALTER TABLE members ADD COLUMN more INTEGER"),
    lambda file: edit(file, "DROP TABLE members"),
    lambda file: file.write_bytes(file.read_bytes()[:5000]),
    lambda file: file.write_bytes(b"something else"),
    lambda file: file.write_bytes(b""),
]


def edit(file: Path, statement: str) -> None:
    """Alter a snapshot as whoever owns the file can."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("spoiling", range(len(SPOILED)))
def test_what_an_earlier_run_kept_is_recomputed_not_believed(folder: Path, spoiling: int) -> None:
    (snapshot,) = (folder / ".truceline" / "snapshots").glob("*.duckdb")
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        known = connection.execute("SELECT incident, claim FROM members").fetchall()
    incident = min(name for name, _ in known)
    SPOILED[spoiling](snapshot)
    words = ["--verdict", "refuted", "--by", "A. Smith", "--reason", "we looked", "--json"]
    status, said = call("decide", folder, incident, *words)
    if status == 0:
        decided = json.loads(said[said.index("{") :])
        assert decided["claims"] == sorted(claim for name, claim in known if name == incident)
    else:
        assert status == 1
        assert "altered" in said


def test_two_people_who_decide_at_once_make_one_proposal_and_one_approval(folder: Path) -> None:
    gathered = gather(folder)
    claims = ("clm-1", "clm-2")
    waiting = threading.Barrier(2)
    made = []

    def propose(name: str) -> None:
        waiting.wait()
        made.append(
            record_decision(
                folder, gathered,
                lambda earlier: decide(claims, Verdict.SAME_EVENT, name, "together", earlier),
            )
        )  # fmt: skip

    people = [threading.Thread(target=propose, args=(name,)) for name in ("Ann Ax", "Ben By")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(d.approves is None for d in made) == [False, True]
