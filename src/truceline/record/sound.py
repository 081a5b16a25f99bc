"""Is every entry what was written, and does the newest head stand for all of them? Asked before a run rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.record import faults, merkle
from truceline.record.erasing import Erasing
from truceline.record.keys import Keys
from truceline.record.prepare import record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from truceline.model.ledger import Entry
    from truceline.record.note import Note


def refuse_unsound(
    path: Path, entries: Iterable[Entry], head: Note, erased: Mapping[bytes, int]
) -> Keys:
    """Read every entry once, and refuse a ledger in which one was altered, removed or put in; give what they tell of its keys.

    `erased` are the parts that are gone, with the entry that erases each. Raises LedgerError.
    """
    frontier = merkle.Frontier()
    erasing = Erasing()
    keys = Keys()
    for entry in entries:
        record = record_of(entry.told)
        if entry.seq != frontier.size or record is None:
            raise faults.broken(path, frontier.size)
        if fault := erasing.take(entry.seq, record) or keys.take(entry.seq, record):
            raise faults.altered(path, entry.seq, fault)
        frontier.append(entry.leaf)
    if (head.body.size, head.body.root) != (frontier.size, frontier.root()):
        raise faults.broken(path, frontier.size)
    if fault := keys.fault(head):
        raise faults.unsigned(path, fault)
    for committed, seq in erased.items():
        if (committed, seq) not in erasing.parts:
            raise faults.altered(path, seq, "a part was removed that no entry erases")
    return keys
