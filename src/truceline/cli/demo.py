"""`truceline demo` runs a demonstration mission that comes with the package: no clone, no network."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import click

from truceline.cli.common import note, status, tell
from truceline.cli.run import Asked, write_run
from truceline.cli.terminal import say
from truceline.report.summary import summary
from truceline.store.shipped import copy_shipped, shipped, shipped_as

_FIRST = "karabakh-2020"
# The day at which the story of a mission is told; without one, everything that was published counts.
_AS_OF = {_FIRST: "2020-10-18T00:00+04:00"}


@click.command()
@click.argument("name", default=_FIRST)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("truceline-demo"),
    show_default=True,
    help="Folder for the copy of the mission and for its report.",
)
@click.option(
    "--list", "listed", is_flag=True, help="List the missions that come with this program."
)
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the report in a browser; unless said, only at a terminal.",
)
def demo(name: str, out: Path, *, listed: bool, opens: bool | None) -> None:
    """Run the demonstration mission NAME, and open its report.

    The mission is copied to a folder of yours, with its texts, tables and agreements: change what you like and run it again.
    A copy that is there already is used as it stands. Nothing is fetched from anywhere.
    """
    if listed:
        say("\n".join(shipped()))
        return
    shipped_as(name)
    mission, report = out / name, out / f"{name}-report"
    if not mission.exists():
        out.mkdir(parents=True, exist_ok=True)
        copy_shipped(name, mission)
        note(f"the mission stands in {mission}")
    assessment, written = write_run(mission, report, Asked(as_of=_AS_OF.get(name)))
    say(summary(assessment))
    tell(assessment.problems)
    page = next(path for path in written if path.name == "report.html").resolve()
    note(f"the report: {page.as_uri()}")
    at = f" --as-of {_AS_OF[name]}" if name in _AS_OF else ""
    note(
        f"next: truceline why {mission} 1{at}; truceline export {mission}{at} --as xlsx --out {out}/data"
    )
    if opens if opens is not None else sys.stdout.isatty():
        webbrowser.open(page.as_uri())
    sys.exit(status(assessment.problems))
