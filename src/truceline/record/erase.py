"""How are words destroyed that stand in the ledger? Two people name the entries; the parts go, the entries stay.

An erasure is an entry itself: it names the entries, the parts, who wanted it and why, never the words.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.model.ledger import EntryClass
from truceline.record.envelope import class_of, commitments_of
from truceline.record.ledger import Ledger
from truceline.record.prepare import ERASURE, PROPOSED, Prepared, prepare
from truceline.store.snapshot import forget_words
from truceline.text.unpacked import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from truceline.model.ledger import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which entries somebody wants erased, and why; `because` is printed and must not repeat the words."""

    entries: frozenset[int]
    by: str
    because: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What came of it: `done` once a second person asked for the same; `entries` with all that share their originals.

    `left`: the database's log may still hold the words, because somebody is reading it; the next command that writes empties it.
    """

    entries: tuple[int, ...]
    kinds: tuple[str, ...]
    done: bool
    left: bool = False


def holding(folder: Path, words: str) -> tuple[tuple[int, str], ...]:
    """Give number and kind of every entry whose record or original holds some words, whatever their case and blanks.

    A workbook is looked into.
    """
    wanted = _plain(words.strip())
    if not wanted:
        raise UsageError("no words were given", "type the words to be looked for, then Ctrl-D")
    with Ledger.read(folder) as ledger:
        return tuple(
            (entry.seq, entry.kind) for entry in ledger.entries()
            if any(wanted in _plain(text) for part in _parts(ledger, entry) for text in words_in(part))
        )  # fmt: skip


def erase(
    folder: Path,
    origin: str,
    wish: Wish,
    alike: Callable[[str, str], bool],
    *,
    timeout: float = 30.0,
) -> Erasure:
    """Propose an erasure, or carry it out where another person proposed the same entries.

    `alike` answers whether two names may be one person's; `timeout` is how many seconds to wait for others. UsageError
    where an entry is not there, is erased already, or tells of the ledger itself.
    """
    made: list[Erasure] = []

    def prepared(entries: Iterator[Entry]) -> Prepared:
        found = list(entries)
        chosen = _chosen(found, wish.entries)
        kinds = tuple(entry.kind for entry in chosen)
        numbers = tuple(entry.seq for entry in chosen)
        before = [e.record for e in found if e.kind == PROPOSED]
        first = next(
            (r for r in before if tuple(r["entries"]) == numbers and not alike(r["by"], wish.by)),
            None,
        )
        made.append(Erasure(entries=numbers, kinds=kinds, done=first is not None))
        record = {"entries": list(numbers), "because": wish.because, "at": wish.at}
        if first is None:
            return prepare([{**record, "kind": PROPOSED, "by": wish.by}], ())
        # Before the words go: if that fails, nothing is erased, and snapshots can be rebuilt.
        forget_words(folder)
        parts = sorted({c for entry in chosen for c in commitments_of(entry.body)})
        told = prepare([{**record, "kind": ERASURE, "by": sorted([first["by"], wish.by]),
                         "parts": [part.hex() for part in parts]}], ())  # fmt: skip
        return replace(told, destroyed=tuple(parts))

    with Ledger.open(folder, origin=origin, timeout=timeout) as ledger:
        ledger.whole()
        ledger.append_made(prepared)
        return replace(made[0], left=made[0].done and ledger.left)


def erased_items(
    ledger: Ledger, named: Collection[tuple[str, str]], gone: Collection[int]
) -> frozenset[tuple[str, str]]:
    """Give the items, by reader and id, whose entries are among those that were erased."""
    return frozenset(
        (reader, item) for reader, item in named
        if gone and ledger.entered({"kind": "item", "reader": reader, "original": item}) in gone
    )  # fmt: skip


def _chosen(entries: Sequence[Entry], wanted: frozenset[int]) -> list[Entry]:
    """Give the entries that are meant, with all that commit to the same originals."""
    faults = []
    for seq in sorted(wanted):
        if seq >= len(entries):
            faults.append(f"there is no entry {seq}")
        elif entries[seq].told is None:
            faults.append(f"entry {seq} is erased already")
        elif class_of(entries[seq].kind) is EntryClass.LEDGER:
            faults.append(f"entry {seq} ({entries[seq].kind}) tells of the ledger itself and stays")
    if faults or not wanted:
        raise UsageError(
            "; ".join(faults) or "no entry is named",
            "find them with: truceline erase MISSION --find",
        )
    shared = {c for seq in wanted for c in commitments_of(entries[seq].body)[1:]}
    return [
        e for e in entries
        if e.told is not None and (e.seq in wanted or shared & set(commitments_of(e.body)[1:]))
    ]  # fmt: skip


def _parts(ledger: Ledger, entry: Entry) -> Iterable[bytes]:
    if entry.told is not None:
        yield entry.told
        sha256 = entry.record.get("original")
        if sha256 is not None:
            yield ledger.original(str(sha256))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
