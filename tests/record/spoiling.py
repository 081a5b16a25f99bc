"""Alter a ledger behind its back, as someone would who owns the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from pathlib import Path


def spoil(folder: Path, *statements: str) -> None:
    """Alter the database as someone would who removes the triggers first and puts them back."""
    with apsw.Connection(str(folder / ".truceline" / "ledger.db")) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, text in triggers:
            connection.execute(str(text))
