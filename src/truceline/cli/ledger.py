"""`truceline ledger new` begins a mission's ledger anew, on purpose and with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from truceline.cli.common import mission_argument
from truceline.cli.terminal import say
from truceline.record.anew import begin_anew
from truceline.record.place import origin_of
from truceline.terms import open_mission

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def ledger() -> None:
    """Begin a ledger anew where the old one is lost, went back or was replaced."""


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
