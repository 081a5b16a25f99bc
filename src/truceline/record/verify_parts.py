"""Steps 7 and 8 of verification: the words are there to which entries commit, and gone is only what entries erase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from truceline.errors import FileError, StorageError
from truceline.record.envelope import RECORD
from truceline.record.parts import Part, Parts, file_path, is_digest
from truceline.record.prepare import ERASURE, is_record
from truceline.store.canonical import canonical
from truceline.store.door import ORIGINAL, read_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from truceline.record.database import Database, Row
    from truceline.record.verification import Findings


class Check:
    """Checks every part against the entries that were walked; `walk` gives the rows of a query for a step."""

    def __init__(
        self, database: Database, findings: Findings, walk: Callable[[str, int], Iterator[Row]]
    ) -> None:
        self.database = database
        self.findings = findings
        self.walk = walk
        self.parts: Parts | None = None
        self.erased: dict[object, object] = {}
        self.erasing: set[tuple[bytes, object]] = set()

    def all(self) -> None:
        """Take both steps; faults are noted."""
        self.erased = dict(self.walk("erased_all", 8))
        seen: dict[bytes, str] = {}
        for seq, committed, holds_record in self.findings.committed:
            if committed not in seen:
                seen[committed] = self._part(seq, committed, holds_record=holds_record)
            if seen[committed]:
                self.findings.fault(7, f"its part {committed.hex()} {seen[committed]}", seq)
        for (stray,) in self.walk("parts_all", 7):
            if stray not in seen:
                self.findings.fault(7, f"no entry commits to the part {_shown(stray)}")
        self._erasures()
        self.findings.details[7] = f"{len(seen)} parts"
        self.findings.details[8] = f"{len(self.erased)} parts were erased"

    def _part(self, seq: int, committed: bytes, *, holds_record: bool) -> str:
        """Say what is wrong with a part, or nothing; a record is read as well."""
        try:
            rows = self.database.rows("part_row", commitment=committed)
        except StorageError as error:
            return f"cannot be read: {error.message}"
        gone = committed in self.erased
        if not rows or gone:
            return (
                ""
                if gone and not rows
                else "was erased, and is still there"
                if gone
                else "is missing"
            )
        part = Part.of(rows[0])
        fault = self._content(part)
        if holds_record and not fault:
            self._record(seq, part.content)
            fault = self._mark(seq, part.content)
        return fault

    def _mark(self, seq: int, told: bytes | None) -> str:
        """Say that the ledger would not know a record again, or nothing."""
        try:
            if self.parts is None:
                self.parts = Parts(self.database)
            return "" if self.parts.known(RECORD, told or b"") == seq else "has lost its mark"
        except StorageError as error:
            return f"has a mark that cannot be read: {error.message}"

    def _content(self, part: Part) -> str:
        if part.content is not None and not isinstance(part.content, bytes):
            return "is not kept as bytes"
        try:
            path = file_path(self.database.path.parent, part.commitment)
            return part.fault(read_named(path, ORIGINAL) if part.content is None else part.content)
        except FileError as error:
            return f"cannot be read: {error.message}"

    def _record(self, seq: int, told: bytes | None) -> None:
        """Take step 4 for one record: canonical JSON with a kind; what it erases is kept for step 8."""
        try:
            record = json.loads(told or b"")
            canonical_told = canonical(record)
        except (ValueError, RecursionError) as error:
            why = f"its record is not canonical JSON ({type(error).__name__})"
            self.findings.fault(4, why, seq)
            return
        if canonical_told != told:
            self.findings.fault(4, "its record is JSON, but not in canonical form", seq)
        if not is_record(told):
            self.findings.fault(4, "its record has no kind", seq)
        elif record["kind"] == ERASURE:
            named = (c for c in record.get("parts", ()) if is_digest(c))
            self.erasing.update((bytes.fromhex(c), seq) for c in named)

    def _erasures(self) -> None:
        """Take step 8: what is gone is what entries erase, and what they erase is gone."""
        for committed, at in self.erased.items():
            if (committed, at) not in self.erasing:
                self.findings.fault(
                    8, f"no entry erases the part {_shown(committed)}, and it is gone"
                )
        for committed, at in sorted(self.erasing, key=repr):
            left = file_path(self.database.path.parent, committed).exists()
            if committed not in self.erased or left:
                self.findings.fault(8, f"the part {committed.hex()} is still there", int(str(at)))


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else repr(value)
