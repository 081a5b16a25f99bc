"""Does the ledger still say what it said? Seven numbered steps; docs and output share the numbers.

1. The file opens, SQLite finds it whole, and its layout is the one that was written.
2. The entries are numbered from 0 without a gap.
3. Every entry's bytes have the leaf hash that is stored with them.
4. Every entry is canonical JSON with a kind.
5. The tile hashes are those of the entries.
6. The newest checkpoint stands for all entries, and every checkpoint for those before it.
7. Every original that an entry names is there and unaltered.

Everything is computed from the entries' bytes. A fault is a value; a broken file never raises.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from truceline.errors import FileError, StorageError
from truceline.record import merkle, note
from truceline.record.database import PACKAGE, explained
from truceline.record.ledger import open_for_reading, refuse_absent
from truceline.record.originals import digests, file_digests, file_path, is_digest
from truceline.store import sql
from truceline.store.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from truceline.model.ledger import Checkpoint
    from truceline.record.database import Database, Row

TITLES = (
    "the file opens and is whole",
    "the entries are numbered without a gap",
    "every entry matches its leaf hash",
    "every entry is canonical JSON with a kind",
    "the tile hashes are those of the entries",
    "every checkpoint stands for its entries",
    "every original is there and unaltered",
)
SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered step: whether it holds, and what was seen."""

    number: int
    title: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the seven steps found; `size` and `root` are computed from the entries' bytes."""

    steps: tuple[Step, ...]
    size: int
    root: str
    first_broken: int | None

    @property
    def ok(self) -> bool:
        """Tell whether every step holds."""
        return all(step.ok for step in self.steps)


class _Findings:
    """What the walk over the ledger gathers: faults by step, and what the steps need."""

    def __init__(self, held: Sequence[Checkpoint]) -> None:
        self.held = [(checkpoint.size, checkpoint.root) for checkpoint in held]
        self.faults: dict[int, list[str]] = {number: [] for number in range(1, 8)}
        self.details: dict[int, str] = {}
        self.first_broken: int | None = None
        self.frontier = merkle.Frontier()
        self.tiles: dict[tuple[int, int], object] = {}
        self.checkpoints: dict[int, Row] = {}
        self.named: list[tuple[int, str]] = []
        self.previous = -1

    def fault(self, step: int, text: str, seq: int | None = None) -> None:
        """Note a fault, and the entry when it concerns one."""
        self.faults[step].append(text if seq is None else f"entry {seq}: {text}")
        if seq is not None and (self.first_broken is None or seq < self.first_broken):
            self.first_broken = seq

    def verification(self) -> Verification:
        """Give what was found as a value."""
        return Verification(
            steps=tuple(self._step(number, title) for number, title in enumerate(TITLES, 1)),
            size=self.frontier.size,
            root=self.frontier.root().hex(),
            first_broken=self.first_broken,
        )

    def _step(self, number: int, title: str) -> Step:
        """Give one step with its first faults, or with what was seen."""
        faults = self.faults[number]
        more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
        detail = "; ".join(faults[:SHOWN]) + more if faults else self.details.get(number, "")
        return Step(number=number, title=title, ok=not faults, detail=detail)


def verify(folder: Path, *, held: Sequence[Checkpoint] = ()) -> Verification:
    """Check a mission folder's ledger, and that it still begins as the checkpoints held say.

    `held` are checkpoints kept elsewhere, such as one printed in a report; they are the guard
    against a ledger that was rewritten as a whole. A folder without a ledger raises StorageError.
    """
    findings = _Findings(held)
    refuse_absent(folder)
    try:
        database = open_for_reading(folder)
        try:
            _check_all(database, findings)
        finally:
            database.abandon()
    except StorageError as error:
        _unreadable(findings, error)
    return findings.verification()


def _unreadable(findings: _Findings, error: StorageError) -> None:
    """Note that the file could not be opened, so that no later step can be taken."""
    findings.fault(1, _said(error))
    for number in range(2, 8):
        findings.fault(number, "not reached: the file could not be opened")


def _said(error: StorageError) -> str:
    """Give an error on one line."""
    return "; ".join((error.message, *error.details))


def _check_all(database: Database, findings: _Findings) -> None:
    """Take the steps in order over one unchanging view of the file."""
    with database.transaction("begin_read"):
        _check_file(database, findings)
        for level, index, tile in _walk(database, findings, "nodes_all", 5):
            findings.tiles[level, index] = tile
        for row in _walk(database, findings, "checkpoints_all", 6):
            findings.checkpoints[row[0]] = row
        _check_entries(database, findings)
        _check_tiles_left(findings)
        _check_checkpoints(findings)
        _check_originals(database, findings)


def _walk(database: Database, findings: _Findings, name: str, step: int) -> Iterator[Row]:
    """Give the rows of a query as far as they can be read; the rest is a fault of the step."""
    try:
        yield from database.walk(name)
    except StorageError as error:
        missing = findings.previous + 1 if name == "events_all" else None
        findings.fault(step, f"cannot be read: {_said(error)}", missing)


# Step 1 -----------------------------------------------------------------------------------


def _check_file(database: Database, findings: _Findings) -> None:
    """Step 1: SQLite finds the file whole and the layout is the one that was written."""
    try:
        with explained(database.path):
            report = database.connection.pragma("integrity_check")
        for line in report if isinstance(report, list) else [report]:
            if line != "ok":
                findings.fault(1, str(line))
        if database.rows("schema_rows") != _layout():
            findings.fault(1, "the tables, indexes or triggers are not those that were written")
    except StorageError as error:
        findings.fault(1, _said(error))
    findings.details[1] = str(database.path)


def _layout() -> list[Row]:
    """Give the layout as SQLite declares it for a new ledger."""
    connection = apsw.Connection(":memory:")
    connection.execute(sql.load(PACKAGE, "schema"))
    return connection.execute(sql.load(PACKAGE, "schema_rows")).fetchall()


# Steps 2 to 5, in one walk ----------------------------------------------------------------


def _check_entries(database: Database, findings: _Findings) -> None:
    """Walk the entries once for steps 2 to 6, growing the tree from their bytes."""
    _match_checkpoint(findings)
    for seq, leaf, body in _walk(database, findings, "events_all", 2):
        if seq <= findings.previous:
            findings.fault(2, f"found after {findings.previous}; the walk stops here", seq)
            return
        if seq != findings.previous + 1:
            findings.fault(2, f"found after {findings.previous}", findings.previous + 1)
        findings.previous = seq
        _check_entry(findings, seq, leaf, body)
        _match_checkpoint(findings)
    findings.details[2] = f"{findings.frontier.size} entries"


def _check_entry(findings: _Findings, seq: int, leaf: object, body: object) -> None:
    """Take steps 3 to 5 for one entry."""
    if not isinstance(body, bytes):
        findings.fault(3, "its body is not bytes", seq)
        body = str(body).encode("utf-8", "replace")
    computed = merkle.leaf_hash(body)
    if computed != leaf:
        findings.fault(3, "its bytes do not have its leaf hash", seq)
    _check_form(findings, seq, body)
    for level, index, tile in findings.frontier.append(computed):
        if findings.tiles.pop((level, index), None) != tile:
            findings.fault(5, f"tile {level}/{index} is not the hash of its entries")


def _check_form(findings: _Findings, seq: int, body: bytes) -> None:
    """Take step 4 for one entry; keeps the original that it names for step 7."""
    try:
        record = json.loads(body)
        canonical_body = canonical(record)
    except (ValueError, RecursionError) as error:
        findings.fault(4, f"it is not canonical JSON ({type(error).__name__})", seq)
        return
    if canonical_body != body:
        findings.fault(4, "it is JSON, but not in canonical form", seq)
    if not isinstance(record, dict) or not isinstance(record.get("kind"), str):
        findings.fault(4, "it has no kind", seq)
        return
    if record.get("original") is not None:
        findings.named.append((seq, str(record["original"])))


def _check_tiles_left(findings: _Findings) -> None:
    """Step 5: no tile hash is stored that the entries do not fill."""
    for level, index in findings.tiles:
        findings.fault(5, f"tile {level}/{index} is stored, but its entries are not there")


# Step 6 -----------------------------------------------------------------------------------


def _match_checkpoint(findings: _Findings) -> None:
    """Step 6: compare the tree as grown so far with the checkpoint of its size."""
    size = findings.frontier.size
    if any(held_size == size for held_size, _ in findings.held):
        _match_held(findings)
    row = findings.checkpoints.pop(size, None)
    if row is None:
        return
    _, root, text = row
    findings.details[6] = f"newest checkpoint at {size}"
    computed = findings.frontier.root()
    if root != computed:
        findings.fault(6, f"the checkpoint at {size} does not stand for the entries before it")
    try:
        body = note.read(text)
    except (ValueError, AttributeError) as error:
        findings.fault(6, f"the note of the checkpoint at {size}: {error}")
        return
    if (body.size, body.root) != (size, computed):
        findings.fault(6, f"the note of the checkpoint at {size} tells another size or root")


def _match_held(findings: _Findings) -> None:
    """Step 6: compare the tree as grown so far with the checkpoints held elsewhere."""
    size, computed = findings.frontier.size, findings.frontier.root()
    if any(held == size and root != computed for held, root in findings.held):
        findings.fault(6, f"the checkpoint held at {size} does not stand for the entries before it")
    findings.held = [(held, root) for held, root in findings.held if held != size]


def _check_checkpoints(findings: _Findings) -> None:
    """Step 6: the newest checkpoint covers all entries, and none is ahead of them."""
    size = findings.frontier.size
    for ahead in sorted({*findings.checkpoints, *(held for held, _ in findings.held)}):
        findings.fault(6, f"a checkpoint stands for {ahead} entries, but there are {size}", size)
    if size and findings.details.get(6) != f"newest checkpoint at {size}":
        findings.fault(6, f"no checkpoint stands for all {size} entries")
    findings.details.setdefault(6, "no entries yet")


# Step 7 -----------------------------------------------------------------------------------


def _check_originals(database: Database, findings: _Findings) -> None:
    """Step 7: every original that an entry names is there, and has both digests and the length."""
    seen: dict[str, str] = {}
    for seq, sha256 in findings.named:
        if sha256 not in seen:
            seen[sha256] = _original_fault(database, sha256)
        if seen[sha256]:
            findings.fault(7, f"its original {sha256} {seen[sha256]}", seq)
    findings.details[7] = f"{len(seen)} originals"


def _original_fault(database: Database, sha256: str) -> str:
    """Say what is wrong with an original, or nothing."""
    if not is_digest(sha256):
        return "is not named by a SHA-256"
    try:
        found = database.rows("original_row", sha256=sha256)
        if not found:
            return "is missing"
        return _content_fault(file_path(database.path.parent, sha256), sha256, found[0])
    except StorageError as error:
        return f"cannot be read: {_said(error)}"
    except FileError as error:
        return f"cannot be read: {error.message}"


def _content_fault(path: Path, sha256: str, row: Row) -> str:
    """Say how the content of an original differs from its digests and length, or nothing."""
    sha512, size, content = row
    if content is not None and not isinstance(content, bytes):
        return "is not kept as bytes"
    actual = file_digests(path) if content is None else digests(content)
    if actual.sha256 != sha256:
        return "was altered"
    if (actual.sha512, actual.size) != (sha512, size):
        return "does not match its second digest or its length"
    return ""
