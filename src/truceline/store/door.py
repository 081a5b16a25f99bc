"""The one door: every file of a mission, of a pack, or named by a person is opened here.

What comes in is a regular file under its kind's size limit, and a file of a folder lies inside that
folder after every link was followed. Anything else is a `FileError` that says which of these failed.
A device or a pipe is never opened, a link is never followed between the look and the reading.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from truceline.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1 << 20
STANDARD_INPUT = "-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called in messages, and the most bytes that one may hold."""

    name: str
    largest: int


# The worst file of this size takes two seconds to read.
YAML = Kind("a YAML file", MIB)
TABLE = Kind("a table of the mission", 16 * MIB)
ZONE = Kind("a file of zones", 16 * MIB)
PAGE = Kind("a copy of a page", 64 * MIB)
GOLD = Kind("a file of labels", 64 * MIB)
ORIGINAL = Kind("an original in the ledger", 64 * MIB)
EXPORT = Kind("an exported table", 4096 * MIB)
KEPT = Kind("a file that Truceline keeps beside the ledger", 64 * MIB)


def read_inside(folder: Path, name: str, kind: Kind) -> bytes:
    """Give the bytes of a file in a folder, named relative to it.

    Raises FileError when it is not there, leads out of the folder, is no regular file, is larger
    than its kind may be, or changes while it is read.
    """
    with _about(name):
        return _read(*_located(folder, name), kind)


def read_named(path: Path, kind: Kind) -> bytes:
    """Give the bytes of a file that a person named, wherever it lies, or of standard input for `-`.

    Raises FileError as `read_inside`; standard input may be a pipe, but no larger than its kind.
    """
    if str(path) == STANDARD_INPUT:
        return _read_standard_input(kind)
    with _about(str(path)):
        whole = _resolved(path)
        return _read(whole.parent, (whole.name,), kind)


def _read_standard_input(kind: Kind) -> bytes:
    with _about("standard input"):
        content = sys.stdin.buffer.read(kind.largest + 1)
        if len(content) > kind.largest:
            raise FileError(
                f"it holds more than {kind.largest:,} bytes, the most for {kind.name}", "split it"
            )
    return content


def look(folder: Path, name: str, kind: Kind | None = None) -> None:
    """Raise the FileError that reading the file would raise, without opening it."""
    with _about(name):
        root, parts = _located(folder, name)
        _fit(root.joinpath(*parts).lstat(), kind)


def names_in(folder: Path, inner: str) -> tuple[str, ...]:
    """List what a folder inside a folder holds, as names relative to the outer one, hidden ones left out.

    Gives nothing where there is no such folder; raises FileError where it leads out or is a file.
    """
    if not os.path.lexists(folder / inner):
        return ()
    with _about(inner):
        root, parts = _located(folder, inner)
        names = [path.name for path in root.joinpath(*parts).iterdir()]
    return tuple(sorted(f"{inner}/{name}" for name in names if not name.startswith(".")))


def inside(folder: Path, name: str) -> Path:
    """Give the path of something in a folder that may still be made; FileError where a link leads out."""
    if folder.exists():
        with _about(name):
            _located(folder, name, strict=False)
    return folder / name


@contextlib.contextmanager
def _about(name: str) -> Iterator[None]:
    """Name the file in whatever is wrong with it."""
    try:
        yield
    except OSError as error:
        found = _cannot(error)
        found.file = name
        raise found from error
    except FileError as error:
        error.file = name
        raise


def _located(folder: Path, name: str, *, strict: bool = True) -> tuple[Path, tuple[str, ...]]:
    """Follow every link, then refuse what does not end inside the folder."""
    given = PurePosixPath(name)
    if given.is_absolute() or ".." in given.parts or "\0" in name:
        raise FileError(
            f"it lies outside the folder {folder.name!r}",
            "copy the file into that folder and name it relative to it",
        )
    root = _resolved(folder)
    whole = _resolved(root / name, strict=strict)
    if whole == root or not whole.is_relative_to(root):
        raise FileError(
            f"it is a link that leads out of the folder {folder.name!r}",
            "put the file itself there, not a link to it",
        )
    return root, whole.relative_to(root).parts


def _resolved(path: Path, *, strict: bool = True) -> Path:
    try:
        return path.resolve(strict=strict)
    except RuntimeError as error:
        raise FileError("it is a link that leads to itself", "put the file itself there") from error
    except (OSError, ValueError) as error:
        raise _cannot(error) from error


def _read(root: Path, parts: tuple[str, ...], kind: Kind) -> bytes:
    """Walk down from the folder without following a link that appeared since the look."""
    folder = os.open(root, _FOLDER)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        # Opening a device can do something already, so it is looked at first, and again when open.
        _fit(os.stat(parts[-1], dir_fd=folder, follow_symlinks=False), kind)
        handle = os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        _fit(found, kind)
        content = file.read(found.st_size + 1)
    if len(content) != found.st_size:
        raise FileError("it changed while it was read", "wait until it is whole, then run again")
    return content


def _fit(found: os.stat_result, kind: Kind | None) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise FileError(
            f"it is {_sort(found.st_mode)}, not a regular file", "put a regular file there"
        )
    if kind is not None and found.st_size > kind.largest:
        raise FileError(
            f"it holds {found.st_size:,} bytes; {kind.name} may hold {kind.largest:,}",
            "split it, or check that it is the file you meant",
        )


def _sort(mode: int) -> str:
    sorts = (
        (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
        (stat.S_ISLNK, "a link"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
    )  # fmt: skip
    return next((word for test, word in sorts if test(mode)), "something else")


def _cannot(error: OSError | ValueError) -> FileError:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ELOOP:
        return FileError("it is a link that leads in a circle", "put the file itself there")
    if code in {errno.ENOENT, errno.ENOTDIR}:
        return FileError("it is not there", "put the file there, or take its name out")
    said = error.strerror if isinstance(error, OSError) else str(error)
    return FileError(f"it cannot be opened: {said}", "check its name and its permissions")
