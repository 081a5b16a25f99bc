"""One file of evidence through its reader: what arrived, what is wrong, and what was not taken."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from truceline.collect.registry import readers
from truceline.errors import FileError, UsageError
from truceline.model.evidence import Arrival, Collected, EvidenceFile
from truceline.model.problem import Problem, Refused, Severity, problem_order
from truceline.store.door import PAGE, read_inside, read_named
from truceline.terms.samples import of_mission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.mission import Mission


def evidence_of(mission: Mission, folder: Path) -> tuple[EvidenceFile, ...]:
    """Give the files of evidence that a mission names."""
    return tuple(
        EvidenceFile(reader=reader, folder=folder, name=file, shown=file)
        for reader, file in mission.evidence
    )


def collect(file: EvidenceFile, mission: Mission) -> Collected:
    """Take one file in through its reader; raises UsageError when nobody knows the reader."""
    known = readers().get(file.reader)
    if known is None:
        advice = f"use one of: {', '.join(readers())}"
        raise UsageError(f"no reader is called {file.reader!r}", advice)
    try:
        content = (
            read_inside(file.folder, file.name, known.kind) if file.folder is not None
            else read_named(Path(file.name), known.kind)
        )  # fmt: skip
    except FileError as error:
        problem = Problem(
            severity=Severity.ERROR, file=file.shown, message=error.message, advice=error.advice
        )
        return Collected(
            file=file, content=None, problems=(problem,), refused=_refused([problem], [])
        )
    found = list(known.read(file.shown, content, mission))
    arrivals = [f for f in found if isinstance(f, Arrival)]
    problems = of_mission((f for f in found if isinstance(f, Problem)), mission)
    errors = [p for p in problems if p.severity is Severity.ERROR]
    copies = [_copy(file, a) for a in arrivals if a.item.archive is not None]
    missing = [found for found in copies if isinstance(found, Problem)]
    return Collected(
        file=file, content=content if arrivals or not errors else None,
        arrivals=tuple(arrivals), problems=(*problems, *missing), refused=_refused(errors, arrivals),
        archives=tuple(found for found in copies if not isinstance(found, Problem)),
    )  # fmt: skip


def _copy(file: EvidenceFile, arrival: Arrival) -> tuple[str, bytes] | Problem:
    """Take in the copy of a page that a row names, relative to its table."""
    name = arrival.item.archive or ""
    # A table on standard input has the folder that the command runs in.
    folder = file.folder if file.folder is not None else Path(file.name).resolve().parent
    beside = PurePosixPath(file.name).parent / name if file.folder is not None else name
    try:
        content = read_inside(folder, str(beside), PAGE)
    except FileError as error:
        return Problem(
            severity=Severity.WARNING, file=file.shown, row=arrival.row, field="archive",
            message=f"the copy {name!r}: {error.message}; the page counts as not archived",
            advice="put the copy beside the table, or empty the cell",
        )  # fmt: skip
    return arrival.item.id, content


def repeated_ids(arrivals: Sequence[Arrival]) -> Iterator[Problem]:
    """Complain of one external id that stands for several different rows; all of them are kept."""
    rows: dict[str, dict[str, Arrival]] = {}
    for arrival in arrivals:
        if name := arrival.item.external_id:
            rows.setdefault(name, {})[arrival.item.id] = arrival
    for name, found in rows.items():
        for arrival in found.values() if len(found) > 1 else ():
            yield Problem(
                severity=Severity.ERROR, file=arrival.file, row=arrival.row, field="claim_id",
                message=f"{name!r} stands for {len(found)} different rows; all are kept",
                advice="give each row an id of its own: people's decisions name rows by it",
            )  # fmt: skip


def _refused(errors: Sequence[Problem], arrivals: Sequence[Arrival]) -> tuple[Refused, ...]:
    """Say what of a file was not taken: all of it where nothing arrived, else the rows with errors."""
    if not errors:
        return ()
    first = min(errors, key=problem_order)
    rows = len({error.row for error in errors}) if arrivals else None
    return (Refused(file=first.file, rows=rows, why=first.message),)
