"""Where are the words? Records and originals lie beside the entries, each under the commitment that an entry holds.

Records and small originals are in the database, larger originals are files named by their commitment. A file is put there
whole or not at all: a temporary file is written and synced, renamed, and its folder synced, all before the entry.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from truceline.errors import FileError, LedgerError, StorageError
from truceline.record.database import explained, make_folder
from truceline.record.envelope import ORIGINAL, RECORD, SALT, commitment, commitments_of, mark
from truceline.record.merkle import leaf_hash
from truceline.store.canonical import sha256_hex
from truceline.store.door import ORIGINAL as KIND
from truceline.store.door import read_named
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from truceline.record.database import Database, Row

SMALL = 64 * 1024
DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What identifies some bytes: two digests in hexadecimal and a length in bytes."""

    sha256: str
    sha512: str
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is kept; `content` is None where it is a file, the digests are None for a record."""

    commitment: bytes
    salt: bytes
    seq: int
    size: int
    sha256: str | None
    sha512: str | None
    content: bytes | None

    @classmethod
    def of(cls, row: Row) -> Part:
        """Read a row of the table `part`; its values are as unproved as the table."""
        return cls(*row)

    def fault(self, data: bytes) -> str:
        """Say how some bytes differ from what is committed to, or from the digests beside it; empty where they do not."""
        if not isinstance(self.salt, bytes) or commitment(self.salt, data) != self.commitment:
            return "was altered"
        if self.sha256 is None:
            return "" if self.size == len(data) else "does not match its length"
        found = digests(data)
        if (self.size, self.sha256, self.sha512) != (found.size, found.sha256, found.sha512):
            return "does not match its digests or its length"
        return ""


class Parts:
    """The parts of one ledger, and the marks by which it knows again what it had."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.home = database.path.parent
        self._secret = database.secret()

    def known(self, role: str, data: bytes) -> int | None:
        """Give the entry that held a record, or erased an original; None for what was never entered."""
        rows = self.database.rows("known_row", mark=mark(self._secret, role, data))
        return int(rows[0][0]) if rows else None

    def _bar(self, data: bytes, seq: int) -> None:
        """Keep the mark of an original that is erased."""
        if self.known(ORIGINAL, data) is None:
            self.database.run("known_insert", mark=mark(self._secret, ORIGINAL, data), seq=seq)

    def keep_record(self, told: bytes, seq: int) -> bytes:
        """Keep a record that is not known yet, with its mark, and give its commitment."""
        self.database.run("known_insert", mark=mark(self._secret, RECORD, told), seq=seq)
        return self._keep(told, seq, None)

    def keep_original(self, sha256: str, data: bytes | None, seq: int) -> bytes:
        """Keep an original, once, and give its commitment; StorageError where it is not at hand."""
        found = self.named(sha256)
        if found is not None:
            self.check(sha256)
            return found.commitment
        if data is None:
            raise StorageError(
                f"The original {sha256} that a record names is not at hand; nothing was added.",
                "hand the original in together with the record",
            )
        return self._keep(data, seq, digests(data))

    def _keep(self, data: bytes, seq: int, found: Digests | None) -> bytes:
        salt = secrets.token_bytes(SALT)
        committed = commitment(salt, data)
        large = found is not None and len(data) > SMALL
        if large:
            _keep_file(self.home, data, committed)
        self.database.run(
            "part_insert",
            commitment=committed,
            salt=salt,
            seq=seq,
            size=len(data),
            sha256=found.sha256 if found else None,
            sha512=found.sha512 if found else None,
            content=None if large else data,
        )
        return committed

    def named(self, sha256: str) -> Part | None:
        """Give the original with a digest, None where none is kept."""
        rows = self.database.rows("part_by_digest", sha256=sha256)
        return Part.of(rows[0]) if rows else None

    def at(self, committed: bytes) -> Part | None:
        """Give the part under a commitment, None where it is not kept."""
        rows = self.database.rows("part_row", commitment=committed)
        return Part.of(rows[0]) if rows else None

    def read(self, part: Part) -> bytes:
        """Give a part's bytes, checked against its commitment; one that does not match raises LedgerError."""
        where = file_path(self.home, part.commitment)
        data = _read_file(where) if part.content is None else part.content
        if not isinstance(data, bytes) or (fault := part.fault(data)):
            raise LedgerError(
                f"The part {part.commitment.hex()} {fault if isinstance(data, bytes) else 'was altered'}.",
                "run `truceline verify`, and restore the ledger from a copy",
            )
        return data

    def original(self, sha256: str) -> bytes:
        """Give an original's bytes, checked; StorageError where the ledger holds none."""
        found = self.named(sha256)
        if found is None:
            raise StorageError(
                f"The ledger holds no original {sha256}.",
                "check the digest, or add the file again; one that was erased is gone",
            )
        return self.read(found)

    def destroy(self, commitments: Sequence[bytes], seq: int) -> None:
        """Remove parts inside the open transaction, on behalf of an entry; their files go with `scrub`.

        An original is known again by its mark, so that it is not entered once more. Files that no part stands for,
        left by a step that was broken off, are removed as well.
        """
        for path in self.home.glob("originals/*/*"):
            if is_digest(path.name) and self.at(bytes.fromhex(path.name)) is None:
                path.unlink(missing_ok=True)
        for committed in commitments:
            part = self.at(committed)
            if part is None:
                continue
            if part.sha256 is not None:
                with contextlib.suppress(LedgerError):
                    self._bar(self.read(part), seq)
            self.database.run("erased_insert", commitment=committed, seq=seq)
            self.database.run("part_delete", commitment=committed)

    def scrub(self) -> bool:
        """Remove the files of erased parts and empty the write-ahead log; False where somebody still reads that."""
        erased = self.erased()
        with explained(self.database.path, self.database.kept):
            for committed in erased:
                file_path(self.home, committed).unlink(missing_ok=True)
        return not erased or self.database.empty_log()

    def erased(self) -> dict[bytes, int]:
        """Give the commitments of all parts that were erased, with the entry that says so."""
        return dict(self.database.rows("erased_all"))

    def check(self, sha256: str | None) -> None:
        """Read again an original that is kept as a file; LedgerError where it was altered."""
        found = self.named(sha256) if sha256 else None
        if found is not None and found.content is None:
            self.read(found)

    def bars(self, told: bytes, original: bytes | None) -> bool:
        """Answer whether a record is in the ledger already, or its original was erased from it."""
        if self.known(RECORD, told) is not None:
            return True
        return original is not None and self.known(ORIGINAL, original) is not None


def told_of(
    leaf: object, body: object, kept: Sequence[object], erased: Collection[bytes]
) -> bytes | None:
    """Give the record that an entry commits to, None where it was erased; a ValueError says what was altered.

    `kept` are commitment, salt and content as they stand in the table `part`.
    """
    if not isinstance(body, bytes) or leaf_hash(body) != leaf:
        raise ValueError("its bytes do not have its leaf hash")
    committed = commitments_of(body)[0]
    if committed in erased:
        return None
    found, salt, content = kept
    if not isinstance(salt, bytes) or not isinstance(content, bytes) or found != committed:
        raise ValueError("its record is missing")
    if commitment(salt, content) != committed:
        raise ValueError("its record is not the one that it commits to")
    return content


def digests(data: bytes) -> Digests:
    """Give both digests and the length of some bytes."""
    return Digests(sha256=sha256_hex(data), sha512=hashlib.sha512(data).hexdigest(), size=len(data))


def is_digest(text: object) -> TypeGuard[str]:
    """Tell whether a value is a SHA-256 in lower-case hexadecimal."""
    return (
        isinstance(text, str)
        and len(text) == DIGEST_LENGTH
        and set(text) <= set("0123456789abcdef")
    )


def file_path(home: Path, committed: bytes) -> Path:
    """Give the place of a large original under the ledger's folder `.truceline`."""
    return home / "originals" / committed.hex()[:2] / committed.hex()


def _keep_file(home: Path, data: bytes, committed: bytes) -> None:
    """Keep a large original as a file that is on the disk when this returns."""
    path = file_path(home, committed)
    make_folder(path.parent.parent)
    make_folder(path.parent)
    write_whole(path, data, mode=0o444)


def _read_file(path: Path) -> bytes:
    """Give the bytes of a large original."""
    try:
        return read_named(path, KIND)
    except FileError as error:
        raise LedgerError(
            f"The original {path} cannot be read.",
            "restore the file from a copy, then run `truceline verify`",
            details=(f"cause: {error}",),
        ) from error
