"""Where is a mission's ledger? In its folder `.truceline`, as a regular file, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import LedgerError, StorageError
from truceline.record.database import Database
from truceline.record.heads import Heads, refuse_gone
from truceline.store.door import inside, look

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.mission import Mission

HOME = ".truceline"
FILE = "ledger.db"
_HEADER = 100


def origin_of(mission: Mission) -> str:
    """Name a mission's log in its checkpoints."""
    return f"truceline/{mission.id}"


def open_for_reading(folder: Path) -> Database:
    """Open the database of a mission folder for reading; StorageError when there is none."""
    refuse_absent(folder)
    return Database.open(ledger_file(folder), write=False)


def ledger_file(folder: Path) -> Path:
    """Give the place of a mission's ledger; FileError where something else than a file stands there."""
    name = f"{HOME}/{FILE}"
    path = inside(folder, name)
    if path.exists():
        look(folder, name)
        _refuse_stump(path)
    return path


def _refuse_stump(path: Path) -> None:
    """Refuse a file too short for SQLite's header: SQLite would take it for an empty one and fill it."""
    if 0 < path.stat().st_size < _HEADER:
        raise LedgerError(
            f"{path} is damaged: less than its header is left.",
            "keep the file as it is, and restore the ledger from a copy",
        )


def refuse_absent(folder: Path) -> None:
    """Say so when a mission folder has no ledger; LedgerError where it had one."""
    path = ledger_file(folder)
    if not path.is_file() or not path.stat().st_size:
        refuse_gone(Heads.here().at(folder), path)
    if not path.is_file():
        raise StorageError(
            f"There is no ledger at {path}.",
            "check the mission folder, or build its ledger with `truceline run`",
        )
