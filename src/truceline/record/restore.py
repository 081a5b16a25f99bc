"""How does a ledger come back from a copy? Checked whole first, never in silence behind what this machine has seen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from truceline.errors import FileError, LedgerError, StorageError, UsageError
from truceline.record import bag, keyfile
from truceline.record.anew import set_aside
from truceline.record.backup import refuse_broken
from truceline.record.database import Database, explained, make_folder
from truceline.record.heads import Heads, head_of
from truceline.record.ledger import Ledger
from truceline.record.place import FILE, HOME, ledger_file
from truceline.record.prepare import RESTORED
from truceline.store.door import KEPT, ORIGINAL, inside, read_inside
from truceline.store.whole import sync_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from truceline.model.ledger import Head
    from truceline.record.note import Note

_CHUNK = 1 << 20
_FILES = ("mission_file", "evidence_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: the log's name, its entries, where the old ledger was put, mission files that were written, and how many entries were lost."""

    name: str
    size: int
    aside: Path | None
    files: tuple[str, ...]
    lost: int


def restore(source: Path, folder: Path, because: str, done: Callable[[str], object]) -> Restored:
    """Put the ledger of a backup into a mission folder, and the mission's files that are not there.

    LedgerError where the backup is not whole, or where it is behind what this machine has seen there and no reason is given; UsageError
    where a ledger stands there that is not behind it. What stood there is set aside. May be broken off and called again.
    """
    _refuse_altered(source, done)
    with Ledger.look_at(source / bag.PAYLOAD / HOME / FILE) as ledger:
        head, id_ = ledger.head(), ledger.id
        _refuse_needless(folder, head.body.size)
        heads = Heads.here()
        seen = _seen(heads, folder, id_)
        lost = seen is not None and _is_behind(ledger, seen)
        if seen is not None and lost:
            _refuse_loss(seen, head, because, source)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        make_folder(inside(folder, HOME))
        aside = set_aside(folder)
        _copy(source / bag.PAYLOAD / HOME, folder / HOME, done)
    with Ledger(
        Database.open(folder / HOME / FILE, write=True), write=True, guarded=False
    ) as ledger:
        ledger.whole()
        if seen is not None and lost:
            ledger.append([_record(because, head, seen)])
        newest = ledger.checkpoint()
        # Only now: had it been broken off before, the loss would not stand in the ledger and nobody would know.
        heads.keep(head_of(folder, id_, newest.size, newest.root), folder, anew=True)
        files = write_mission_files(ledger, folder)
    return Restored(
        name=head.body.origin, size=head.body.size, aside=aside, files=files,
        lost=max(seen.size - head.body.size, 0) if seen is not None and lost else 0,
    )  # fmt: skip


def write_mission_files(ledger: Ledger, folder: Path) -> tuple[str, ...]:
    """Write the mission's files as the ledger last received them, where none stands; give their names."""
    newest: dict[str, str] = {}
    for kind in _FILES:
        for entry in ledger.entries(kind):
            newest[str(entry.record["path"])] = str(entry.record["original"])
    written = []
    for name, original in sorted(newest.items()):
        own = PurePosixPath(name).parts[:1] == (HOME,)
        if not own and ledger.parts.named(original) is not None and not (folder / name).exists():
            target = inside(folder, name)
            with explained(folder):
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, ledger.original(original))
            written.append(name)
    return tuple(written)


def _refuse_altered(source: Path, done: Callable[[str], object]) -> None:
    found = bag.faults(source, done)
    if found:
        raise LedgerError(
            f"The backup {source} is not what was written: {len(found)} faults. Nothing was restored.",
            "keep it for inquiry, and restore another copy",
            details=found,
        )
    refuse_broken(source)


def _seen(heads: Heads, folder: Path, ledger: str) -> Head | None:
    """Give the furthest that this machine knows of the ledger at that place, or of this one at a place that is gone."""
    known = [heads.at(folder), heads.shown(folder), heads.moved(ledger)]
    return max((head for head in known if head), key=lambda head: head.size, default=None)


def _is_behind(ledger: Ledger, seen: Head) -> bool:
    if seen.ledger not in {"", ledger.id}:
        return True
    return seen.size > ledger.checkpoint().size or ledger.root_at(seen.size) != seen.root


def _refuse_loss(seen: Head, head: Note, because: str, source: Path) -> None:
    """Refuse to go back without a reason, or where nobody could sign the entry that owns up to it."""
    if not because.strip():
        raise LedgerError(
            f"The backup has {head.body.size} entries, but this machine has seen {seen.size} there, or another ledger:"
            " what came in between would be lost.",
            "restore a newer copy; if there is none, give the reason, which every later report says: --because TEXT",
            details=(f"root seen at {seen.size} entries: {seen.root.hex()}",),
        )
    if head.signatures:
        name, key_id, _ = head.signatures[0]
        keyfile.load(source / bag.PAYLOAD / HOME, name, key_id)


def _refuse_needless(folder: Path, size: int) -> None:
    if not ledger_file_there(folder):
        return
    try:
        with Ledger.read(folder) as ledger:
            ledger.whole()
            there = ledger.checkpoint().size
    except StorageError:
        return
    if there >= size:
        raise UsageError(
            f"the ledger of {folder} is whole and has {there} entries, the backup {size}",
            "there is nothing to restore; to look at the backup, run `truceline verify` on its folder data",
        )


def ledger_file_there(folder: Path) -> bool:
    """Answer whether something stands where a mission's ledger belongs, whatever it is."""
    try:
        return folder.is_dir() and ledger_file(folder).exists()
    except (LedgerError, FileError):
        return True


def _copy(source: Path, home: Path, done: Callable[[str], object]) -> None:
    """Copy originals and keys, then the database, which gets its name last."""
    for path in sorted([*source.glob("originals/*/*"), *source.glob(f"{keyfile.KEYS}/*.pem")]):
        name = path.relative_to(source).as_posix()
        target = home / name
        for parent in (target.parent.parent, target.parent):
            make_folder(parent)
        private = target.suffix == ".pem"
        content = read_inside(source, name, KEPT if private else ORIGINAL)
        write_whole(target, content, mode=0o600 if private else 0o444)
        done(target.name)
    draft = home / f".{FILE}.new"
    with (source / FILE).open("rb") as there, draft.open("wb") as here:
        while chunk := there.read(_CHUNK):
            here.write(chunk)
        here.flush()
        os.fsync(here.fileno())
    draft.replace(home / FILE)
    sync_folder(home)
    done(FILE)


def _record(because: str, head: Note, seen: Head) -> dict[str, object]:
    return {
        "kind": RESTORED, "because": because.strip(), "size": head.body.size, "root": head.body.root.hex(),
        "seen_ledger": seen.ledger, "seen_size": seen.size, "seen_root": seen.root.hex(),
    }  # fmt: skip
