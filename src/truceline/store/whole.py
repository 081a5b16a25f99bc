"""A file stands under its name with all its bytes, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file that is whole and on the disk when this returns; its folder must be there.

    Another process that reads meanwhile finds the old file or the new one. Raises OSError.
    """
    handle, draft = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_together(contents: Mapping[str, bytes], out: Path, what: str) -> tuple[Path, ...]:
    """Write files to a folder, all or none, and give their paths.

    Raises StorageError, about `what`, when the disk refuses; files that stood there are then still whole.
    """
    drafts = {name: out / f".{name}.{os.getpid()}.tmp" for name in contents}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _write(drafts[name], content)
        for name, draft in drafts.items():
            draft.replace(out / name)
    except OSError as error:
        message = f"{what} cannot be written to {out}: {error.strerror or error}"
        advice = "free some space or choose another folder with --out; earlier files are left whole"
        raise StorageError(message, advice) from error
    finally:
        _discard(drafts.values())
    return tuple(out / name for name in contents)


def _write(path: Path, content: bytes) -> None:
    """Write and flush to the disk, so that a full one is noticed before anything is replaced."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _discard(drafts: Iterable[Path]) -> None:
    for draft in drafts:
        try:
            draft.unlink(missing_ok=True)
        except OSError:
            continue


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
