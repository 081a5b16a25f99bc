"""What was received, and what stands for all of it: the two nouns of the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: its number, its leaf hash (32 bytes) and its canonical bytes."""

    seq: int
    leaf: bytes
    body: bytes

    @property
    def record(self) -> dict[str, Any]:
        """What the entry says, read from its bytes; the `kind` names what sort of entry it is."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def sound(self) -> bool:
        """Whether the bytes are a record with a kind."""
        try:
            record = json.loads(self.body)
        except (ValueError, RecursionError):
            return False
        return isinstance(record, dict) and isinstance(record.get("kind"), str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What stands for the first `size` entries: the tree's root (32 bytes) and a note to print."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far a ledger had come when this machine last saw it: its own id, its size and its root (32 bytes)."""

    folder: str
    ledger: str
    size: int
    root: bytes
