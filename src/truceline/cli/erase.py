"""`truceline erase` destroys words that stand in the ledger, once two people asked for the same."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from truceline.cli.common import mission_argument
from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.record.erase import Wish, holding
from truceline.record.erase import erase as erase_entries
from truceline.record.place import origin_of
from truceline.review.people import check_name, one_person
from truceline.terms import open_mission

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@mission_argument
@click.argument("entries", nargs=-1, type=click.IntRange(min=0), metavar="[ENTRY]...")
@click.option(
    "--find",
    is_flag=True,
    help="Read words from standard input and list the entries that hold them.",
)
@click.option("--by", metavar="NAME", help="Name of the person who asks for it.")
@click.option(
    "--because", metavar="TEXT", help="Why; every later report says it, so do not repeat the words."
)
def erase(
    mission: Path, entries: tuple[int, ...], *, find: bool, by: str | None, because: str | None
) -> None:
    """Destroy the words of ENTRY in the ledger of MISSION, once two people asked for the same.

    The first call proposes, the second, by another person, destroys record and original of each entry, and of every other entry
    with the same original. The entries themselves stay, so every proof still holds. What was erased is not read again, even
    where the words still stand in a file of the mission.
    """
    loaded, _ = open_mission(mission)
    if find:
        found = holding(mission, sys.stdin.read())
        for seq, kind in found:
            say(f"{seq} {kind}")
        say(f"{len(found)} entries hold these words", err=True)
        return
    if not entries or not (by or "").strip() or not (because or "").strip():
        raise UsageError(
            "name the entries, who asks and why",
            "truceline erase MISSION ENTRY... --by NAME --because TEXT; find entries with --find",
        )
    by, because = str(by).strip(), str(because).strip()
    check_name(by, loaded.people)
    wish = Wish(
        entries=frozenset(entries), by=by, because=because,
        at=utc_text(datetime.now(UTC).replace(microsecond=0)),
    )  # fmt: skip
    done = erase_entries(
        mission, origin_of(loaded), wish, lambda a, b: one_person(a, b, loaded.people)
    )
    named = ", ".join(f"{seq} ({kind})" for seq, kind in zip(done.entries, done.kinds, strict=True))
    if not done.done:
        say(f"proposed to erase {named}; it is done once another person asks for the same entries")
        return
    say(f"erased: {named}")
    if done.left:
        say("another process is reading the ledger: its log still holds the words until a command writes after that has ended",
            err=True)  # fmt: skip
    say(
        "write evidence again without the words in the mission's files, so that what it says of the event still counts: without "
        "it a finding may rise or a day look quiet; take the words out of written reports, and of copies and backups of .truceline"
        + _aside(mission),
        err=True,
    )


def _aside(mission: Path) -> str:
    aside = mission / ".truceline" / "set-aside"
    return f"; an old ledger in {aside} may hold them in the clear" if aside.exists() else ""
