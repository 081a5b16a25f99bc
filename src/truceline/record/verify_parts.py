"""Steps 7 and 8 of verification: the words are there to which entries commit, and gone is only what entries erase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from truceline.errors import FileError, StorageError
from truceline.record.envelope import commitment
from truceline.record.erasing import Erasing
from truceline.record.parts import Part, file_path
from truceline.record.prepare import RESTORED
from truceline.record.verify_plain import plain_leaves
from truceline.store.canonical import read_canonical
from truceline.store.door import ORIGINAL, read_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from truceline.record.database import Database, Row
    from truceline.record.verification import Findings


class Check:
    """Checks every part while the entries are walked; `walk` gives the rows of a query for a step."""

    def __init__(
        self, database: Database, findings: Findings, walk: Callable[[str, int], Iterator[Row]]
    ) -> None:
        self.database = database
        self.findings = findings
        self.walk = walk
        self.erased: dict[object, object] = dict(walk("erased_all", 8))
        self.erasing = Erasing()
        self.originals: dict[bytes, str] = {}
        self.sound: set[bytes] = set()
        self.records = 0
        self.there = 0

    def plain(self, rows: Sequence[Row], first: int) -> list[bytes] | None:
        """Give the leaf hashes of rows from number `first` if all are plain and sound, and count their parts; else None."""
        if self.findings.previous + 1 != first or self.findings.keys.closed is not None:
            return None
        leaves = plain_leaves(rows, first, self.erased, self.sound)
        if leaves is not None:
            self.records += len(rows)
            self.there += len(rows)
        return leaves

    def entry(self, seq: int, commitments: Sequence[bytes], kept: Sequence[object]) -> None:
        """Check the parts of one entry; `kept` is the record's row: commitment, salt, size, sha512, content."""
        record, *originals = commitments
        self.records += 1
        self._note(seq, record, self._record(seq, record, kept))
        for original in originals:
            if original not in self.originals:
                self.originals[original] = self._original(original)
                if not self.originals[original]:
                    self.sound.add(original)
            self._note(seq, original, self.originals[original])

    def unread(self, kept: Sequence[object]) -> None:
        """Count the part of an entry that cannot be read, which is told as such."""
        self.records += 1
        self.there += kept[0] is not None

    def _note(self, seq: int, committed: bytes, fault: str) -> None:
        if fault:
            self.findings.fault(7, f"its part {committed.hex()} {fault}", seq)

    def _record(self, seq: int, committed: bytes, kept: Sequence[object]) -> str:
        """Say what is wrong with the part that holds a record, or nothing."""
        found, salt, size, sha512, content = kept
        if found is None:
            return "" if committed in self.erased else "is missing"
        self.there += 1
        if committed in self.erased:
            return "was erased, and is still there"
        if not isinstance(salt, bytes) or not isinstance(content, bytes):
            return "is not kept as bytes"
        if found != committed or commitment(salt, content) != committed:
            return "was altered"
        if size != len(content) or sha512 is not None:
            return "does not match its length"
        self._told(seq, content)
        return ""

    def _told(self, seq: int, told: bytes) -> None:
        """Take step 4 for one record: canonical JSON with a kind; what it erases is kept for step 8."""
        try:
            record: Any = read_canonical(told)
        except ValueError as error:
            self.findings.fault(4, f"its record is {error}", seq)
            return
        kind = record.get("kind") if isinstance(record, dict) else None
        if kind == RESTORED:
            self.findings.lost.add((str(record.get("seen_size")), str(record.get("seen_root"))))
        if not isinstance(kind, str):
            self.findings.fault(4, "its record has no kind", seq)
        elif fault := self.erasing.take(seq, record):
            self.findings.fault(8, fault, seq)
        elif fault := self.findings.keys.take(seq, record):
            self.findings.fault(10, fault, seq)

    def _original(self, committed: bytes) -> str:
        """Say what is wrong with the part that holds an original, or nothing."""
        try:
            rows = self.database.rows("part_row", commitment=committed)
        except StorageError as error:
            return f"cannot be read: {error.message}"
        if not rows:
            return "" if committed in self.erased else "is missing"
        self.there += 1
        if committed in self.erased:
            return "was erased, and is still there"
        part = Part.of(rows[0])
        if part.content is not None and not isinstance(part.content, bytes):
            return "is not kept as bytes"
        try:
            path = file_path(self.database.path.parent, part.commitment)
            return part.fault(read_named(path, ORIGINAL) if part.content is None else part.content)
        except FileError as error:
            return f"cannot be read: {error.message}"

    def end(self) -> None:
        """Check, after the last entry, that no other part is there, every entry has its mark, and what was erased is gone."""
        for parts, marked in self.walk("parts_count", 7):
            if parts != self.there:
                self.findings.fault(7, f"{parts} parts are there, entries commit to {self.there}")
            if marked != self.records:
                self.findings.fault(7, f"{marked} of {self.records} entries have their mark")
        for committed, at in self.erased.items():
            if (committed, at) not in self.erasing.parts:
                said = f"no entry erases the part {_shown(committed)}, and it is gone"
                self.findings.fault(8, said)
        for committed, at in sorted(self.erasing.parts):
            left = file_path(self.database.path.parent, committed).exists()
            if committed not in self.erased or left:
                said = f"the part {committed.hex()} is still there"
                self.findings.fault(8, said, at)
        self.findings.details[7] = f"{self.records + len(self.originals)} parts"
        self.findings.details[8] = f"{len(self.erased)} parts were erased"


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else repr(value)
