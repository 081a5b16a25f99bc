"""Where are the bytes as they arrived? Small ones in the database, larger ones as files.

A file is named by its SHA-256 and put there whole or not at all: a temporary file is written and
synced, renamed, and its folder synced, all before the entry that names it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from truceline.errors import FileError, LedgerError, StorageError
from truceline.record.database import make_folder
from truceline.store.canonical import sha256_hex
from truceline.store.door import ORIGINAL, read_named
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from truceline.record.database import Database

SMALL = 64 * 1024
DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What identifies some bytes: two digests in hexadecimal and a length in bytes."""

    sha256: str
    sha512: str
    size: int


def digests(data: bytes) -> Digests:
    """Give both digests and the length of some bytes."""
    return Digests(sha256=sha256_hex(data), sha512=hashlib.sha512(data).hexdigest(), size=len(data))


def file_digests(path: Path) -> Digests:
    """Give both digests and the length of a large original; raises FileError."""
    return digests(read_named(path, ORIGINAL))


def is_digest(text: object) -> TypeGuard[str]:
    """Tell whether a value is a SHA-256 in lower-case hexadecimal."""
    return (
        isinstance(text, str)
        and len(text) == DIGEST_LENGTH
        and set(text) <= set("0123456789abcdef")
    )


def file_path(home: Path, sha256: str) -> Path:
    """Give the place of a large original under the ledger's folder `.truceline`."""
    return home / "originals" / sha256[:2] / sha256


def keep_file(home: Path, data: bytes, sha256: str) -> None:
    """Keep a large original as a file that is on the disk when this returns."""
    path = file_path(home, sha256)
    make_folder(path.parent.parent)
    make_folder(path.parent)
    if path.exists():
        if file_digests(path).sha256 != sha256:
            raise LedgerError(
                f"The original {path} was altered.",
                "keep the file for inquiry, move it away, and run the command again",
            )
        return
    write_whole(path, data, mode=0o444)


def read_original(database: Database, home: Path, sha256: str) -> bytes:
    """Give an original's bytes, hashed again; one that does not match raises LedgerError."""
    found = database.rows("original_row", sha256=sha256)
    if not found:
        raise StorageError(
            f"The ledger holds no original {sha256}.", "check the digest, or add the file again"
        )
    content = found[0][2]
    if content is None:
        content = _read_file(file_path(home, sha256))
    if not isinstance(content, bytes) or sha256_hex(content) != sha256:
        raise LedgerError(
            f"The original {sha256} was altered.",
            "run `truceline verify`, and restore the ledger from a copy",
        )
    return content


def _read_file(path: Path) -> bytes:
    """Give the bytes of a large original."""
    try:
        return read_named(path, ORIGINAL)
    except FileError as error:
        raise LedgerError(
            f"The original {path} cannot be read.",
            "restore the file from a copy, then run `truceline verify`",
            details=(f"cause: {error}",),
        ) from error
