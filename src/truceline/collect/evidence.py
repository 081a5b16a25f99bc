"""One file of evidence through its reader: what arrived, what is wrong, and what was not taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from truceline.collect.registry import readers
from truceline.errors import FileError, UsageError
from truceline.model.evidence import Arrival, Collected, EvidenceFile
from truceline.model.problem import Problem, Refused, Severity, problem_order
from truceline.store.door import read_inside, read_named

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    problems = [f for f in found if isinstance(f, Problem)]
    errors = [p for p in problems if p.severity is Severity.ERROR]
    return Collected(
        file=file, content=content if arrivals or not errors else None,
        arrivals=tuple(arrivals), problems=tuple(problems), refused=_refused(errors, arrivals),
    )  # fmt: skip


def _refused(errors: Sequence[Problem], arrivals: Sequence[Arrival]) -> tuple[Refused, ...]:
    """Say what of a file was not taken: all of it where nothing arrived, else the rows with errors."""
    if not errors:
        return ()
    first = min(errors, key=problem_order)
    rows = len({error.row for error in errors}) if arrivals else None
    return (Refused(file=first.file, rows=rows, why=first.message),)
