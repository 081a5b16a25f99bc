"""`truceline publish` writes what may leave a mission as a data package that others can cite and check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from truceline.cli.common import note, progress, status, tell, warn
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.publication import data_package
from truceline.store.shipped import shipped_as
from truceline.store.whole import write_together


@click.command()
@click.argument("mission")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the data package.",
)
@click.option("--as-of", help="Cut-off on the publication clock, as in `truceline run`.")
def publish(mission: str, out: Path, as_of: str | None) -> None:
    """Publish MISSION as a data package to cite: the released edition, without who is accused, who speaks, and their words.

    MISSION is a folder, or the name of a demonstration mission that comes with this program (`truceline demo --list`). Its
    mission.yaml says under `publication` under what licence, by whom, and how to cite it. The ledger is not touched.
    """
    folder = Path(mission) if Path(mission).is_dir() else shipped_as(mission)
    progress("collect ...")
    gathered = gather(folder, record=False)
    warn(gathered.warnings)
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut_off(as_of, gathered), Edition.RELEASED)
    progress("publish ...")
    written = write_together(data_package(assessment), out, "the data package")
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    sys.exit(status(assessment.problems))
