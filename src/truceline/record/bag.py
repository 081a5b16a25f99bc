"""A folder that anybody can check for what is missing, altered or put in: a BagIt bag (RFC 8493), SHA-256 and SHA-512.

The payload lies under `data/`; every tag file is told in `tagmanifest-sha256.txt`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import FileError, UsageError
from truceline.record.database import explained, make_folder
from truceline.store.door import KEPT, look, read_inside
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

PAYLOAD = "data"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MARK, _INFO, _TAGS = "bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt"
_MANIFESTS = {"manifest-sha256.txt": "sha256", "manifest-sha512.txt": "sha512"}
_CHUNK = 1 << 20


def is_bag(folder: Path) -> bool:
    """Answer whether a folder says that it is a bag."""
    return (folder / _MARK).is_file()  # a link to one elsewhere is told when it is read


def seal(
    folder: Path, info: Mapping[str, str], tags: Mapping[str, bytes], done: Callable[[str], object]
) -> None:
    """Make a bag of a folder whose payload is in place; `tags` are further files at its top.

    `done` is told every file. An older bag in the same folder is replaced; the manifests come last.
    """
    digests = {name: _digests(folder, name, done) for name in files_in(folder, PAYLOAD)}
    size = sum((folder / name).stat().st_size for name in digests)
    told = {"Payload-Oxum": f"{size}.{len(digests)}", **info}
    written = {
        **tags,
        _MARK: DECLARATION,
        _INFO: "".join(f"{key}: {value}\n" for key, value in told.items()).encode("utf-8"),
        **{
            manifest: "".join(f"{each[kind]}  {_coded(name)}\n" for name, each in digests.items()).encode("utf-8")
            for manifest, kind in _MANIFESTS.items()
        },
    }  # fmt: skip
    told_of = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {_coded(name)}\n"
        for name, content in sorted(written.items())
    )
    with explained(folder):
        for name, content in (*written.items(), (_TAGS, told_of.encode("utf-8"))):
            write_whole(folder / name, content)


def faults(folder: Path, done: Callable[[str], object]) -> list[str]:
    """Say all that is wrong with a bag; nothing where it is whole. UsageError where the folder is none."""
    if not is_bag(folder):
        raise UsageError(
            f"{folder} is no backup and no hand-over package",
            "name the folder that holds bagit.txt",
        )
    found = [] if _read(folder, _MARK) == DECLARATION else [f"{_MARK} is not that of this form"]
    try:
        tags = _manifest(folder, _TAGS)
        manifests = {kind: _manifest(folder, name) for name, kind in _MANIFESTS.items()}
    except (FileError, ValueError) as error:
        return [*found, f"a manifest cannot be read: {error}"]
    top = {name for name in files_in(folder, "") if not name.startswith(f"{PAYLOAD}/")} - {_TAGS}
    found += _compared(top, tags.keys())
    payload = set(files_in(folder, PAYLOAD))
    for names in manifests.values():
        found += _compared(payload, names.keys())
    for name in sorted(payload | (top & tags.keys())):
        try:
            digests = _digests(folder, name, done)
        except FileError as error:
            found.append(f"{name} is not let in: {error.message}")
            continue
        told = (
            {kind: names.get(name) for kind, names in manifests.items()}
            if name in payload
            else {"sha256": tags[name]}
        )
        found += [
            f"{name} was altered ({kind})"
            for kind, digest in told.items()
            if digest not in {None, digests[kind]}
        ]
    return sorted(set(found))


def files_in(folder: Path, inner: str) -> Iterator[str]:
    """Give the files under a folder, as paths relative to it, in their order."""
    for place, folders, names in os.walk(folder / inner):
        folders.sort()
        for name in sorted(names):
            yield (Path(place) / name).relative_to(folder).as_posix()


def _compared(there: set[str], told: Iterable[str]) -> list[str]:
    named = set(told)
    return [
        *(f"{name} is missing" for name in sorted(named - there)),
        *(f"{name} is in no manifest" for name in sorted(there - named)),
    ]


def _digests(folder: Path, name: str, done: Callable[[str], object]) -> dict[str, str]:
    """Hash a file piece by piece; FileError where it is no regular file of that folder."""
    look(folder, name)
    path = folder / name
    both = {kind: hashlib.new(kind) for kind in _MANIFESTS.values()}
    with explained(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            for digest in both.values():
                digest.update(chunk)
    done(path.name)
    return {kind: digest.hexdigest() for kind, digest in both.items()}


def _manifest(folder: Path, name: str) -> dict[str, str]:
    lines = _read(folder, name).decode("utf-8").split("\n")
    if lines.pop() != "" or any("  " not in line for line in lines):
        raise ValueError(f"{name} is not a list of digests and names")
    parts = [line.split("  ", 1) for line in lines]
    return {_decoded(path): digest for digest, path in parts}


def _read(folder: Path, name: str) -> bytes:
    return read_inside(folder, name, KEPT)


def _coded(name: str) -> str:
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _decoded(name: str) -> str:
    return name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def prepare_folder(folder: Path) -> None:
    """Make the folder of a bag with its payload, durably."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        make_folder(folder / PAYLOAD)
