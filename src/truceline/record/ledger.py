"""What was received, in order, and nothing else: the append-only ledger of a mission.

The file is `MISSION/.truceline/ledger.db`. An entry is an envelope that commits to a record in canonical JSON and, if the
record names one, to its original (envelope.py); both lie beside it (parts.py). The same record twice is one entry.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Self

from truceline.errors import LedgerError, StorageError
from truceline.model.ledger import Checkpoint, Entry
from truceline.record import faults, merkle, note
from truceline.record.database import (
    ID_LENGTH,
    Database,
    ends_connection,
    explained,
    make_folder,
)
from truceline.record.envelope import RECORD, body_of, class_of
from truceline.record.heads import Heads, head_of, refuse_behind, refuse_gone
from truceline.record.keys import CLOSED, KeyEvent
from truceline.record.parts import Parts, told_of
from truceline.record.place import ledger_file, open_for_reading
from truceline.record.prepare import Prepared, Told, prepare
from truceline.record.signers import Signers
from truceline.record.sound import refuse_unsound
from truceline.record.tiles import Tiles
from truceline.store.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from truceline.model.ledger import EntryClass, Head
    from truceline.record.keys import Keys

ORIGIN = "truceline"
PAGE = 512


class Ledger:
    """The ledger of one mission folder, open for appending or only for reading."""

    def __init__(
        self,
        database: Database,
        *,
        write: bool,
        origin: str = ORIGIN,
        clock: Callable[[], float] = time.time,
        keyed: bool = False,
        guarded: bool = True,
    ) -> None:
        self.database = database
        self._folder = database.path.parent.parent
        self.parts = Parts(database)
        # Whether the write-ahead log may still hold what was erased, because somebody is reading it.
        self.left = False
        self.tiles = Tiles(database)
        self._write = write
        self._clock = clock
        self._heads = Heads.here() if guarded else Heads(None)
        self.id = database.ledger_id()
        # Read before the ledger: the head of another writer may be ahead of what is seen here, not of what is there.
        heads = (
            self._heads.at(self._folder) or self._heads.moved(self.id),
            self._heads.shown(self._folder),
        )
        with database.transaction("begin_read"):
            self.origin = self._first_origin() or origin
            self._frontier = self.tiles.frontier()
            self._refuse_rollback()
            for head in filter(None, heads):
                self._refuse_behind(head)
        self._signers = Signers(database.path.parent)
        # What a person must know though nothing is wrong: the head is not kept outside, nobody signs.
        self.warnings = self._keep_head()
        if keyed:
            self._give_key()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        origin: str = ORIGIN,
        timeout: float = 30.0,
        clock: Callable[[], float] = time.time,
        keyed: bool = True,
    ) -> Self:
        """Open a mission folder's ledger to append to, creating it when there is none.

        `origin` names the log in its checkpoints; `timeout` is how many seconds to wait for
        another writer. A ledger without a key is given one if `keyed`. StorageError when the folder
        cannot be written, LedgerError when the file is not a sound ledger.
        """
        note.check_origin(origin)
        path = ledger_file(folder)
        if not path.is_file() or not path.stat().st_size:
            refuse_gone(Heads.here().at(folder), path)
        with explained(path.parent):
            make_folder(path.parent)
        database = Database.open(path, write=True, timeout=timeout)
        ledger = cls._started(database, write=True, origin=origin, clock=clock, keyed=keyed)
        ledger.left = not ledger.parts.scrub()
        return ledger

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open a mission folder's ledger for reading only; StorageError when there is none."""
        return cls._started(open_for_reading(folder), write=False)

    @classmethod
    def look_at(cls, copy: Path) -> Self:
        """Open a copy's database for reading only, whatever this machine has seen of its ledger."""
        return cls._started(Database.open(copy, write=False), write=False, guarded=False)

    @classmethod
    def _started(
        cls,
        database: Database,
        *,
        write: bool,
        origin: str = ORIGIN,
        clock: Callable[[], float] = time.time,
        keyed: bool = False,
        guarded: bool = True,
    ) -> Self:
        """Give a ledger over a connection, or close the connection again."""
        try:
            return cls(
                database, write=write, origin=origin, clock=clock, keyed=keyed, guarded=guarded
            )
        except BaseException:
            database.abandon()
            raise

    def close(self) -> None:
        """Close the file; may be called again."""
        self.database.close()

    def __enter__(self) -> Self:
        """Give the ledger itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    # Writing ------------------------------------------------------------------------------

    def append(
        self, records: Sequence[Mapping[str, object]], originals: Sequence[bytes] = ()
    ) -> list[Entry]:
        """Append records with the originals they name, all or none, and give the new entries.

        When this returns, the entries are on the disk. A record that is in the ledger already is
        passed over. A record names its original under the key `original` (SHA-256, hexadecimal).
        StorageError when a record cannot be written, or when the disk fails: then the ledger is
        closed, what was acknowledged before is intact, and the same call may be made again.
        """
        return self.append_prepared(prepare(records, originals))

    def append_prepared(self, prepared: Prepared) -> list[Entry]:
        """Append what was prepared, as `append` does."""
        return self._committed(lambda: prepared)

    def append_made(self, make: Callable[[Iterator[Entry]], Prepared]) -> list[Entry]:
        """Append what is made of the entries that are there, in one transaction: nobody writes between.

        What `make` raises undoes it all; the rest is as in `append`. Parts that it destroys are gone when this returns.
        """
        return self._committed(lambda: make(self.entries()))

    def _committed(self, prepared_of: Callable[[], Prepared]) -> list[Entry]:
        self._refuse_closed()
        if not self._write:
            raise StorageError(
                f"{self.database.path} was opened for reading only.", "open it for appending"
            )
        try:
            with explained(self.database.path, self.database.kept), self.database.transaction():
                prepared = prepared_of()
                frontier, entries = self._write_all(prepared)
        except StorageError as error:
            if ends_connection(error):
                self.database.abandon()
            raise
        self._frontier = frontier
        self.database.kept = frontier.size
        if entries:
            self.warnings = (*self._keep_head(), *self._signers.warnings)
        if prepared.destroyed:
            self.left = not self.parts.scrub()
        return entries

    def _give_key(self) -> None:
        """Make the ledger's first key, and enter it, where it has none; its heads are not signed where that cannot be."""
        if self.head().signatures:
            return
        if any(True for _ in self.entries(KeyEvent.MADE)):
            raise faults.unsigned(self.database.path, "has lost its signatures")
        self._committed(lambda: self._signers.first(self.head()))
        self.warnings = (*self._keep_head(), *self._signers.warnings)

    def _write_all(self, prepared: Prepared) -> tuple[merkle.Frontier, list[Entry]]:
        """Write everything inside the open transaction and give the tree as it then stands."""
        frontier = self._frontier.copy()
        if frontier.size != self.tiles.size():
            frontier = self.tiles.frontier()
        entries: list[Entry] = []
        for record in prepared.records:
            original = prepared.originals.get(record.original or "")
            if self.parts.bars(record.told, original):
                self.parts.check(record.original)
                continue
            entry = self._entry(record, original, frontier.size)
            self._write_entry(entry, frontier)
            entries.append(entry)
        if prepared.destroyed:
            self.parts.destroy(prepared.destroyed, entries[-1].seq)
        if entries:
            self._refuse_after_end(entries[0].seq)
            root = frontier.root()
            keys = prepared.signers or self._signers.last(self.head())
            text = note.write(self.origin, frontier.size, root)
            text = note.signed(text, [key.sign(text) for key in keys])
            self.database.run("checkpoint_insert", size=frontier.size, root=root, note=text)
            self.database.run("ledger_count")
        return frontier, entries

    def _refuse_after_end(self, seq: int) -> None:
        """Refuse an entry after the one by which two people closed the ledger."""
        for last in self._pages(None, seq, seq - 1) if seq else ():
            if last.kind == CLOSED:
                raise faults.closed(self.database.path, last.record)

    def _entry(self, record: Told, original: bytes | None, seq: int) -> Entry:
        """Keep the parts of an entry and make the envelope that commits to them."""
        commitments = [self.parts.keep_record(record.told, seq)]
        if record.original is not None:
            commitments.append(self.parts.keep_original(record.original, original, seq))
        received = int(self._clock()) if record.received is None else record.received
        id_ = secrets.token_hex(ID_LENGTH // 2)
        body = body_of(class_of(record.kind), id_, received, commitments)
        return Entry(seq=seq, leaf=merkle.leaf_hash(body), body=body, told=record.told)

    def _write_entry(self, entry: Entry, frontier: merkle.Frontier) -> None:
        """Write one entry and the tiles that it fills."""
        self.database.run("event_insert", seq=entry.seq, leaf=entry.leaf, body=entry.body)
        for level, index, tile in frontier.append(entry.leaf):
            self.database.run("node_insert", level=level, idx=index, h=tile)

    # Reading ------------------------------------------------------------------------------

    def entries(self, kind: str | None = None) -> Iterator[Entry]:
        """Give the entries in order, of one kind or of all, as of the moment of the call.

        Of one kind only those are given whose record is not erased. An entry whose bytes do not match its leaf hash, or
        whose record is not what it commits to, raises LedgerError.
        """
        self._refuse_closed()
        found = self._pages(None if kind is None else class_of(kind), self.tiles.size())
        return found if kind is None else (entry for entry in found if entry.kind == kind)

    def _pages(self, class_: EntryClass | None, stop: int, start: int = 0) -> Iterator[Entry]:
        """Give the entries page by page, so that appending meanwhile is safe."""
        while start < stop:
            rows = self.database.rows("events", start=start, stop=stop, page=PAGE,
                                      **{"class": class_ and class_.value})  # fmt: skip
            # Read after the rows: what is erased meanwhile is not taken for altered.
            erased = self.parts.erased()
            for seq, leaf, body, *kept in rows:
                try:
                    told = told_of(leaf, body, kept, erased)
                except ValueError as error:
                    raise faults.altered(self.database.path, seq, str(error)) from error
                yield Entry(seq=seq, leaf=leaf, body=body, told=told)
            start = rows[-1][0] + 1 if len(rows) == PAGE else stop

    def entered(self, record: Mapping[str, object]) -> int | None:
        """Give the number of the entry that holds, or held, a record; None where it was never entered."""
        return self.parts.known(RECORD, canonical(record))

    def original(self, sha256: str) -> bytes:
        """Give an original's bytes, checked again; one that does not match raises LedgerError."""
        self._refuse_closed()
        return self.parts.original(sha256)

    def whole(self) -> Keys:
        """Read every entry once, and refuse a ledger that is not sound; opening looks at both ends only."""
        # One view of it all: somebody may be adding meanwhile.
        with self.database.transaction("begin_read"):
            newest, head = self.checkpoint(), self.head()
            if (newest.size, newest.root) != (head.body.size, head.body.root):
                raise faults.unsigned(
                    self.database.path, "tells another size or root than was kept"
                )
            return refuse_unsound(self.database.path, self.entries(), head, self.parts.erased())

    def checkpoint(self) -> Checkpoint:
        """Give what stands for all entries: size, root, and the three-line note to print."""
        self._refuse_closed()
        found = self.database.rows("checkpoint_newest")
        if found:
            size, root, text = found[0]
            if not merkle.is_hash(root) or not isinstance(text, str):
                raise LedgerError(
                    f"The checkpoint of size {size} in {self.database.path} was altered.",
                    "run `truceline verify`, and restore the ledger from a copy",
                )
            return Checkpoint(size=size, root=root, note=text)
        text = note.write(self.origin, 0, merkle.EMPTY_ROOT)
        return Checkpoint(size=0, root=merkle.EMPTY_ROOT, note=text)

    def head(self) -> note.Note:
        """Give the newest checkpoint as it is shown to others: three lines and who signed them."""
        try:
            return note.read(self.checkpoint().note)
        except ValueError as error:
            raise faults.unsigned(self.database.path, f"cannot be read: {error}") from error

    def root_at(self, size: int) -> bytes:
        """Give the root over the first `size` entries."""
        return merkle.tree_hash(0, size, self.tiles.perfect)

    def prove_inclusion(self, seq: int, size: int | None = None) -> list[bytes]:
        """Give the proof that an entry is among the first `size`; ValueError if it is not."""
        return merkle.inclusion_proof(seq, self._within(size), self.tiles.perfect)

    def prove_consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Give the proof that the first `old` entries begin the first `new`."""
        return merkle.consistency_proof(old, self._within(new), self.tiles.perfect)

    def _within(self, size: int | None) -> int:
        """Give the size to prove for: the whole ledger unless one is given."""
        self._refuse_closed()
        whole = self.tiles.size()
        if size is not None and size > whole:
            message = f"the ledger has {whole} entries, not {size}"
            raise ValueError(message)
        return whole if size is None else size

    # Holding together ---------------------------------------------------------------------

    def _refuse_rollback(self) -> None:
        """Refuse a ledger that is shorter than its newest checkpoint, or does not match it."""
        newest = self.checkpoint()
        size, root = self._frontier.size, self._frontier.root()
        if size < newest.size:
            raise LedgerError(
                f"{self.database.path} has {size} entries, but its newest checkpoint has"
                f" {newest.size}: entries were removed or an old copy was put back.",
                "keep the file for inquiry and restore the ledger from the newest copy",
            )
        if size == newest.size and root != newest.root:
            raise LedgerError(
                f"{self.database.path} does not match its newest checkpoint.",
                "run `truceline verify` to find the altered entry",
            )
        self.database.kept = size

    def _first_origin(self) -> str:
        """Give the name that the log bears in its checkpoints: it keeps it for good."""
        found = self.database.rows("checkpoint_newest")
        try:
            return note.read(found[0][2]).body.origin if found else ""
        except (ValueError, AttributeError, TypeError):
            return ""

    def _refuse_behind(self, head: Head) -> None:
        """Refuse a ledger that went back behind what this machine has seen of it."""
        refuse_behind(head, self.id, self._frontier.size, self.root_at, self.database.path)

    def _keep_head(self) -> tuple[str, ...]:
        """Keep how far the ledger has come; gives what went wrong, if anything did."""
        frontier, folder = self._frontier, self._folder
        head = head_of(folder, self.id, frontier.size, frontier.root())
        return tuple(filter(None, [self._heads.keep(head, folder)]))

    def _refuse_closed(self) -> None:
        """Say so when the ledger was closed, by its user or after a failure of the disk."""
        if self.database.closed:
            raise StorageError(
                f"The ledger {self.database.path} is closed.", "open the ledger again"
            )
