"""Which parts do entries erase, and did two people want each erasure? Gathered from the records in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from truceline.record.prepare import ERASURE, PROPOSED, parts_named

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Erasing:
    """What the entries so far erase; `parts` are commitments with the entry that erases each."""

    parts: set[tuple[bytes, int]] = field(default_factory=set)
    proposed: list[tuple[object, object]] = field(default_factory=list)

    def take(self, seq: int, record: Mapping[str, Any]) -> str:
        """Take the next entry's record; say that it erases without two people, or nothing."""
        kind = record.get("kind")
        if kind == PROPOSED:
            self.proposed.append((record.get("entries"), record.get("by")))
        if kind != ERASURE:
            return ""
        self.parts.update((part, seq) for part in parts_named(record))
        named = record.get("by")
        by = named if isinstance(named, list) else []
        proposed = any((record.get("entries"), name) in self.proposed for name in by)
        two = proposed and len({str(name) for name in by}) > 1
        return "" if two else "it erases without two people who asked for the same"
