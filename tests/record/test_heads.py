"""Going back is noticed on the same machine: a head is kept outside the mission."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.record.spoiling import spoil, unsigned
from truceline.errors import LedgerError
from truceline.record.anew import begin_anew
from truceline.record.heads import Heads
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def mission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a ledger of 300 entries and a state folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "mission"
    folder.mkdir()
    append(folder, 0, 300)
    return folder


def append(folder: Path, start: int, stop: int) -> None:
    """Add notes to a ledger."""
    with unsigned(folder) as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(start, stop)])


def _cut_the_end(folder: Path) -> None:
    """Remove the last entries together with everything that speaks of them."""
    older = folder.parent / "older"
    older.mkdir()
    append(older, 0, 200)
    for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
        (folder / ".truceline" / name).unlink(missing_ok=True)
    shutil.copy(older / ".truceline" / "ledger.db", folder / ".truceline" / "ledger.db")
    with Ledger.read(folder.parent / "older") as ledger:
        assert ledger.checkpoint().size == 200


def _rows_cut(folder: Path) -> None:
    spoil(
        folder,
        "DELETE FROM event WHERE seq >= 200",
        "DELETE FROM part WHERE seq >= 200",
        "DELETE FROM checkpoint WHERE size > 200",
        "DELETE FROM checkpoint",
    )


def _emptied(folder: Path) -> None:
    (folder / ".truceline" / "ledger.db").write_bytes(b"")


def _gone(folder: Path) -> None:
    shutil.rmtree(folder / ".truceline")


def _file_gone(folder: Path) -> None:
    (folder / ".truceline" / "ledger.db").unlink()


def _another(folder: Path) -> None:
    """Put a longer ledger of somebody else in its place."""
    other = folder.parent / "other"
    other.mkdir()
    append(other, 1000, 1900)
    _gone(folder)
    shutil.copytree(other / ".truceline", folder / ".truceline")


def _rewritten(folder: Path) -> None:
    """Write another history of the same length under the same id."""
    with Ledger.read(folder) as ledger:
        name = ledger.id
    other = folder.parent / "other"
    other.mkdir()
    append(other, 1000, 1300)
    spoil(other, f"UPDATE ledger SET id = '{name}'")
    _gone(folder)
    shutil.copytree(other / ".truceline", folder / ".truceline")


@pytest.mark.parametrize(
    "damage", [_cut_the_end, _rows_cut, _emptied, _gone, _file_gone, _another, _rewritten]
)
def test_a_ledger_that_went_back_is_refused_with_what_to_do(
    mission: Path, damage: Callable[[Path], None]
) -> None:
    damage(mission)
    for door in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerError) as refused:
            door(mission)
        assert refused.value.exit_code == 3
    try:
        assert not verify(mission).ok
    except LedgerError as error:
        assert "truceline ledger new" in str(error)  # noqa: PT017  one of two ways to say no


def test_an_older_copy_put_back_is_refused_and_the_newest_one_is_welcome(mission: Path) -> None:
    older, newest = mission.parent / "older", mission.parent / "newest"
    shutil.copytree(mission / ".truceline", older)
    append(mission, 300, 400)
    shutil.copytree(mission / ".truceline", newest)
    for copy, fits in ((older, False), (newest, True)):
        shutil.rmtree(mission / ".truceline")
        shutil.copytree(copy, mission / ".truceline")
        if fits:
            append(mission, 400, 401)
        else:
            with pytest.raises(LedgerError, match="has 300 entries, but this machine has seen 400"):
                unsigned(mission)
            assert [s.number for s in verify(mission).steps if not s.ok] == [9]


def test_acknowledged_entries_removed_with_the_log_are_noticed(mission: Path) -> None:
    """The write-ahead log holds what was acknowledged last; a crash leaves it there."""
    home = mission / ".truceline"
    ledger = unsigned(mission)
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    ledger.append([{"kind": "decision", "n": 1}])
    wal = home / "ledger.db-wal"
    assert wal.exists()
    main = (home / "ledger.db").read_bytes()
    ledger.close()
    (home / "ledger.db").write_bytes(main if main == before["ledger.db"] else before["ledger.db"])
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (home / name).unlink(missing_ok=True)
    with pytest.raises(LedgerError, match="entries were removed or an old copy was put back"):
        Ledger.read(mission)


def test_a_moved_mission_takes_its_head_along_and_a_copy_lives_on_its_own(mission: Path) -> None:
    older = mission.parent / "older"
    shutil.copytree(mission, older)
    append(mission, 300, 310)
    append(older, 300, 301)  # a copy for an exercise: the other one is still there
    moved = mission.parent / "moved"
    shutil.move(mission, moved)
    append(moved, 310, 311)
    shutil.rmtree(moved)
    third = mission.parent / "third"
    shutil.copytree(older, third)
    shutil.rmtree(older)
    with pytest.raises(LedgerError, match="this machine has seen 31"):
        unsigned(third)


def test_a_new_ledger_on_purpose_keeps_the_old_one_and_says_why(mission: Path) -> None:
    _emptied(mission)
    with pytest.raises(LedgerError):
        unsigned(mission)
    (mission / ".truceline" / "ledger.db").write_bytes(b"what is left of it")
    aside = begin_anew(mission, "truceline", "the disk failed")
    assert aside is not None
    assert (aside / "ledger.db").read_bytes() == b"what is left of it"
    with Ledger.read(mission) as ledger:
        key, first = ledger.entries()
    assert key.record["kind"] == "key_made"
    assert first.record["kind"] == "ledger_begun"
    assert first.record["because"] == "the disk failed"
    assert first.record["after"]["size"] == 300
    append(mission, 0, 5)
    assert verify(mission).ok


def test_the_large_originals_of_an_old_ledger_go_aside_with_it(tmp_path: Path) -> None:
    large = b"large " * SMALL
    record = {"kind": "item", "reader": "texts", "original": sha256_hex(large)}
    with unsigned(tmp_path) as ledger:
        ledger.append([record], [large])
    aside = begin_anew(tmp_path, "truceline", "a test")
    assert aside is not None
    assert [path.read_bytes() for path in aside.glob("originals/*/*")] == [large]
    with unsigned(tmp_path) as ledger:
        ledger.append([record], [large])
    assert verify(tmp_path).ok


def test_a_state_folder_that_cannot_be_used_is_a_warning(
    mission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = mission.parent / "blocked"
    blocked.write_bytes(b"a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    with unsigned(mission) as ledger:
        ledger.append([{"kind": "note", "n": 300}])
        assert "cannot be kept outside the mission" in ledger.warnings[0]
    found = verify(mission)
    assert found.ok
    assert "cannot be kept" in found.steps[8].detail


def test_a_head_that_was_altered_is_not_believed(mission: Path) -> None:
    (head,) = (mission.parent / "state" / "truceline" / "heads").glob("*.json")
    for content in (
        b"",
        b"[]",
        b"{}",
        b"\xff",
        head.read_bytes().replace(b'"size":300', b'"size":-1'),
    ):
        head.write_bytes(content)
        with pytest.raises(LedgerError, match="cannot be read"):
            unsigned(mission)
        assert 9 in {step.number for step in verify(mission).steps if not step.ok}


def test_an_older_head_never_replaces_a_newer_one(mission: Path) -> None:
    heads = Heads.here()
    newest = heads.at(mission)
    assert newest is not None
    assert newest.size == 300
    old = type(newest)(folder=newest.folder, ledger=newest.ledger, size=2, root=bytes(32))
    assert heads.keep(old, mission) == ""
    assert heads.at(mission) == newest


def test_a_root_written_down_elsewhere_must_begin_the_ledger(mission: Path) -> None:
    with Ledger.read(mission) as ledger:
        early = ledger.checkpoint().root
    append(mission, 300, 320)
    assert verify(mission, roots=[early]).ok
    failed = verify(mission, roots=[early, bytes(32)])
    assert [step.number for step in failed.steps if not step.ok] == [6]
    assert "stands for no beginning" in failed.steps[5].detail
