"""The ledger's SQLite file: how it is opened, asked and written, and what its failures say.

Durability: write-ahead log with `synchronous=FULL`, so a commit that returned is on the disk.
Nothing in the file's own schema is trusted, and every statement is a file in `record/sql`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from typing import TYPE_CHECKING, Any

import apsw

from truceline.errors import LedgerError, StorageError
from truceline.store import sql
from truceline.store.whole import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x54524C4E
SCHEMA_VERSION = 3
# Those of release 0.1.0, whose entries were the words themselves; they are carried over, see upgrade.py.
OLD_VERSIONS = (1, 2)
PACKAGE = "truceline.record"
_HEADER = 100
ID_LENGTH = 32
SECRET_LENGTH = 32

Row = tuple[Any, ...]

_DAMAGED = (
    apsw.NotADBError,
    apsw.CorruptError,
    apsw.SQLError,
    apsw.FormatError,
    apsw.ConstraintError,
    apsw.MismatchError,
    apsw.TooBigError,
    UnicodeDecodeError,
)
_NOT_WRITABLE = (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError)
_SAFE = (
    "run `truceline verify`, then repeat the last step: what is there already is not added again"
)


class Database:
    """One connection to a ledger file; every error it raises is a StorageError that explains."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self.path = path
        self.connection = connection
        self.kept: int | None = None
        self.closed = False

    @classmethod
    def open(
        cls, path: Path, *, write: bool, timeout: float = 30.0,
        versions: tuple[int, ...] = (SCHEMA_VERSION,),
    ) -> Database:  # fmt: skip
        """Open the file, created when `write` and absent; waits `timeout` seconds for a lock.

        LedgerError where it is no ledger, or one of none of the `versions`.
        """
        with explained(path):
            _refuse_cut_off(path)
            connection = apsw.Connection(*_address(path, write=write))
            database = cls(path, connection)
            try:
                database._configure(write=write, timeout=timeout)
                database._check_kind(versions)
            except BaseException:
                connection.close()
                raise
        return database

    def _configure(self, *, write: bool, timeout: float) -> None:
        """Set what holds for this connection, and lay the ledger out when the file is new."""
        connection = self.connection
        connection.set_busy_timeout(int(timeout * 1000))
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        connection.pragma("recursive_triggers", value=True)
        connection.pragma("cell_size_check", value=True)
        if write:
            if connection.readonly("main"):
                raise StorageError(
                    f"{self.path} cannot be written.",
                    "check that the disk is not read-only and that this account may write there",
                )
            connection.pragma("journal_mode", "WAL")
            connection.pragma("synchronous", "FULL")
            # No stale copies of entries in freed space: a changed byte is a changed entry.
            connection.pragma("secure_delete", value=True)
            self._lay_out()
        else:
            connection.pragma("query_only", value=True)

    def _lay_out(self) -> None:
        """Create the tables in an empty file; any other is left as it is."""
        if self.rows("schema_rows"):
            return
        with self.transaction():
            if not self.rows("schema_rows"):
                self.connection.pragma("application_id", APPLICATION_ID)
                self.connection.pragma("user_version", SCHEMA_VERSION)
                self.run("schema")
                self.run(
                    "ledger_insert",
                    id=secrets.token_hex(ID_LENGTH // 2),
                    secret=secrets.token_bytes(SECRET_LENGTH),
                )

    def _kind(self) -> tuple[object, object]:
        return self.connection.pragma("application_id"), self.connection.pragma("user_version")

    @property
    def version(self) -> object:
        """The version of the layout, as the file declares it."""
        return self._kind()[1]

    def ledger_id(self) -> str:
        """Give the ledger's own random id."""
        return str(self._own()[0])

    def secret(self) -> bytes:
        """Give the key of the ledger's marks."""
        return bytes(self._own()[2])

    def _own(self) -> Row:
        rows = self.rows("ledger_row")
        if len(rows) != 1 or not _is_id(rows[0][0]) or not _is_secret(rows[0][2]):
            raise LedgerError(
                f"{self.path} has lost its own id or key.",
                "run `truceline verify`, and restore the ledger from a copy",
            )
        return rows[0]

    def _check_kind(self, versions: tuple[int, ...]) -> None:
        """Refuse a database that is not a ledger, or one of a version not asked for."""
        application, version = self._kind()
        if application == APPLICATION_ID and version in versions:
            return
        if application == APPLICATION_ID and version == SCHEMA_VERSION:
            raise LedgerError(
                f"{self.path} has the present form already.", "there is nothing to carry over"
            )
        if application == APPLICATION_ID and version in OLD_VERSIONS:
            raise LedgerError(
                f"{self.path} has the form of release 0.1.0, in which nothing can be erased.",
                "carry it over: truceline ledger upgrade MISSION",
                details=(f"found version {version}",),
            )
        raise LedgerError(
            f"{self.path} is a database, but not a ledger of version {SCHEMA_VERSION}.",
            "restore the ledger from a copy, or move the file away",
            details=(f"found application id {application}, version {version}",),
        )

    def rows(self, name: str, **params: object) -> list[Row]:
        """Give all rows of the query `record/sql/<name>.sql`."""
        with explained(self.path, self.kept):
            return self.connection.execute(sql.load(PACKAGE, name), _bound(params)).fetchall()

    def walk(self, name: str) -> Iterator[Row]:
        """Give the rows of a query one by one, without holding them all."""
        with explained(self.path, self.kept):
            yield from self.connection.execute(sql.load(PACKAGE, name))

    def run(self, name: str, **params: object) -> None:
        """Run a statement that gives no rows."""
        self.rows(name, **params)

    @contextlib.contextmanager
    def transaction(self, begin: str = "begin") -> Iterator[None]:
        """Keep everything done inside, once it is on the disk, or nothing of it."""
        self.run(begin)
        try:
            yield
            self.run("commit")
        except BaseException:
            if self.connection.in_transaction:
                with contextlib.suppress(StorageError):
                    self.run("rollback")
            raise

    def empty_log(self) -> bool:
        """Move all of the write-ahead log into the file and cut it to nothing; False where a reader keeps it from that."""
        with explained(self.path, self.kept):
            try:
                self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            except (apsw.BusyError, apsw.LockedError):
                return False
        return True

    def close(self) -> None:
        """Close the file; may be called again."""
        self.closed = True
        with explained(self.path, self.kept):
            self.connection.close()

    def abandon(self) -> None:
        """Close the file after a failure, without adding another one."""
        with contextlib.suppress(StorageError):
            self.close()


def _refuse_cut_off(path: Path) -> None:
    """Refuse a file that is shorter than its header says: SQLite finds that only where it reads the end.

    With a write-ahead log beside it the rest may stand there (file format, 1.3.8: the size counts where bytes 24 and 92 agree).
    """
    if not path.is_file() or path.with_name(path.name + "-wal").exists():
        return
    with path.open("rb") as file:
        head = file.read(_HEADER)
    if (
        len(head) < _HEADER
        or not head.startswith(b"SQLite format 3\0")
        or head[24:28] != head[92:96]
    ):
        return
    page = int.from_bytes(head[16:18], "big")
    told = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    if path.stat().st_size < told:
        raise LedgerError(
            f"{path} is cut off: it holds {path.stat().st_size} of {told} bytes.",
            "keep the file for inquiry, and restore the ledger from a copy",
        )


def _is_id(value: object) -> bool:
    return (
        isinstance(value, str) and len(value) == ID_LENGTH and set(value) <= set("0123456789abcdef")
    )


def _is_secret(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == SECRET_LENGTH


def ends_connection(error: StorageError) -> bool:
    """Tell whether the disk or the database failed, rather than a record being refused."""
    cause = error.__cause__
    waiting = isinstance(cause, apsw.BusyError | apsw.LockedError)
    return isinstance(cause, apsw.Error | OSError) and not waiting


@contextlib.contextmanager
def explained(path: Path, kept: int | None = None) -> Iterator[None]:
    """Turn the errors of SQLite and of the system into StorageErrors that say what to do."""
    try:
        yield
    except (apsw.Error, OSError, UnicodeDecodeError) as error:
        raise _explain(error, path, kept) from error


def _explain(error: Exception, path: Path, kept: int | None) -> StorageError:
    """Say what happened to the file, what is safe, and what to do."""
    safe = () if kept is None else (f"the {kept} entries acknowledged before are intact",)
    details = (*safe, f"cause: {type(error).__name__}: {error}")
    if isinstance(error, _DAMAGED):
        return LedgerError(
            f"{path} is damaged or is not a ledger.",
            "run `truceline verify`, keep the file as it is, and restore the ledger from a copy",
            details=(f"cause: {type(error).__name__}: {error}",),
        )
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return StorageError(
            f"Another process is writing to {path}; nothing was added.",
            "wait until it has finished, then run the command again",
            details=details,
        )
    if _is_full(error):
        return StorageError(
            f"The disk is full; {path} took nothing of this step.",
            f"free some space; {_SAFE}",
            details=details,
        )
    if isinstance(error, (*_NOT_WRITABLE, PermissionError)) or _errno(error) == errno.EROFS:
        return StorageError(
            f"{path} cannot be opened or written.",
            "check that the folder exists, is not read-only, and belongs to this account;"
            " a ledger on a read-only medium can be copied and the copy be read",
            details=details,
        )
    return StorageError(f"The disk or the database failed at {path}.", _SAFE, details=details)


def _errno(error: Exception) -> int | None:
    """Give the system's error number, if the error has one."""
    return error.errno if isinstance(error, OSError) else None


def _is_full(error: Exception) -> bool:
    """Tell whether the error means that no space or quota is left."""
    return isinstance(error, apsw.FullError) or _errno(error) in {errno.ENOSPC, errno.EDQUOT}


def _address(path: Path, *, write: bool) -> tuple[str, int]:
    """Give the name and the flags to open a ledger with.

    A finished ledger on a read-only medium has no log beside it and no room for one: it is
    opened as immutable, which SQLite then reads without locks.
    """
    if write:
        return str(path), apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    log = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
        return str(path), apsw.SQLITE_OPEN_READONLY
    uri = path.absolute().as_uri() + "?immutable=1"
    return uri, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI


def _bound(params: dict[str, object]) -> Any:  # noqa: ANN401 - apsw's own type is private
    """Give the parameters in the form that apsw binds, or nothing when there are none."""
    return params or None


def make_folder(folder: Path) -> None:
    """Create a folder inside one that exists, durably; nothing happens when it is there."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
