"""How does a ledger of release 0.1.0 get the form in which words can be erased? It is read whole, set aside, and entered anew.

The old entries were the words themselves. The new ledger's first entry after its key keeps what the old one was (its id, size, root,
and checkpoint); then follow its records, in their order and with their times of receipt as it told them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.errors import FileError, LedgerError
from truceline.record import merkle, note
from truceline.record.anew import ASIDE, originals_aside, set_aside
from truceline.record.database import OLD_VERSIONS, Database, explained, make_folder
from truceline.record.heads import Heads, head_of, refuse_behind
from truceline.record.keyfile import KEYS
from truceline.record.ledger import Ledger
from truceline.record.parts import is_digest
from truceline.record.place import FILE, HOME, ledger_file, refuse_absent
from truceline.record.prepare import prepare
from truceline.store.canonical import canonical, sha256_hex
from truceline.store.door import ORIGINAL, inside, read_inside
from truceline.store.whole import sync_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from truceline.model.ledger import Head

UPGRADED = "ledger_upgraded"
_PLACE = "upgrading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What was carried over: how many entries, the version and root (hexadecimal) that the old ledger had."""

    entries: int
    version: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Old:
    """A ledger of version 1 or 2, read whole and found sound."""

    version: int
    ledger: str
    note: str
    root: bytes
    records: tuple[Mapping[str, object], ...]
    received: Mapping[int, int]
    originals: Mapping[str, bytes]


def upgrade(folder: Path, origin: str) -> Upgrade:
    """Carry a mission's ledger of release 0.1.0 over to the present form.

    Nothing is changed where the old ledger is not whole or is behind what this machine has seen of it (LedgerError), or
    where it has the present form already. The old file is kept, never removed. A step that was broken off is taken up again.
    """
    place = inside(folder, f"{HOME}/{_PLACE}")
    made = place / HOME / FILE
    if ledger_file(folder).exists() or not made.exists():
        refuse_absent(folder)
        old = _read(folder)
        _clear(place)
        make_folder(place)
        _enter(old, place, origin)
        set_aside(folder)
    _move_originals(place / HOME, folder / HOME)
    _put_in_place(folder, made)
    _clear(place)
    with Ledger.read(folder) as ledger:
        first = next(entry for entry in ledger.entries() if entry.kind == UPGRADED)
        return Upgrade(
            entries=ledger.checkpoint().size - first.seq - 1, root=str(first.record["after"]["root"]),
            version=int(first.record["after"]["version"]),
        )  # fmt: skip


def _clear(place: Path) -> None:
    """Remove the place in which the new ledger is made, and what this machine remembers of it."""
    shutil.rmtree(place, ignore_errors=True)
    Heads.here().forget(place)


def _enter(old: _Old, place: Path, origin: str) -> None:
    """Enter what the old ledger held into a new one, in one step."""
    prepared = prepare([_first(old), *old.records], list(old.originals.values()))
    first, *others = prepared.records
    records = (first, *(replace(r, received=old.received.get(n)) for n, r in enumerate(others)))
    with Ledger.open(
        place, origin=note.read(old.note).body.origin if old.note else origin
    ) as ledger:
        ledger.append_prepared(replace(prepared, records=records))


def _move_originals(made: Path, home: Path) -> None:
    """Put the files of large originals where the ledger will look for them, and all that is the old ledger's beside that.

    A log that the old one left must not lie beside the new one: SQLite would write it into that.
    """
    aside = max((home / ASIDE).iterdir(), key=lambda path: int(path.name))
    for end in ("-wal", "-shm"):
        left = home / f"{FILE}{end}"
        if left.exists():
            left.rename(aside / left.name)
    originals_aside(home, aside)
    for path in sorted((made / "originals").glob("*/*")):
        target = home / "originals" / path.parent.name
        make_folder(target.parent)
        make_folder(target)
        path.rename(target / path.name)
        sync_folder(target)
    if (made / KEYS).exists():
        (made / KEYS).rename(home / KEYS)
        sync_folder(home)


def _put_in_place(folder: Path, made: Path) -> None:
    """Make the new ledger the mission's, and known to this machine as such before it stands there."""
    with Ledger.read(made.parent.parent) as ledger:
        newest = ledger.checkpoint()
        head = head_of(folder, ledger.id, newest.size, newest.root)
    Heads.here().keep(head, folder, anew=True)
    made.rename(ledger_file(folder))
    sync_folder(folder / HOME)


def _first(old: _Old) -> dict[str, object]:
    return {
        "kind": UPGRADED, "after": {
            "ledger": old.ledger, "version": old.version, "size": len(old.records),
            "root": old.root.hex(), "note": old.note,
        },
    }  # fmt: skip


def _read(folder: Path) -> _Old:
    """Read an old ledger whole; LedgerError where it is not sound."""
    path = ledger_file(folder)
    heads = Heads.here()
    database = Database.open(path, write=False, versions=OLD_VERSIONS)
    try:
        head = heads.at(folder) or heads.moved(_id(database))
        with database.transaction("begin_read"), explained(path):
            return _sound(database, folder, head)
    finally:
        database.abandon()


def _sound(database: Database, folder: Path, head: Head | None) -> _Old:
    leaves: list[bytes] = []
    records: list[Mapping[str, object]] = []
    for seq, leaf, body in database.walk("old_events"):
        if seq != len(leaves) or not isinstance(body, bytes) or merkle.leaf_hash(body) != leaf:
            raise _broken(database.path, len(leaves), "it is not the entry that was written")
        leaves.append(leaf)
        records.append(_record(database.path, seq, body))
    root = _root(leaves)
    newest = database.rows("checkpoint_newest")
    size, stands, text = newest[0] if newest else (0, merkle.EMPTY_ROOT, "")
    if (size, stands) != (len(leaves), root):
        raise _broken(
            database.path, len(leaves), "its newest checkpoint does not stand for its entries"
        )
    if newest and not _is_note(text, size, root):
        raise _broken(database.path, size, "the note of its newest checkpoint was altered")
    received: dict[int, int] = dict(database.rows("old_receipts"))
    if odd := [seq for seq, at in received.items() if at < 0]:
        raise _broken(database.path, odd[0], "its time of receipt is none")
    ledger = _id(database)
    if head is not None:
        refuse_behind(head, ledger, len(leaves), lambda n: _root(leaves[:n]), database.path)
    return _Old(
        version=int(str(database.version)), ledger=ledger, note=text, root=root,
        records=tuple(records), received=received,
        originals=_originals(database, folder, records),
    )  # fmt: skip


def _id(database: Database) -> str:
    """Give the id of an old ledger; version 1 had none."""
    if database.version == 1:
        return ""
    rows = database.rows("old_ledger_row")
    if len(rows) != 1:
        raise _broken(database.path, 0, "it has lost its own id")
    return str(rows[0][0])


def _is_note(text: object, size: int, root: bytes) -> bool:
    try:
        body = note.read(str(text)).body
    except ValueError:
        return False
    return (body.size, body.root) == (size, root)


def _root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return merkle.EMPTY_ROOT
    return merkle.tree_hash(0, len(leaves), merkle.perfect_over(leaves))


def _record(path: Path, seq: int, body: bytes) -> Mapping[str, object]:
    try:
        record = json.loads(body)
        fits = canonical(record) == body and isinstance(record.get("kind"), str)
    except (ValueError, RecursionError, AttributeError):
        fits = False
    if not fits:
        raise _broken(path, seq, "it is not a record in canonical form")
    found: Mapping[str, object] = record
    return found


def _originals(
    database: Database, folder: Path, records: list[Mapping[str, object]]
) -> dict[str, bytes]:
    """Give every original that a record names, checked against the digest by which it is named."""
    kept = {row[0]: row[3] for row in database.walk("old_originals")}
    found: dict[str, bytes] = {}
    for seq, record in enumerate(records):
        sha256 = record.get("original")
        if sha256 is None or sha256 in found:
            continue
        data = kept.get(sha256, b"")
        if data is None and is_digest(sha256):
            data = _file(folder, sha256)
        if not isinstance(data, bytes) or sha256_hex(data) != sha256:
            raise _broken(database.path, seq, f"its original {sha256} is missing or was altered")
        found[str(sha256)] = data
    return found


def _file(folder: Path, sha256: str) -> bytes:
    try:
        return read_inside(folder, f"{HOME}/originals/{sha256[:2]}/{sha256}", ORIGINAL)
    except FileError:
        return b""


def _broken(path: Path, seq: int, why: str) -> LedgerError:
    return LedgerError(
        f"The old ledger {path} is not whole, and nothing was carried over.",
        "restore the ledger from a copy, then upgrade that",
        details=(f"first broken entry: {seq}", f"cause: {why}"),
    )
