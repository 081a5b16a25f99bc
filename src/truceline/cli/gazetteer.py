"""`truceline gazetteer` fills a mission's places from a public gazetteer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, mission_argument, note, progress
from truceline.cli.terminal import say
from truceline.collect import collect, evidence_of, readers
from truceline.errors import FileError
from truceline.read import read_claims
from truceline.store.door import TABLE, read_inside
from truceline.store.whole import write_whole
from truceline.terms import load_mission
from truceline.terms.atlas import atlas
from truceline.terms.gazetteer import read_gazetteer
from truceline.terms.gazetteer_fill import filled, read_rows, write_rows
from truceline.terms.mission import GAZETTEER_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.mission import Mission
    from truceline.terms.atlas import Known
    from truceline.terms.gazetteer_fill import Choice

_STEP = 100_000
_SHOWN = 6


@click.command()
@mission_argument
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A country file of GeoNames (.txt, .zip) or a file of Who's On First (.db, .geojson).",
)
@click.option("--name", "names", multiple=True, help="A further place to add; may be repeated.")
@click.option("--write", is_flag=True, help="Write gazetteer.csv instead of printing it.")
def gazetteer(mission: Path, *, source: Path, names: tuple[str, ...], write: bool) -> None:
    """Fill the empty cells of MISSION's gazetteer.csv from a public gazetteer, and add places that its evidence names.

    A row needs a name alone. What stands there is never changed; a name that fits several places is left open and its
    candidates are listed: write the one meant into the column source (GeoNames 123456) and run it again.
    """
    rows = read_rows(_table(mission), GAZETTEER_FILE)
    loaded, _ = load_mission(mission)
    wanted = [*names, *(_unplaced(loaded, mission) if loaded else ())]
    done, choices = filled(rows, wanted, _counted(source))
    text = write_rows(done)
    if write:
        write_whole(mission / GAZETTEER_FILE, text.encode())
        note(f"{GAZETTEER_FILE}: {counted(len(done), 'place')}")
    else:
        say(text, nl=False)
    for choice in choices:
        _tell(choice)
    _, left = read_gazetteer(text.encode(), GAZETTEER_FILE)
    for problem in left:
        say(str(problem), err=True)
    sys.exit(int(bool(left) or any(choice.taken is None for choice in choices)))


def _table(mission: Path) -> bytes:
    try:
        return read_inside(mission, GAZETTEER_FILE, TABLE)
    except FileError as error:
        error.advice = "write its header line, or begin with `truceline mission new FOLDER`"
        raise


def _unplaced(mission: Mission, folder: Path) -> list[str]:
    """Give the place words of coded evidence that no place of the gazetteer has, each once."""
    arrivals = [
        arrival
        for file in evidence_of(mission, folder)
        if file.reader in readers()
        for arrival in collect(file, mission).arrivals
    ]
    claims, _ = read_claims(arrivals, mission)
    return sorted({word for claim in claims for word in claim.unplaced})


def _counted(source: Path) -> Iterator[Known]:
    for number, place in enumerate(atlas(source), 1):
        if number % _STEP == 0:
            progress(f"{source.name}: {number:,} places looked at")
        yield place


def _tell(choice: Choice) -> None:
    """Say of a name what was taken for it, or what it may be."""
    if choice.taken is not None:
        missing = "; it gives no extent: write radius_km" if choice.lacks else ""
        note(f"{choice.name}: {_shown(choice.taken)}{missing}")
    elif choice.may_be:
        told = "; ".join(_shown(known) for known in choice.may_be[:_SHOWN])
        more = len(choice.may_be) - _SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        note(f"{choice.name}: may be any of {told}{rest} -> write the one meant into source")
    else:
        note(
            f"{choice.name}: not found -> write its coordinates, or a spelling of the source as alias"
        )


def _shown(known: Known) -> str:
    return f"{known.source} {known.name} ({known.kind} at {known.lat:.3f}, {known.lon:.3f})"
