"""How does a ledger begin anew on purpose? The old one is set aside, and the new one says why first of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import LedgerError, UsageError
from truceline.record import merkle
from truceline.record.database import Database, explained, make_folder
from truceline.record.heads import Heads, head_of
from truceline.record.keyfile import KEYS
from truceline.record.ledger import Ledger
from truceline.record.place import FILE, HOME, ledger_file
from truceline.store.door import inside

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.ledger import Head

BEGUN = "ledger_begun"
ASIDE = "set-aside"


def begin_anew(folder: Path, origin: str, because: str) -> Path | None:
    """Set a mission's ledger aside, begin a new one, and give where the old one is now, if it was there.

    The new ledger's first entries hold its key, the reason, and what this machine had seen of the old one.
    """
    if not because.strip():
        raise UsageError("a new ledger needs its reason", "give --because TEXT")
    heads = Heads.here()
    head = _seen(heads, folder)
    with explained(folder / HOME):
        make_folder(inside(folder, HOME))
        aside = set_aside(folder)
    path = ledger_file(folder)
    database = Database.open(path, write=True)
    try:
        heads.keep(head_of(folder, database.ledger_id(), 0, merkle.EMPTY_ROOT), folder, anew=True)
    finally:
        database.close()
    with Ledger.open(folder, origin=origin) as ledger:
        ledger.append([_record(because, head)])
    return aside


def _seen(heads: Heads, folder: Path) -> Head | None:
    """Give what is known of the old ledger; a head that cannot be read must not keep one from it."""
    try:
        return heads.at(folder)
    except LedgerError:
        return None


def set_aside(folder: Path) -> Path | None:
    """Move the ledger's files to a folder of their own: the database, its keys, then the originals that it alone knows by name."""
    home = folder / HOME
    found = [path for end in ("", "-wal", "-shm") if (path := home / f"{FILE}{end}").exists()]
    if not found:
        return None
    aside = inside(folder, f"{HOME}/{ASIDE}")
    make_folder(aside)
    number = 1
    while (aside / str(number)).exists():
        number += 1
    make_folder(aside / str(number))
    for path in found:
        path.rename(aside / str(number) / path.name)
    if (home / KEYS).exists():
        (home / KEYS).rename(aside / str(number) / KEYS)
    originals_aside(home, aside / str(number))
    return aside / str(number)


def originals_aside(home: Path, aside: Path) -> None:
    """Move the files of large originals to the ledger that was set aside; may be called again."""
    if (home / "originals").exists() and not (aside / "originals").exists():
        (home / "originals").rename(aside / "originals")


def _record(because: str, head: Head | None) -> dict[str, object]:
    seen = None if head is None else {
        "ledger": head.ledger, "size": head.size, "root": head.root.hex(),
    }  # fmt: skip
    return {"kind": BEGUN, "because": because.strip(), "after": seen}
