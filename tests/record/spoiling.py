"""Ledgers to spoil: made without a key, so that entries are numbered as a test adds them, and altered behind their back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import apsw

from truceline.record.ledger import ORIGIN, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def unsigned(
    folder: Path,
    *,
    origin: str = ORIGIN,
    timeout: float = 30.0,
    clock: Callable[[], float] = time.time,
) -> Ledger:
    """Open a ledger to append to, without giving it a key."""
    return Ledger.open(folder, origin=origin, timeout=timeout, clock=clock, keyed=False)


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
