"""A copy of the ledger that can be checked and put back: a bag whose payload is a mission folder with the ledger alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from truceline.errors import LedgerError, UsageError
from truceline.record import bag
from truceline.record.database import explained, make_folder
from truceline.record.keyfile import KEYS
from truceline.record.ledger import Ledger
from truceline.record.parts import file_path
from truceline.record.place import FILE, HOME
from truceline.record.verify import verify
from truceline.store.door import KEPT, ORIGINAL, read_inside
from truceline.store.whole import sync_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from truceline.record.note import Note

_STEP = 4096
HEAD = "head.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds: entries, the signed head that covers them, and how many large originals were new in it."""

    size: int
    head: str
    added: int


def backup(folder: Path, out: Path, done: Callable[[str], object]) -> Backup:
    """Copy a mission's ledger, with its keys but not their passphrases, and check the copy.

    `out` is a new folder, or that of an older backup of the same ledger, which is brought up to date: what was erased since goes from it
    too. UsageError for any other folder, LedgerError where the ledger or the copy does not hold. May be broken off and called again.
    """
    with Ledger.read(folder) as ledger:
        ledger.whole()
        refuse_other(out, folder, ledger)
        head, added = copy_ledger(ledger, out, done)
        _copy_keys(folder / HOME, out / bag.PAYLOAD / HOME)
    seal_copy(out, head, {}, done)
    return Backup(size=head.body.size, head=head.whole, added=added)


def copy_ledger(ledger: Ledger, out: Path, done: Callable[[str], object]) -> tuple[Note, int]:
    """Copy the ledger as it stands at one moment, whoever else writes; give its head and how many files were new."""
    bag.prepare_folder(out)
    home = out / bag.PAYLOAD / HOME
    with explained(home):
        make_folder(home)
    with ledger.database.transaction("begin_read"):
        head = ledger.head()
        wanted = [commitment for (commitment,) in ledger.database.rows("parts_in_files")]
        added = _copy_files(ledger.database.path.parent, home, wanted, done)
        _copy_database(ledger, home, done)
    kept = {file_path(home, commitment) for commitment in wanted}
    for path in sorted(home.glob("originals/*/*")):
        if path not in kept:
            path.unlink()
    return head, added


def seal_copy(
    out: Path, head: Note, tags: Mapping[str, bytes], done: Callable[[str], object]
) -> None:
    """Make the copy a bag, and check the ledger in it by all steps."""
    info = {
        "External-Identifier": head.body.origin,
        "Truceline-Entries": str(head.body.size),
        "Truceline-Root": head.body.root.hex(),
    }
    bag.seal(out, info, {**tags, HEAD: head.whole.encode("utf-8")}, done)
    refuse_broken(out)


def refuse_broken(out: Path) -> None:
    """Refuse a copy whose ledger does not hold."""
    found = verify(out / bag.PAYLOAD)
    if not found.ok:
        raise LedgerError(
            f"The copy of the ledger in {out} does not verify.",
            "keep it for inquiry, and make another copy",
            details=[f"{s.number}. {s.title}: {s.detail}" for s in found.steps if not s.ok],
        )


def refuse_other(out: Path, folder: Path, ledger: Ledger) -> None:
    """Refuse a folder that holds something else than an older backup of this ledger."""
    if out.resolve().is_relative_to((folder / HOME).resolve()):
        raise UsageError(
            f"{out} lies in the ledger's own folder", "choose a folder on another disk"
        )
    if not out.exists() or not any(out.iterdir()):
        return
    advice = "choose a new folder"
    payload = out / bag.PAYLOAD
    if not (payload / HOME).is_dir():
        raise UsageError(f"{out} holds something else than a backup", advice)
    if (payload / HOME / FILE).is_file():
        with Ledger.read(payload) as older:
            if older.id != ledger.id:
                raise UsageError(f"{out} holds the backup of another ledger", advice)


def _copy_database(ledger: Ledger, home: Path, done: Callable[[str], object]) -> None:
    """Copy the database page by page under its own transaction, whole on the disk before it gets its name."""
    draft = home / f".{FILE}.new"
    with explained(home):
        draft.unlink(missing_ok=True)
        copy = apsw.Connection(str(draft))
        try:
            with copy.backup("main", ledger.database.connection, "main") as copying:
                while not copying.done:
                    copying.step(_STEP)
                    done(FILE)
            # One file, without a log beside it.
            copy.pragma("journal_mode", "delete")
        finally:
            copy.close()
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(home / FILE)
        sync_folder(home)


def _copy_files(
    source: Path, home: Path, wanted: list[bytes], done: Callable[[str], object]
) -> int:
    added = 0
    for commitment in wanted:
        target = file_path(home, commitment)
        if (
            target.is_file()
            and target.stat().st_size == file_path(source, commitment).stat().st_size
        ):
            continue
        with explained(home):
            make_folder(target.parent.parent)
            make_folder(target.parent)
            name = file_path(source, commitment).relative_to(source).as_posix()
            write_whole(target, read_inside(source, name, ORIGINAL))
        added += 1
        done(target.name)
    return added


def _copy_keys(source: Path, home: Path) -> None:
    with explained(home):
        make_folder(home / KEYS)
        names = {path.name for path in source.glob(f"{KEYS}/*.pem")}
        for name in sorted(names):
            write_whole(home / KEYS / name, read_inside(source, f"{KEYS}/{name}", KEPT), mode=0o600)
        for path in home.glob(f"{KEYS}/*.pem"):
            if path.name not in names:
                path.unlink()
