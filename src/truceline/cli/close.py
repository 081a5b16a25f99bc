"""`truceline close` ends a mission: two people close its ledger, it is handed over whole, its keys are destroyed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from truceline.cli.common import mission_argument, progress
from truceline.cli.terminal import say
from truceline.errors import UsageError
from truceline.model.place_time import utc_text
from truceline.record.close import EndWish
from truceline.record.close import close as end
from truceline.record.place import origin_of
from truceline.review.people import check_name, one_person
from truceline.terms import open_mission


@click.command()
@mission_argument
@click.option("--by", required=True, metavar="NAME", help="Name of the person who wants it.")
@click.option("--because", required=True, metavar="TEXT", help="Why; it stands in the ledger.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what is handed over; for the second person.",
)
def close(mission: Path, by: str, because: str, out: Path | None) -> None:
    """Close the ledger of MISSION for good, once two people want it: seal it, hand it over, destroy its keys.

    The first call proposes. The second, by another person, enters the end, signs the last head, and writes a package with the whole ledger,
    the mission's files, the public key and the two verifiers. Once the package was checked, the signing keys and their passphrases are
    destroyed: nobody can add to this ledger again. It can be read, reported on and proved from for ever.
    """
    by, because = by.strip(), because.strip()
    if not by or not because:
        raise UsageError("say who wants it and why", "--by NAME --because TEXT")
    loaded, _ = open_mission(mission)
    check_name(by, loaded.people)
    wish = EndWish(
        by=by, because=because, at=utc_text(datetime.now(UTC).replace(microsecond=0)), out=out
    )
    done = end(
        mission, origin_of(loaded), wish, lambda a, b: one_person(a, b, loaded.people),
        lambda name: progress(f"copy and check {name} ..."),
    )  # fmt: skip
    if not done.done:
        say(
            "proposed; the ledger is closed once another person wants it too, who names the folder: --out FOLDER"
        )
        return
    say(f"closed at {done.size} entries, handed over in {out}; {done.keys} keys were destroyed")
    say(
        "destroy the passphrase files that you made yourself, and the keys in backups, too",
        err=True,
    )
