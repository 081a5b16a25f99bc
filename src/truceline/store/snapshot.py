"""What one run assessed, as one file: every noun in a table, checked by its content when it is read.

A snapshot is named by what it was made of: the items, the mission's files, the method, the cut-off, the decisions, the problems and the edition. It is
written whole under another name first. Each table has a digest over all its rows in `meta`: a file that was edited, cut, or is of another
form is refused, and can be rebuilt by running again.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from truceline.errors import FileError, StorageError
from truceline.store.canonical import canonical, sha256_hex
from truceline.store.codec import encode
from truceline.store.door import KEPT, inside, read_inside
from truceline.store.engine import BATCH, Engine, opened
from truceline.store.kept import FORM, META, check, read
from truceline.store.tables import TABLES, Table
from truceline.store.whole import sync_folder, write_whole
from truceline.text.names import incident_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from truceline.model.report import Assessment

ENDING = ".duckdb"
_FOLDER = ".truceline/snapshots"
_BODY = "body"


def name_of(assessment: Assessment) -> str:
    """Name a run's snapshot by what it was made of, with all that people decided or proposed and all that is told of it."""
    told = (
        assessment.rulings,
        assessment.renewals,
        assessment.proposals,
        assessment.problems,
        assessment.refused,
    )
    parts = [
        assessment.items_digest, assessment.method, assessment.mission.version, assessment.as_of_text,
        assessment.edition.value, *assessment.without, *(sha256_hex(encode(each)) for each in told),
    ]  # fmt: skip
    return sha256_hex(canonical(parts))[:16]


def place_of(mission: Path, assessment: Assessment) -> Path:
    """Give the place of a run's snapshot with its mission."""
    return inside(mission, _FOLDER) / f"{name_of(assessment)}{ENDING}"


def through(target: Path, assessment: Assessment, tell: Callable[[str], object]) -> Assessment:
    """Give an assessment as its snapshot holds it, written if it is not there: what follows rests on the file alone.

    One that is not whole, or holds something else, is told and written anew.
    """
    if target.exists():
        try:
            check(target)
            found = read(target)
            same = found == assessment
        except StorageError as error:
            tell(f"{error.message} It is written anew.")
        else:
            if same:
                return found
            tell(
                f"The snapshot {target} holds another assessment than its name says. It is written anew."
            )
    write(target, assessment)
    return read(target)


def write(target: Path, assessment: Assessment) -> None:
    """Write a snapshot's file, whole or not at all; StorageError where the disk refuses."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened(draft, write=True, rows=len(assessment.claims)) as engine:
            _fill(engine, assessment)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StorageError(
            f"the snapshot {target} cannot be written: {error.strerror}",
            "free some space or choose another folder; the ledger is not touched by this",
        ) from error
    finally:
        for left in (draft, draft.with_name(f"{draft.name}.wal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _fill(engine: Engine, assessment: Assessment) -> None:
    engine.lay_out()
    digests = {}
    for table in TABLES:
        rows = iter(table.rows(assessment))
        while batch := list(islice(rows, BATCH)):
            engine.fill(table.name, _written(table, batch))
        # Of what the file gives back, so that no number is spelt in two ways.
        digests[table.name] = engine.digest(table.name)
    told = {
        "form": FORM, "name": name_of(assessment), "method": assessment.method, "items_digest": assessment.items_digest,
        "as_of": assessment.as_of.isoformat(), "as_of_text": assessment.as_of_text, "later": assessment.later, "without": list(assessment.without), "left_out": assessment.left_out,
        "archived": list(assessment.archived), "edition": assessment.edition.value,
        "mission": encode(assessment.mission).decode(), "tables": digests,
    }  # fmt: skip
    told["digest"] = sha256_hex(canonical(told))
    values = [json.dumps(value, sort_keys=True) for value in told.values()]
    engine.fill(META, {"key": list(told), "value": values})


def _written(table: Table, rows: list[tuple[object, ...]]) -> dict[str, Sequence[object]]:
    """Give the columns of rows as they are kept."""
    columns: dict[str, Sequence[object]] = dict(
        zip(table.columns, zip(*rows, strict=True), strict=True)
    )
    body = columns.pop(_BODY, None)
    if body is not None:
        columns[_BODY] = [encode(noun).decode() for noun in body]
    return columns


def find(mission: Path, mission_id: str, incident: str) -> tuple[str, ...]:
    """Give the claims of an incident of any earlier run, empty when none knows it.

    An incident's id is a hash of its claims: what a snapshot says is believed only where it has that id.
    Raises StorageError where only snapshots that were altered know it.
    """
    spoiled = []
    for file in sorted(inside(mission, _FOLDER).glob("[!.]*")):
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
            details=[f"{_FOLDER}/{name}" for name in spoiled],
        )
    return ()


def forget_words(mission: Path) -> None:
    """Remove the words of evidence from what earlier runs kept: which claims an incident held stays, so that people can refer to it."""
    folder = inside(mission, _FOLDER)
    for file in sorted([*folder.glob(f"*{ENDING}*"), *folder.glob(f".*{ENDING}*")]):
        held: dict[str, list[str]] = {}
        with suppress(StorageError), opened(file) as engine:
            for incident, claim in engine.rows("members"):
                held.setdefault(str(incident), []).append(str(claim))
        if held:
            write_whole(file.with_suffix(".json"), json.dumps(held, sort_keys=True).encode())
        file.unlink(missing_ok=True)


def _members(mission: Path, file: Path, incident: str) -> list[str] | None:
    """Give what a snapshot holds of an incident: None for nothing, an empty list for nonsense."""
    if file.suffix == ENDING:
        try:
            inside(mission, f"{_FOLDER}/{file.name}")
            with opened(file) as engine:
                found = [claim for named, claim in engine.rows("members") if named == incident]
            return _all_words(found) if found else None
        except (FileError, StorageError, ValueError):
            return []
    return _members_before(mission, file, incident)


def _members_before(mission: Path, file: Path, incident: str) -> list[str] | None:
    """Read what stays of a snapshot without its words, which is all that a release before this one kept: incidents and their claims."""
    try:
        known = json.loads(read_inside(mission, f"{_FOLDER}/{file.name}", KEPT))
    except (FileError, ValueError, RecursionError):
        return []
    if not isinstance(known, dict):
        return []
    if incident not in known:
        return None
    return _all_words(known[incident])


def _all_words(found: object) -> list[str]:
    whole = isinstance(found, list) and all(isinstance(member, str) for member in found)
    return list(found) if isinstance(found, list) and whole else []
