"""`truceline export` writes a run as flat tables that spreadsheets, maps and other programs open."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from truceline.cli.common import mission_argument, note, progress, status, tell, warn
from truceline.errors import UsageError
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather, kept_as
from truceline.report.exports import FORMS, exported
from truceline.store.whole import write_together


@click.command()
@mission_argument
@click.option(
    "--as", "form", required=True, type=click.Choice(sorted(FORMS)), help="The form of the files."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the files.",
)
@click.option("--as-of", help="Cut-off on the publication clock, as in `truceline run`.")
@click.option(
    "--inner",
    is_flag=True,
    help="For the mission's own people: with who is accused, who speaks, and their words.",
)
@click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Keep the rows in which a column has that value, of the tables that have it. May be repeated.",
)
def export(
    mission: Path, form: str, out: Path, as_of: str | None, conditions: tuple[str, ...], *, inner: bool
) -> None:  # fmt: skip
    """Export a run of MISSION as flat tables: incidents, claims, findings, standings, obligations.

    Times stand in the mission's zone and in UTC, a place is a point with its radius, every count has its coverage beside it.
    `datapackage.json` says what every column holds. Without --inner the files are what may leave the mission: the released
    edition, without who is accused, who speaks, and their words.
    """
    where = dict(_condition(text) for text in conditions)
    progress("collect and record ...")
    gathered = gather(mission)
    warn(gathered.warnings)
    edition = Edition.DRAFT if inner else Edition.RELEASED
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut_off(as_of, gathered), edition)
    assessment = kept_as(mission, assessment, lambda text: warn([text]))
    progress("export ...")
    written = write_together(
        exported(assessment, form, public=not inner, where=where), out, "the export"
    )
    tell(assessment.problems)
    note(f"written: {', '.join(path.name for path in written)} in {out}")
    sys.exit(status(assessment.problems))


def _condition(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals or not column.strip():
        raise UsageError(
            f"--where {text!r} is not COLUMN=VALUE", "write --where occurrence=confirmed"
        )
    return column.strip(), value.strip()
