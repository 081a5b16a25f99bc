"""`truceline restore` puts a ledger back from a backup, once that was checked."""

from __future__ import annotations

from pathlib import Path

import click

from truceline.cli.common import note, progress
from truceline.cli.terminal import say
from truceline.record.restore import restore as put_back


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("mission", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--because",
    default="",
    metavar="TEXT",
    help="Why, where the backup is behind what this machine has seen; every later report says it.",
)
def restore(backup: Path, mission: Path, because: str) -> None:
    """Put the ledger of BACKUP into the folder MISSION, with the mission's files that are not there.

    The backup is checked first: every file against the manifests, the ledger by all steps. A whole ledger that is not behind it is
    left alone; what else stands there is set aside, never removed. A backup behind what this machine has seen needs a reason: what came in
    between is lost, and an entry says so.
    """
    done = put_back(backup, mission, because, lambda name: progress(f"check and copy {name} ..."))
    say(f"{done.size} entries of the ledger {done.name} are back in {mission / '.truceline'}")
    if done.aside is not None:
        note(f"what stood there is kept in {done.aside}")
    if done.files:
        note(f"files that the ledger last received, written: {', '.join(done.files)}")
    if done.lost:
        note(f"{done.lost} entries that this machine had seen are lost; every later report says so")
