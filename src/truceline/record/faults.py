"""What is said of a ledger that does not hold, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import LedgerError

if TYPE_CHECKING:
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


def unsigned(path: Path, why: str) -> LedgerError:
    """Say that the newest head is not vouched for."""
    return LedgerError(f"The newest head of {path} {why}.", _RESTORE)
