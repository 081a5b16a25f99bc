"""`truceline why` says why an incident is found as it is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from truceline.cli.assessed import as_of_option, assessed, refuse_earlier, run_argument
from truceline.cli.common import json_option
from truceline.cli.terminal import say, say_data
from truceline.model.report import Edition
from truceline.report.named import incident_of
from truceline.report.scene import Scene
from truceline.report.why import why as why_of
from truceline.report.why import why_lines
from truceline.weigh import without_each


@click.command()
@run_argument
@click.argument("incident")
@as_of_option
@json_option
def why(mission: Path, incident: str, as_of: str | None, *, as_json: bool) -> None:
    """Say why INCIDENT is found as it is: the row of the table, its origins with their claims, what would change it.

    INCIDENT is its number in the draft report, its id or the beginning of it, or a claim that it holds. Each origin is left
    out once, and the rest is weighed again. MISSION may be a snapshot of an earlier run.
    """
    assessment = assessed(mission, as_of)
    scene = Scene(assessment)
    refuse_earlier(incident, mission, scene)
    found = incident_of(incident, scene)
    left = without_each(
        found, scene.findings[found.id], scene.claims, assessment.mission, assessment.engagements,
        released=assessment.edition is Edition.RELEASED,
    )  # fmt: skip
    told = why_of(found, [(w.origin, w.gives, w.row) for w in left], scene)
    if as_json:
        say_data(asdict(told))
    else:
        say("\n".join(why_lines(told)))
