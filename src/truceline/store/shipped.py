"""The demonstration missions that come with the package: a folder each, read where it lies and never written to."""

from __future__ import annotations

import shutil
from pathlib import Path

import truceline
from truceline.errors import StorageError, UsageError

_MARK = "mission.yaml"


def shipped() -> dict[str, Path]:
    """Give the folders of the demonstration missions by name, in alphabetical order."""
    package = Path(truceline.__file__).parent
    # In a wheel they lie inside the package, in a clone beside its sources.
    for folder in (package / "missions", package.parents[1] / "missions"):
        if found := sorted(path.parent for path in folder.glob(f"*/{_MARK}")):
            return {path.name: path for path in found}
    return {}


def shipped_as(name: str) -> Path:
    """Give the folder of a demonstration mission; UsageError where there is none of that name."""
    known = shipped()
    if name not in known:
        raise UsageError(
            f"no mission {name!r} comes with this program", f"use one of: {', '.join(known)}"
        )
    return known[name]


def copy_shipped(name: str, target: Path) -> None:
    """Copy a demonstration mission to a folder that is not there yet, whole or not at all."""
    source, draft = shipped_as(name), target.with_name(f".{target.name}.new")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft, ignore=shutil.ignore_patterns(".*"))
        draft.rename(target)
    except OSError as error:
        raise StorageError(
            f"the mission cannot be copied to {target}: {error.strerror or error}",
            "free some space or give another folder with --out",
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
