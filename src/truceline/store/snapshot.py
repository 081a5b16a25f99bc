"""What earlier runs published: which claims each incident held, so that people can refer to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from truceline.errors import FileError, StorageError
from truceline.store.door import KEPT, inside, read_inside
from truceline.store.whole import write_whole
from truceline.text.names import incident_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def _folder(mission: Path) -> Path:
    return inside(mission, ".truceline/snapshots")


def publish(mission: Path, name: str, incidents: Mapping[str, Sequence[str]]) -> None:
    """Write one run's incidents under its name, atomically; an equal snapshot is left alone."""
    target = _folder(mission) / f"{name}.json"
    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, json.dumps(incidents, sort_keys=True).encode())
    except OSError as error:
        raise StorageError(
            f"the snapshot {target.name} cannot be written: {error.strerror}",
            "free some space; the ledger is not touched by this",
        ) from error


def find(mission: Path, mission_id: str, incident: str) -> tuple[str, ...]:
    """Give the claims of an incident of any earlier run, empty when none knows it.

    An incident's id is a hash of its claims: what a snapshot says is believed only where it has that id.
    Raises StorageError where only snapshots that were altered know it.
    """
    spoiled = []
    for file in sorted(_folder(mission).glob("*.json")):
        members = _members(mission, file, incident)
        if members is None:
            continue
        if members and incident_id(mission_id, sorted(set(members))) == incident:
            return tuple(sorted(set(members)))
        spoiled.append(file.name)
    if spoiled:
        raise StorageError(
            f"what earlier runs kept about {incident} was altered: it is no longer an incident of these claims",
            "remove the files and run again; an incident of that run can be decided on then",
            details=[f".truceline/snapshots/{name}" for name in spoiled],
        )
    return ()


def _members(mission: Path, file: Path, incident: str) -> list[str] | None:
    """Give what a snapshot holds of an incident: None for nothing, an empty list for nonsense."""
    try:
        known = json.loads(read_inside(mission, file.relative_to(mission).as_posix(), KEPT))
    except (FileError, ValueError, RecursionError):
        return []
    if not isinstance(known, dict):
        return []
    if incident not in known:
        return None
    found = known[incident]
    whole = isinstance(found, list) and all(isinstance(member, str) for member in found)
    return found if whole else []
