"""`truceline backup` copies the ledger of a mission to a folder that can be checked and put back."""

from __future__ import annotations

from pathlib import Path

import click

from truceline.cli.common import mission_argument, note, progress
from truceline.cli.terminal import say
from truceline.record.backup import backup as back_up


@click.command()
@mission_argument
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A new folder, best on another disk, or that of an older backup, which is brought up to date.",
)
def backup(mission: Path, out: Path) -> None:
    """Copy the ledger of MISSION to a folder, and check the copy by all steps.

    The copy is of one moment, even while others write. It holds the words, so keep it as safe as the mission, and the encrypted keys,
    but not the passphrase: keep that apart. What was erased since an older backup goes from it too. A call that was broken off is
    taken up by the same call.
    """
    done = back_up(mission, out, lambda name: progress(f"copy and check {name} ..."))
    say(
        f"{done.size} entries are in {out}, {done.added} large originals were new in it; the copy verifies"
    )
    say(done.head, nl=False)
    note(
        "keep this head elsewhere, and the key's passphrase too: it is not in the backup (see `truceline key --help`)"
    )
