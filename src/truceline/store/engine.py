"""The engine behind snapshots: one DuckDB file, made whole or read only; what it says is turned into advice."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from truceline.errors import StorageError
from truceline.store import sql
from truceline.store.door import EXPORT, read_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

PACKAGE = "truceline.store"
AGAIN = "run `truceline run` again: a snapshot can be rebuilt from the ledger at any time"
BATCH = 20_000
_GIVEN = "given"
# The smallest block that DuckDB has, for most tables of most missions are short; its own for a long war.
_BLOCK, _LARGE_BLOCK = 16384, 262144
_LARGE = 20_000
_NUMBERS = {"INTEGER": "int64", "BIGINT": "int64", "DOUBLE": "float64", "BOOLEAN": "bool"}


class Engine:
    """One connection to a snapshot's file."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def lay_out(self) -> None:
        """Make the tables in an empty file."""
        self._connection.execute(sql.load(PACKAGE, "schema"))

    def fill(self, table: str, columns: dict[str, Sequence[object]]) -> None:
        """Add rows to a table, given by its columns in their order; None is NULL."""
        if not next(iter(columns.values()), ()):
            return
        kinds = map(str, self._connection.table(table).types)
        arrays = {
            name: _array(kind, values)
            for (name, values), kind in zip(columns.items(), kinds, strict=True)
        }
        self._connection.register(_GIVEN, arrays)
        self._connection.view(_GIVEN).insert_into(table)
        self._connection.unregister(_GIVEN)
        if len(next(iter(columns.values()))) == BATCH:
            # What is not committed stays in memory; whether the file is whole is told by its name, not by this.
            self._connection.commit()
            self._connection.begin()

    def digest(self, table: str) -> str:
        """Give the SHA-256 over all rows of a table as JSON lines, in the order in which they were added."""
        digest = hashlib.sha256()
        result = self._connection.execute(sql.load(PACKAGE, "rows_as_json"), [table])
        while rows := result.fetchmany(BATCH):
            digest.update(b"\n".join([*(row for (row,) in rows), b""]))
        return digest.hexdigest()

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Give all rows of a table, in the order in which they were added; all its columns unless some are named."""
        found = self._connection.table(table)
        return (found.select(*columns) if columns else found).fetchall()

    def columns(self, table: str) -> tuple[str, ...]:
        """Give the names of a table's columns."""
        return tuple(self._connection.table(table).columns)


@contextlib.contextmanager
def opened(path: Path, *, write: bool = False, rows: int = 0) -> Iterator[Engine]:
    """Open a snapshot's file; StorageError where it is no such file, is damaged, or cannot be written.

    `rows` is how many its longest table will have, where it is written.
    """
    import duckdb  # noqa: PLC0415  takes a tenth of a second

    try:
        settings: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "preserve_insertion_order": True, "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False, "enable_external_access": False, "default_block_size": _BLOCK if rows < _LARGE else _LARGE_BLOCK,
                    "force_compression": "zstd"}  # fmt: skip
        connection = duckdb.connect(str(path), read_only=not write, config=settings)
        try:
            # Few transactions: a hundred statements are put on the disk together.
            connection.begin()
            yield Engine(connection)
            connection.commit()
        finally:
            connection.close()
    except (duckdb.Error, RuntimeError, UnicodeDecodeError) as error:
        raise StorageError(
            f"{path} cannot be {'written' if write else 'read'} as a snapshot.",
            AGAIN,
            details=(f"cause: {type(error).__name__}: {str(error).splitlines()[0]}",),
        ) from error


def parquet(columns: Mapping[str, tuple[str, Sequence[object]]]) -> bytes:
    """Write a table as Parquet, from its columns: a DuckDB type and the values of each; None is NULL."""
    import duckdb  # noqa: PLC0415

    with TemporaryDirectory() as name, duckdb.connect(config={"threads": 1}) as connection:
        target = Path(name) / "x.parquet"
        arrays = {column: _array(kind, values) for column, (kind, values) in columns.items()}
        connection.register(_GIVEN, arrays)
        typed = [
            duckdb.ColumnExpression(column).cast(kind).alias(column)
            for column, (kind, _) in columns.items()
        ]
        connection.view(_GIVEN).select(*typed).write_parquet(str(target))
        return read_named(target, EXPORT)


def _array(kind: str, values: Sequence[object]) -> Any:  # noqa: ANN401 - NumPy's own type
    """Give values as an array that the engine takes: numbers masked where they are not known, everything else as it is."""
    import numpy as np  # noqa: PLC0415  only where a snapshot is written

    if (number := _NUMBERS.get(kind)) is None:
        found = np.empty(len(values), dtype=object)
        found[:] = _texts(values) if kind == "VARCHAR" else values
        return found
    known = [0 if value is None else value for value in values]
    return np.ma.masked_array(np.array(known, dtype=number), mask=[v is None for v in values])


def _texts(values: Sequence[Any]) -> Sequence[object]:
    """Keep a lone surrogate, which is no text anywhere else, as its escape."""
    try:
        "".join(filter(None, values)).encode()
    except UnicodeEncodeError:
        return [v and v.encode("utf-8", "backslashreplace").decode() for v in values]
    return values
