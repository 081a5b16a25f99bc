"""`truceline ledger new` begins a mission's ledger anew, on purpose and with a reason; `upgrade` carries an old one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from truceline.cli.common import mission_argument
from truceline.cli.terminal import say
from truceline.record.anew import begin_anew
from truceline.record.place import origin_of
from truceline.record.upgrade import upgrade as carry_over
from truceline.terms import open_mission

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def ledger() -> None:
    """Begin a ledger anew, or carry over one of release 0.1.0."""


@ledger.command()
@mission_argument
@click.option("--because", required=True, metavar="TEXT", help="Why; every later report says it.")
def new(mission: Path, because: str) -> None:
    """Begin the ledger of MISSION anew; the old one is set aside, never removed.

    Decisions of people stand in the old ledger only: they count no longer, and a report says that the
    ledger was begun anew.
    """
    loaded, _ = open_mission(mission)
    aside = begin_anew(mission, origin_of(loaded), because)
    if aside is not None:
        say(f"the old ledger is kept in {aside}", err=True)
    say(f"a new ledger stands in {mission / '.truceline'}; `truceline run` fills it")


@ledger.command()
@mission_argument
def upgrade(mission: Path) -> None:
    """Carry the ledger of MISSION over from the form of release 0.1.0, in which nothing could be erased.

    Every record, original and time of receipt is entered anew in its order, decisions count as before, and the first entry
    keeps the old root. The old ledger is set aside, never removed: it still holds the words in the clear.
    """
    loaded, _ = open_mission(mission)
    found = carry_over(mission, origin_of(loaded))
    say(f"{found.entries} entries carried over from version {found.version}, old root {found.root}")
    aside = mission / ".truceline" / "set-aside"
    say(f"the old ledger is kept under {aside}; what is erased later still stands there", err=True)
