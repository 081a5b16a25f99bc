"""A backup is of one moment, is checked by others' programs too, and comes back whole or not at all, never behind in silence."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from truceline.errors import LedgerError, StorageError, UsageError
from truceline.model.ledger import Checkpoint
from truceline.record import backup as backup_module
from truceline.record import restore as restore_module
from truceline.record.backup import backup
from truceline.record.bag import faults
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.restore import restore
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORIGIN = "truceline/a"
LARGE = [bytes([65 + n]) * (SMALL + 1) for n in range(4)]


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def quiet(_: str) -> None:
    """Show no progress."""


def append(folder: Path, start: int, stop: int) -> None:
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(start, stop)])


def large(folder: Path, *numbers: int) -> None:
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        records = [
            {"kind": "item", "reader": "t", "original": sha256_hex(LARGE[n])} for n in numbers
        ]
        ledger.append(records, [LARGE[n] for n in numbers])


def told(folder: Path) -> list[dict[str, object]]:
    with Ledger.read(folder) as ledger:
        return [entry.record for entry in ledger.entries()]


@pytest.fixture
def mission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a signed ledger of 301 entries and two large originals, on a machine of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "mission"
    folder.mkdir()
    append(folder, 0, 298)
    large(folder, 0, 1)
    return folder


def test_a_backup_comes_back_whole_on_another_machine(
    mission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(mission, tmp_path / "copy", quiet)
    assert (made.size, made.added) == (301, 2)
    assert (tmp_path / "copy" / "head.txt").read_text(encoding="utf-8") == made.head
    assert faults(tmp_path / "copy", quiet) == []
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    done = restore(tmp_path / "copy", tmp_path / "back", "", quiet)
    assert (done.size, done.aside, done.lost) == (301, None, 0)
    assert told(tmp_path / "back") == told(mission)
    assert verify(tmp_path / "back").ok
    with Ledger.read(tmp_path / "back") as ledger:
        assert [ledger.original(sha256_hex(data)) for data in LARGE[:2]] == LARGE[:2]
    # Whoever has the passphrase goes on with it.
    append(tmp_path / "back", 500, 510)
    assert verify(tmp_path / "back").ok


def test_other_programs_find_the_copy_whole(mission: Path, tmp_path: Path) -> None:
    """The manifests are those of coreutils, too."""
    copy = tmp_path / "copy"
    backup(mission, copy, quiet)
    for program, manifest in (
        ("sha256sum", "manifest-sha256.txt"), ("sha512sum", "manifest-sha512.txt"),
        ("sha256sum", "tagmanifest-sha256.txt"),
    ):  # fmt: skip
        done = subprocess.run(
            [program, "--check", "--strict", "--quiet", manifest], cwd=copy, check=False
        )
        assert done.returncode == 0
    told_of = (copy / "bag-info.txt").read_text(encoding="utf-8")
    files = [p for p in (copy / "data").rglob("*") if p.is_file()]
    assert f"Payload-Oxum: {sum(p.stat().st_size for p in files)}.{len(files)}\n" in told_of


def test_a_backup_is_of_one_moment_while_others_write(mission: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 1000
        while not stop.is_set():
            append(mission, number, number + 5)
            number += 5

    writer = threading.Thread(target=write)
    writer.start()
    try:
        sizes = [backup(mission, tmp_path / f"copy{n}", quiet).size for n in range(8)]
    finally:
        stop.set()
        writer.join()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    for n, size in enumerate(sizes):
        found = verify(tmp_path / f"copy{n}" / "data")
        assert found.ok
        assert found.size == size


def test_an_older_backup_is_brought_up_to_date_and_what_was_erased_goes(
    mission: Path, tmp_path: Path
) -> None:
    from truceline.record.erase import Wish, erase  # noqa: PLC0415

    copy = tmp_path / "copy"
    backup(mission, copy, quiet)
    large(mission, 2)
    for by in ("Ann Ax", "Ben By"):
        wish = Wish(entries=frozenset({299}), by=by, because="a name", at="2026-01-01T00:00:00Z")
        erase(mission, ORIGIN, wish, lambda a, b: a == b)
    made = backup(mission, copy, quiet)
    assert made.added == 1
    assert faults(copy, quiet) == []
    held = b"".join(p.read_bytes() for p in copy.rglob("*") if p.is_file())
    assert LARGE[0] not in held
    assert LARGE[1] in held
    assert LARGE[2] in held
    assert sorted(p.name for p in (copy / "data" / ".truceline").iterdir()) == [
        "keys",
        "ledger.db",
        "originals",
    ]


def _flip(file: str) -> Callable[[Path], object]:
    def act(copy: Path) -> object:
        path = next(copy.rglob(file))
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        return path.write_bytes(bytes(data))

    return act


def _gone(file: str) -> Callable[[Path], object]:
    return lambda copy: next(copy.rglob(file)).unlink()


def _linked(file: str) -> Callable[[Path], object]:
    """Put a link to the very bytes, kept elsewhere, in the place of a file."""

    def act(copy: Path) -> None:
        path = next(copy.rglob(file))
        path.rename(copy.parent / "elsewhere")
        path.symlink_to(copy.parent / "elsewhere")

    return act


ALTERED: list[tuple[Callable[[Path], object], str]] = [
    (_flip("ledger.db"), "data/.truceline/ledger.db was altered (sha256)"),
    (_flip("*.pem"), "was altered (sha512)"),
    (_flip("head.txt"), "head.txt was altered (sha256)"),
    (_flip("bag-info.txt"), "bag-info.txt was altered"),
    (_flip("bagit.txt"), "bagit.txt is not that of this form"),
    (_linked("head.txt"), "is not let in"),
    (_linked("ledger.db"), "data/.truceline/ledger.db is not let in"),
    (_gone("ledger.db"), "data/.truceline/ledger.db is missing"),
    (_gone("head.txt"), "head.txt is missing"),
    (_gone("manifest-sha512.txt"), "a manifest cannot be read"),
    (lambda copy: shutil.rmtree(copy / "data" / ".truceline" / "originals"), "is missing"),
    (lambda copy: (copy / "data" / "more.txt").write_text("x"), "data/more.txt is in no manifest"),
    (
        lambda copy: (copy / "manifest-sha256.txt").write_text("nonsense"),
        "a manifest cannot be read",
    ),
    (
        lambda copy: (copy / "tagmanifest-sha256.txt").write_bytes(b"\xff\n"),
        "a manifest cannot be read",
    ),
]


@pytest.mark.parametrize(("alter", "said"), ALTERED, ids=range(len(ALTERED)))
def test_an_altered_backup_restores_nothing(
    mission: Path, tmp_path: Path, alter: Callable[[Path], object], said: str
) -> None:
    copy = tmp_path / "copy"
    backup(mission, copy, quiet)
    alter(copy)
    with pytest.raises(LedgerError, match="Nothing was restored") as caught:
        restore(copy, tmp_path / "back", "", quiet)
    assert any(said in line for line in caught.value.details), caught.value.details
    assert not (tmp_path / "back").exists()


def test_a_backup_made_right_of_a_broken_ledger_restores_nothing(
    mission: Path, tmp_path: Path
) -> None:
    """Manifests can be made anew by anybody; the ledger must hold by itself."""
    from tests.record.spoiling import spoil  # noqa: PLC0415
    from truceline.record.bag import seal  # noqa: PLC0415

    copy = tmp_path / "copy"
    backup(mission, copy, quiet)
    spoil(copy / "data", "UPDATE part SET content = x'00' WHERE seq = 7")
    for log in (copy / "data" / ".truceline").glob("ledger.db-*"):
        log.unlink()
    seal(copy, {}, {"head.txt": (copy / "head.txt").read_bytes()}, quiet)
    assert faults(copy, quiet) == []
    with pytest.raises(LedgerError, match="does not verify"):
        restore(copy, tmp_path / "back", "", quiet)
    assert not (tmp_path / "back").exists()


def test_a_backup_goes_nowhere_where_something_else_is(mission: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else"):
        backup(mission, tmp_path / "taken", quiet)
    assert [p.name for p in (tmp_path / "taken").iterdir()] == ["thesis.txt"]
    with pytest.raises(UsageError, match="own folder"):
        backup(mission, mission / ".truceline" / "copy", quiet)
    other = tmp_path / "other"
    other.mkdir()
    append(other, 0, 3)
    backup(other, tmp_path / "theirs", quiet)
    with pytest.raises(UsageError, match="another ledger"):
        backup(mission, tmp_path / "theirs", quiet)
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path / "taken", tmp_path / "back", "", quiet)


def test_a_whole_ledger_that_is_not_behind_is_left_alone(mission: Path, tmp_path: Path) -> None:
    backup(mission, tmp_path / "copy", quiet)
    append(mission, 400, 410)
    with pytest.raises(UsageError, match="is whole and has 311 entries, the backup 301"):
        restore(tmp_path / "copy", mission, "", quiet)
    with pytest.raises(UsageError, match="nothing to restore"):
        restore(tmp_path / "copy", mission, "because I say so", quiet)
    assert verify(mission).size == 311


@pytest.mark.parametrize("disaster", ["gone", "cut", "garbage", "moved"])
def test_the_newest_backup_comes_back_after_a_disaster(
    mission: Path, tmp_path: Path, disaster: str
) -> None:
    backup(mission, tmp_path / "copy", quiet)
    before = told(mission)
    home, target = mission / ".truceline", mission
    if disaster == "gone":
        shutil.rmtree(home)
    elif disaster == "moved":
        target = tmp_path / "elsewhere"
        shutil.rmtree(mission)
    else:
        data = (home / "ledger.db").read_bytes()
        (home / "ledger.db").write_bytes(data[:5000] if disaster == "cut" else b"garbage" * 1000)
    done = restore(tmp_path / "copy", target, "", quiet)
    assert done.lost == 0
    assert (done.aside is not None) == (disaster in {"cut", "garbage"})
    assert told(target) == before
    assert verify(target).ok


def test_a_backup_that_is_behind_needs_a_reason_and_owns_up_to_it(
    mission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(mission, tmp_path / "copy", quiet)
    append(mission, 400, 450)
    with Ledger.read(mission) as ledger:
        later = ledger.checkpoint()
    shutil.rmtree(mission / ".truceline")
    with pytest.raises(LedgerError, match="this machine has seen 351") as caught:
        restore(tmp_path / "copy", mission, " ", quiet)
    assert later.root.hex() in caught.value.details[0]
    assert not (mission / ".truceline").exists()
    # Broken off before the loss is entered, it is still a loss.
    for step in ("sync_folder", "_record", "head_of"):
        with monkeypatch.context() as patch:
            patch.setattr(restore_module, step, stopped)
            with pytest.raises(KeyboardInterrupt):
                restore(tmp_path / "copy", mission, "the disk failed", quiet)
        with pytest.raises(LedgerError, match="has seen 351"):
            restore(tmp_path / "copy", mission, "", quiet)
    done = restore(tmp_path / "copy", mission, "the disk failed", quiet)
    assert (done.size, done.lost) == (301, 50)
    last = told(mission)[-1]
    assert (last["kind"], last["because"]) == ("ledger_restored", "the disk failed")
    assert (last["size"], last["seen_size"], last["seen_root"]) == (301, 351, later.root.hex())
    assert verify(mission).ok
    # A head of what was lost is told, and stops nobody: the ledger owned up to it.
    held = Checkpoint(size=later.size, root=later.root, note=later.note)
    assert not verify(mission, held=[held]).ok
    append(mission, 400, 410)
    assert verify(mission).ok
    # One from after that is no part of what was lost, though it has fewer entries than had been seen.
    older = tmp_path / "older"
    shutil.copytree(mission, older)
    append(mission, 600, 620)
    with Ledger.read(mission) as ledger:
        newest = ledger.checkpoint()
    assert newest.size < later.size
    assert not verify(older, held=[newest]).ok
    with pytest.raises(LedgerError):
        append(older, 0, 1)


def test_nobody_goes_back_who_cannot_sign_for_it(
    mission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(mission, tmp_path / "copy", quiet)
    append(mission, 400, 450)
    shutil.rmtree(mission / ".truceline")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))
    with pytest.raises(StorageError, match="does not have its passphrase"):
        restore(tmp_path / "copy", mission, "the disk failed", quiet)
    assert not (mission / ".truceline").exists()


@pytest.mark.parametrize(
    "step", ["set_aside", "write_whole", "sync_folder", "head_of", "write_mission_files"]
)
def test_a_restore_that_was_broken_off_is_taken_up(
    mission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    backup(mission, tmp_path / "copy", quiet)
    before = told(mission)
    data = (mission / ".truceline" / "ledger.db").read_bytes()
    (mission / ".truceline" / "ledger.db").write_bytes(data[:5000])

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restore_module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            restore(tmp_path / "copy", mission, "", quiet)
    with contextlib.suppress(UsageError):  # "nothing to restore": it was put back already
        restore(tmp_path / "copy", mission, "", quiet)
    assert told(mission) == before
    assert verify(mission).ok


@pytest.mark.parametrize(
    "step", ["_copy_files", "_copy_database", "_copy_keys", "seal_copy", "sync_folder"]
)
def test_a_backup_that_was_broken_off_is_taken_up(
    mission: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    copy = tmp_path / "copy"
    for _ in range(2):
        with monkeypatch.context() as patch:

            def stop(*_: object, **__: object) -> None:
                raise KeyboardInterrupt

            patch.setattr(backup_module, step, stop)
            with pytest.raises(KeyboardInterrupt):
                backup(mission, copy, quiet)
        append(mission, 700, 703)
    made = backup(mission, copy, quiet)
    assert faults(copy, quiet) == []
    assert verify(copy / "data").size == made.size == 304
    assert not list(copy.rglob(".*.new*"))
