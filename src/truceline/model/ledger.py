"""What was received, and what stands for all of it: the nouns of the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class EntryClass(StrEnum):
    """What sort of entry it is, told coarsely: an entry stays for ever and says no more."""

    MISSION = "mission"
    EVIDENCE = "evidence"
    DECISION = "decision"
    MACHINE = "machine"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: its number, leaf hash (32 bytes), canonical bytes, and the record that they commit to.

    `told` are the record's canonical bytes, None once they were erased.
    """

    seq: int
    leaf: bytes
    body: bytes
    told: bytes | None

    @property
    def record(self) -> dict[str, Any]:
        """What the entry says, read from its record; the `kind` names what sort of record it is. Empty once erased."""
        parsed: dict[str, Any] = json.loads(self.told or b"{}")
        return parsed

    @property
    def kind(self) -> str:
        """The kind of its record, `erased` where that is gone."""
        return "erased" if self.told is None else str(self.record["kind"])

    @property
    def received(self) -> int:
        """When the ledger took it in, in epoch seconds; nothing proves that time yet."""
        return int(json.loads(self.body)["time"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What stands for the first `size` entries: the tree's root (32 bytes) and a note to print."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far a ledger had come when this machine last saw it: its own id, its size and its root (32 bytes).

    `key` is the id of the key that signed it, in hexadecimal, where somebody showed it.
    """

    folder: str
    ledger: str
    size: int
    root: bytes
    key: str = ""
