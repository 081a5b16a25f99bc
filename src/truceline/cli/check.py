"""`truceline check` says whether the mission's files are fit to run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from truceline.cli.common import data, json_option, mission_argument, problem_json, status, tell
from truceline.terms import load_mission

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.mission import Mission


@click.command()
@mission_argument
@json_option
def check(mission: Path, *, as_json: bool) -> None:
    """Check the files of MISSION and list every problem at once: file, path, expected, nearest word."""
    loaded, problems = load_mission(mission)
    if as_json:
        data({
            "mission": loaded.id if loaded else None,
            "version": loaded.version if loaded else None,
            "problems": [problem_json(problem) for problem in problems],
        })  # fmt: skip
    elif loaded is not None:
        _tell(loaded)
    tell(problems)
    if loaded is None:
        click.echo(f"{len(problems)} problems; the mission cannot be used", err=True)
    sys.exit(1 if loaded is None else status(problems))


def _tell(mission: Mission) -> None:
    click.echo(f"{mission.id} (version {mission.version}): fit to run")
    for agreement in mission.agreements:
        click.echo(
            f"  {agreement.id}: {len(agreement.provisions)} provisions, "
            f"{len(agreement.ambiguities)} ambiguities"
        )
        for reading in agreement.readings:
            click.echo(
                f"    {reading.text} = {reading.instant.isoformat()} (read so by {reading.held_by})"
            )
    click.echo(f"  {len(mission.sources)} sources, {len(mission.gazetteer)} places")
