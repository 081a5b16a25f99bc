"""`truceline check` says whether the mission's files are fit to run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from truceline.cli.common import (
    counted,
    json_option,
    mission_argument,
    problem_json,
    status,
    tell,
)
from truceline.cli.terminal import say, say_data
from truceline.collect import collect, evidence_of, readers, repeated_ids
from truceline.model.problem import Problem, Severity
from truceline.read import read_claims
from truceline.terms import load_mission
from truceline.terms.mirrors import unlike_mirrors
from truceline.terms.unset import unmade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from truceline.model.evidence import Arrival
    from truceline.model.mission import Mission


@click.command()
@mission_argument
@json_option
def check(mission: Path, *, as_json: bool) -> None:
    """Check the files of MISSION and list every problem at once: file, path, expected, nearest word."""
    loaded, problems = load_mission(mission)
    problems = (*problems, *_asked(loaded), *_evidence(loaded, mission))
    if as_json:
        say_data({
            "mission": loaded.id if loaded else None,
            "version": loaded.version if loaded else None,
            "problems": [problem_json(problem) for problem in problems],
        })  # fmt: skip
    elif loaded is not None and not status(problems):
        _tell(loaded)
    tell(problems)
    if loaded is None:
        say(f"{counted(len(problems), 'problem')}; the mission cannot be used", err=True)
    sys.exit(1 if loaded is None else status(problems))


def _asked(mission: Mission | None) -> Iterator[Problem]:
    """Ask what the files leave open: when an agreement became known, and acts that would tell who acted."""
    for agreement in mission.agreements if mission is not None else ():
        if agreement.announced is None:
            yield Problem(
                severity=Severity.NOTICE, file="agreements", field=f"{agreement.id}.announced",
                message=f"since when {agreement.id} is known is not said: it stands in every report, "
                "whatever its as-of",
                advice="add announced: at, zone or rule, by, source",
            )  # fmt: skip
    if mission is not None:
        yield from unmade(mission)
        yield from _unset(mission)
        yield from unlike_mirrors(mission)
    if mission is not None and mission.coverage:
        yield Problem(
            severity=Severity.NOTICE, file="mission.yaml", field="coverage",
            message="coverage as a list in mission.yaml is known at every as-of, whenever it was reported",
            advice="write it as a table for the reader `coverage`, with the column reported",
        )  # fmt: skip
    if mission is not None and mission.withholds and mission.means is None:
        yield Problem(
            severity=Severity.NOTICE, file="mission.yaml", field="means",
            message="is there an act that only one side has the means for, such as an air strike? Its name "
            "would tell who acted, which the mandate withholds",
            advice="list such acts under `means` (act, side, print: yes or no), or write `means: []`",
        )  # fmt: skip


def _unset(mission: Mission) -> Iterator[Problem]:
    """List the choices that nobody has made yet."""
    named = [("mission.yaml", "unset", mission.unset)]
    named += [("agreements", f"{a.id}.unset", a.unset) for a in mission.agreements]
    for file, field, choices in named:
        for choice in choices:
            yield Problem(
                severity=Severity.NOTICE, file=file, field=field,
                message=f"not chosen yet: {choice.what}", advice=choice.how,
            )  # fmt: skip


def _evidence(mission: Mission | None, folder: Path) -> Iterator[Problem]:
    """Complain of evidence whose reader nobody knows, and of all that readers complain of."""
    arrivals: list[Arrival] = []
    for file in evidence_of(mission, folder) if mission else ():
        reader = readers().get(file.reader)
        if reader is None or mission is None:
            yield Problem(
                severity=Severity.ERROR, file="mission.yaml", field="evidence",
                message=f"no reader is called {file.reader!r} (for {file.shown})",
                advice=f"use one of: {', '.join(readers())}",
            )  # fmt: skip
            continue
        part = collect(file, mission)
        arrivals += part.arrivals
        yield from part.problems
    yield from repeated_ids(arrivals)
    if mission is not None:
        yield from read_claims(arrivals, mission)[1]


def _tell(mission: Mission) -> None:
    say(f"{mission.id} (version {mission.version}): fit to run")
    for agreement in mission.agreements:
        say(
            f"  {agreement.id}: {len(agreement.provisions)} provisions, "
            f"{len(agreement.ambiguities)} ambiguities"
        )
        for reading in agreement.readings:
            say(
                f"    {reading.text} = {reading.instant.isoformat()} (read so by {reading.held_by})"
            )
    say(f"  {len(mission.sources)} sources, {len(mission.gazetteer)} places")
