"""What earlier runs published: which claims each incident held, so that people can refer to it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from truceline.errors import StorageError
from truceline.store.door import KEPT, read_inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def _folder(mission: Path) -> Path:
    return mission / ".truceline" / "snapshots"


def publish(mission: Path, name: str, incidents: Mapping[str, Sequence[str]]) -> None:
    """Write one run's incidents under its name, atomically; an equal snapshot is left alone."""
    target = _folder(mission) / f"{name}.json"
    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(incidents, sort_keys=True), encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        raise StorageError(
            f"the snapshot {target.name} cannot be written: {error.strerror}",
            "free some space; the ledger is not touched by this",
        ) from error


def find(mission: Path, incident: str) -> tuple[str, ...]:
    """Give the claims of an incident of any earlier run, empty when none knows it.

    An incident's id is a hash of its claims, so every snapshot that knows it says the same.
    """
    for file in sorted(_folder(mission).glob("*.json")):
        known = json.loads(read_inside(mission, file.relative_to(mission).as_posix(), KEPT))
        if incident in known:
            return tuple(known[incident])
    return ()
