"""Does the ledger still say what it said? Ten numbered steps; docs and output share the numbers.

1. The file opens, SQLite finds it whole, and its layout is the one that was written.
2. The entries are numbered from 0 without a gap.
3. Every entry's bytes have the leaf hash that is stored with them.
4. Every entry is an envelope in its one form, and its record canonical JSON with a kind.
5. The tile hashes are those of the entries.
6. The newest checkpoint stands for all entries, and every checkpoint for those before it.
7. Every part that an entry commits to is there and unaltered, or was erased; no other part is there.
8. What was erased is what entries erase, and it is gone.
9. The ledger has not gone back behind what this machine has seen of it.
10. Every head is signed with the key that the entries before it name.

Everything is computed from the entries' bytes. A fault is a value; a broken file never raises.
"""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import apsw

from truceline.errors import LedgerError, StorageError
from truceline.record import merkle, note
from truceline.record.database import PACKAGE, explained
from truceline.record.envelope import commitments_of
from truceline.record.heads import Heads, head_of
from truceline.record.merkle import TILE
from truceline.record.place import open_for_reading, refuse_absent
from truceline.record.verification import NUMBERS, Findings, Verification
from truceline.record.verify_parts import Check
from truceline.store import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from truceline.model.ledger import Checkpoint, Head
    from truceline.record.database import Database, Row


def verify(
    folder: Path, *, held: Sequence[Checkpoint] = (), roots: Sequence[bytes] = ()
) -> Verification:
    """Check a mission folder's ledger, and that it still begins as the checkpoints held say.

    `held` are checkpoints kept elsewhere, such as one printed in a report, and `roots` roots alone, 32
    bytes each; they are the guard against a ledger that was rewritten as a whole. A folder without a
    ledger raises StorageError, and LedgerError where this machine knows of one there.
    """
    findings = Findings(held, roots)
    refuse_absent(folder)
    try:
        database = open_for_reading(folder)
        try:
            _check_all(database, findings, folder)
        finally:
            database.abandon()
    except StorageError as error:
        _unreadable(findings, error)
    return findings.verification()


def _unreadable(findings: Findings, error: StorageError) -> None:
    """Note that the file could not be opened, so that no later step can be taken."""
    findings.fault(1, _said(error))
    for number in NUMBERS[1:]:
        findings.fault(number, "not reached: the file could not be opened")


def _said(error: StorageError) -> str:
    """Give an error on one line."""
    return "; ".join((error.message, *error.details))


def _check_all(database: Database, findings: Findings, folder: Path) -> None:
    """Take the steps in order over one unchanging view of the file."""
    heads = Heads.here()
    try:
        findings.heads = [h for h in (heads.at(folder), heads.shown(folder)) if h is not None]
    except LedgerError as error:
        findings.fault(9, _said(error))
    with ThreadPoolExecutor(1) as beside, database.transaction("begin_read"):
        # SQLite looks at its own file meanwhile, over a connection of its own.
        whole = beside.submit(_integrity, folder)
        _check_layout(database, findings)
        _count_checkpoints(database, findings)
        for level, index, tile in _walk(database, findings, "nodes_all", 5):
            findings.tiles[level, index] = tile
        for row in _walk(database, findings, "checkpoints_all", 6):
            findings.checkpoints[row[0]] = row
        check = Check(database, findings, functools.partial(_walk, database, findings))
        _check_entries(database, findings, check)
        _check_tiles_left(findings)
        _check_checkpoints(findings)
        check.end()
        _check_keys(findings)
        for fault in whole.result():
            findings.fault(1, fault)
        _check_head(database, findings, (heads, folder))


def _walk(database: Database, findings: Findings, name: str, step: int) -> Iterator[Row]:
    """Give the rows of a query as far as they can be read; the rest is a fault of the step."""
    try:
        yield from database.walk(name)
    except StorageError as error:
        missing = findings.previous + 1 if name == "events_all" else None
        findings.fault(step, f"cannot be read: {_said(error)}", missing)


# Step 1 -----------------------------------------------------------------------------------


def _integrity(folder: Path) -> list[str]:
    """Step 1: say what SQLite finds wrong with the file."""
    try:
        database = open_for_reading(folder)
        try:
            with explained(database.path):
                report = database.connection.pragma("integrity_check")
        finally:
            database.abandon()
    except StorageError as error:
        return [_said(error)]
    lines = report if isinstance(report, list) else [report]
    return [str(line) for line in lines if line != "ok"]


def _check_layout(database: Database, findings: Findings) -> None:
    """Step 1: the layout is the one that was written."""
    try:
        if database.rows("schema_rows") != _layout():
            findings.fault(1, "the tables, indexes or triggers are not those that were written")
    except StorageError as error:
        findings.fault(1, _said(error))
    findings.details[1] = str(database.path)


def _layout() -> list[Row]:
    """Give the layout as SQLite declares it."""
    connection = apsw.Connection(":memory:")
    connection.execute(sql.load(PACKAGE, "schema"))
    return connection.execute(sql.load(PACKAGE, "schema_rows")).fetchall()


# Steps 2 to 5, in one walk ----------------------------------------------------------------


def _check_entries(database: Database, findings: Findings, check: Check) -> None:
    """Walk the entries once for steps 2 to 7, growing the tree from their bytes."""
    _match_checkpoint(findings)
    told_at = findings.sizes()
    rows = _walk(database, findings, "events_all", 2)
    while block := list(islice(rows, TILE - findings.frontier.size % TILE)):
        first = findings.frontier.size
        if told_at.isdisjoint(range(first + 1, first + len(block))) and not findings.roots:
            leaves = check.plain(block, first)
            if leaves is not None:
                _take_tiles(findings, leaves)
                findings.previous += len(block)
                _match_checkpoint(findings)
                continue
        if not _check_one_by_one(findings, check, block, told_at):
            return
    findings.details[2] = f"{findings.frontier.size} entries"


def _check_one_by_one(
    findings: Findings, check: Check, rows: Sequence[Row], told_at: frozenset[object]
) -> bool:
    """Take steps 2 to 7 for one entry after the other, and name every fault; False where the walk must stop."""
    for seq, leaf, body, *kept in rows:
        if seq <= findings.previous:
            findings.fault(2, f"found after {findings.previous}; the walk stops here", seq)
            return False
        if seq != findings.previous + 1:
            findings.fault(2, f"found after {findings.previous}", findings.previous + 1)
        findings.previous = seq
        _check_entry(findings, seq, leaf, body)
        _check_form(findings, check, (seq, body), kept)
        if findings.roots or findings.frontier.size in told_at:
            _match_checkpoint(findings)
    return True


def _take_tiles(findings: Findings, leaves: Sequence[bytes]) -> None:
    """Step 5: let the tree grow by leaves, and compare the tiles that they fill."""
    for level, index, tile in findings.frontier.extend(leaves):
        if findings.tiles.pop((level, index), None) != tile:
            findings.fault(5, f"tile {level}/{index} is not the hash of its entries")


def _check_entry(findings: Findings, seq: int, leaf: object, body: object) -> None:
    """Take steps 3 and 5 for one entry."""
    if not isinstance(body, bytes):
        findings.fault(3, "its body is not bytes", seq)
        body = str(body).encode("utf-8", "replace")
    computed = merkle.leaf_hash(body)
    if computed != leaf:
        findings.fault(3, "its bytes do not have its leaf hash", seq)
    _take_tiles(findings, [computed])


def _check_form(
    findings: Findings, check: Check, entry: tuple[int, object], kept: Sequence[object]
) -> None:
    """Take steps 4 and 7 for one entry."""
    seq, body = entry
    try:
        commitments = commitments_of(body if isinstance(body, bytes) else b"")
    except ValueError as error:
        findings.fault(4, str(error), seq)
        check.unread(kept)
        return
    check.entry(seq, commitments, kept)


def _check_tiles_left(findings: Findings) -> None:
    """Step 5: no tile hash is stored that the entries do not fill."""
    for level, index in findings.tiles:
        findings.fault(5, f"tile {level}/{index} is stored, but its entries are not there")


# Step 6 -----------------------------------------------------------------------------------


def _match_elsewhere(findings: Findings) -> None:
    """Compare the tree as grown so far with what is known of it elsewhere, for steps 6 and 9."""
    size = findings.frontier.size
    if findings.roots:
        findings.roots.update(
            dict.fromkeys({findings.frontier.root()} & findings.roots.keys(), size)
        )
    for head in findings.heads:
        if head.size == size:
            _match_head(findings, head)
    if any(held.size == size for held in findings.held):
        _match_held(findings)


def _match_checkpoint(findings: Findings) -> None:
    """Step 6: compare the tree as grown so far with the checkpoint of its size."""
    _match_elsewhere(findings)
    size = findings.frontier.size
    row = findings.checkpoints.pop(size, None)
    if row is None:
        return
    _, root, text = row
    findings.details[6] = f"newest checkpoint at {size}"
    computed = findings.frontier.root()
    if root != computed:
        findings.fault(6, f"the checkpoint at {size} does not stand for the entries before it")
    try:
        head = note.read(text)
    except (ValueError, AttributeError, TypeError) as error:
        findings.fault(6, f"the note of the checkpoint at {size}: {error}")
        return
    _check_signed(findings, head)
    body = head.body
    findings.origin = findings.origin or body.origin
    if body.origin != findings.origin:
        findings.fault(6, f"the note of the checkpoint at {size} names another log")
    if (body.size, body.root) != (size, computed):
        findings.fault(6, f"the note of the checkpoint at {size} tells another size or root")


def _check_signed(findings: Findings, head: note.Note) -> None:
    """Step 10: the head is signed with the key of its time; before the first key none is."""
    if findings.keys.in_force is None:
        findings.unsigned += 1
    elif fault := findings.keys.fault(head):
        findings.fault(10, f"the head at {head.body.size} {fault}")
    else:
        findings.signed += 1


def _check_keys(findings: Findings) -> None:
    """Step 10: say by whom heads are signed, and what awaits a second person."""
    keys = findings.keys
    early = f", {findings.unsigned} from before its first key" if findings.unsigned else ""
    signer = "nobody: it has no key" if keys.in_force is None else keys.in_force.text
    findings.details[10] = f"{findings.signed} heads{early}; signed by {signer}"
    if keys.awaiting is not None:
        findings.fault(
            10,
            f"one person replaced the key ({keys.awaiting['at']}), and no second one has confirmed it",
        )


def _count_checkpoints(database: Database, findings: Findings) -> None:
    """Step 6: none of the checkpoints that were kept is missing."""
    try:
        rows = database.rows("ledger_row")
        kept = len(database.rows("checkpoints_all"))
    except StorageError as error:
        findings.fault(6, f"cannot be read: {_said(error)}")
        return
    for _, counted, _ in rows:
        if counted != kept:
            findings.fault(6, f"{counted} checkpoints were kept, {kept} are here")


def _match_held(findings: Findings) -> None:
    """Step 6: compare the tree as grown so far with the checkpoints held elsewhere."""
    size, computed = findings.frontier.size, findings.frontier.root()
    against = [h for h in findings.held if h.size == size and h.root != computed]
    if against:
        findings.fault(6, f"the checkpoint held at {size} does not stand for the entries before it")
    findings.against += against
    findings.held = [held for held in findings.held if held.size != size]


def _check_checkpoints(findings: Findings) -> None:
    """Step 6: the newest checkpoint covers all entries, and none is ahead of them."""
    size = findings.frontier.size
    for origin in findings.origins - {findings.origin}:
        findings.fault(6, f"a head was shown that is of another log, {origin}")
    for ahead in sorted({*findings.checkpoints, *(held.size for held in findings.held)}):
        findings.fault(6, f"a checkpoint stands for {ahead} entries, but there are {size}", size)
    if size and findings.details.get(6) != f"newest checkpoint at {size}":
        findings.fault(6, f"no checkpoint stands for all {size} entries")
    for root, at in findings.roots.items():
        if at < 0:
            findings.fault(6, f"the root {root.hex()} stands for no beginning of this ledger")
    findings.details.setdefault(6, "no entries yet")


# Step 9 -----------------------------------------------------------------------------------


def _match_head(findings: Findings, head: Head) -> None:
    """Step 9: compare the tree as grown so far with what this machine saw at its size."""
    if findings.frontier.root() != head.root:
        findings.fault(9, f"it no longer begins with the {head.size} entries seen here before")


def _check_head(database: Database, findings: Findings, place: tuple[Heads, Path]) -> None:
    """Step 9: it is the ledger seen here before and not shorter; one seen first is adopted."""
    heads, folder = place
    size = findings.frontier.size
    try:
        ledger = database.ledger_id()
    except LedgerError as error:
        findings.fault(9, _said(error))
        return
    for head in findings.heads:
        if size < head.size:
            findings.fault(9, f"this machine has seen {head.size} entries, {size} are here", size)
        if head.ledger not in {"", ledger}:
            findings.fault(9, "another ledger was seen here before")
    for held in [*findings.against, *findings.held]:
        _show(findings, held, place, ledger)
    furthest = max((head.size for head in findings.heads), default=None)
    seen = "first seen on this machine" if furthest is None else f"seen here at {furthest} entries"
    findings.details[9] = seen
    if not any(findings.faults.values()):
        root = findings.frontier.root()
        findings.details[9] = heads.keep(head_of(folder, ledger, size, root), folder) or seen


def _show(findings: Findings, held: Checkpoint, place: tuple[Heads, Path], ledger: str) -> None:
    """Step 9: a head that the ledger's own key signed, and to which it does not stand up, is kept against it."""
    heads, folder = place
    try:
        head = note.read(held.note)
    except ValueError:
        return
    key = findings.keys.voucher(head)
    if key is not None and (str(held.size), held.root.hex()) not in findings.lost:
        against = replace(head_of(folder, ledger, held.size, held.root), key=key.id.hex())
        warning = heads.show(against, folder)
        kept = warning or "it is kept here, and no command will add to this ledger"
        findings.fault(
            9,
            f"this ledger's key signed a head at {held.size} to which it does not stand up; {kept}",
        )
