"""`truceline template` makes the tables of evidence to fill, with the mission's own words."""

from __future__ import annotations

from pathlib import Path

import click

from truceline.cli.common import mission_argument, note, tell
from truceline.collect.blank import tables, workbook
from truceline.collect.template import template as template_of
from truceline.errors import UsageError
from truceline.store.whole import write_together
from truceline.terms import mission_files, mission_of, usable


@click.command()
@mission_argument
@click.option(
    "--as",
    "form",
    type=click.Choice(["xlsx", "csv"]),
    default="xlsx",
    show_default=True,
    help="One workbook with a sheet a table, or a file a table.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files; without it, this one.",
)
def template(mission: Path, form: str, out: Path) -> None:
    """Make the tables of evidence of MISSION to fill: claims, coverage, restrictions.

    The words that this mission knows (sides, sources, places, acts ...) are the drop-downs. Add a filled workbook with
    `truceline run MISSION --add workbook:FILE.xlsx --out DIR`; every complaint names its sheet, row and column. A file
    that is there already is never overwritten.
    """
    files, not_let_in = mission_files(mission)
    known, problems = usable(mission, mission_of(mission, files, not_let_in))
    sheets = template_of(known)
    made = {f"{known.id}.xlsx": workbook(known, sheets)} if form == "xlsx" else tables(sheets)
    if there := sorted(name for name in made if (out / name).exists()):
        raise UsageError(
            f"{', '.join(there)} is in {out} already, perhaps filled: nothing was written",
            "give another folder with --out, or move the file away",
        )
    written = write_together(made, out, "the template")
    tell(problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
