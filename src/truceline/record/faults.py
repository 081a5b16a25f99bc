"""What is said of a ledger that does not hold, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from truceline.errors import LedgerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_RESTORE = "run `truceline verify`, and restore the ledger from a copy"


def altered(path: Path, seq: int, why: str) -> LedgerError:
    """Say that an entry is not what was written."""
    return LedgerError(
        f"Entry {seq} of {path} was altered.",
        _RESTORE,
        details=(f"first broken entry: {seq}", f"cause: {why}"),
    )


def broken(path: Path, seq: int) -> LedgerError:
    """Say that entries are missing or were put in, or that nothing stands for them."""
    return LedgerError(
        f"{path} is broken at entry {seq}, or its hash tree does not stand for it.",
        _RESTORE,
        details=(f"first broken entry: {seq}",),
    )


def closed(path: Path, record: Mapping[str, Any]) -> StorageError:
    """Say that a mission was ended, so that nothing is added to its ledger."""
    return StorageError(
        f"{path} was closed by {' and '.join(map(str, record['by']))} ({record['at']}); nothing was added.",
        "a mission that goes on begins a new ledger: truceline ledger new MISSION --because TEXT",
    )


def unsigned(path: Path, why: str) -> LedgerError:
    """Say that the newest head is not vouched for."""
    return LedgerError(f"The newest head of {path} {why}.", _RESTORE)
