"""A run to look into: that of a mission as it stands, or one that a snapshot keeps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.common import progress, warn
from truceline.errors import UsageError
from truceline.model.report import Edition
from truceline.pipeline import assess, cut_off, gather, kept_as
from truceline.store.kept import check, read
from truceline.store.snapshot import ENDING, find

if TYPE_CHECKING:
    from truceline.model.report import Assessment
    from truceline.report.scene import Scene

run_argument = click.argument(
    "mission", metavar="MISSION|SNAPSHOT", type=click.Path(exists=True, path_type=Path)
)
as_of_option = click.option(
    "--as-of", help="Cut-off on the publication clock, as in `truceline run`."
)


def refuse_earlier(word: str, place: Path, scene: Scene) -> None:
    """Say of an incident of an earlier run in which incidents what it held stands now."""
    if place.is_file() or not word.startswith("inc-") or word in scene.numbers:
        return
    held = find(place, scene.mission.id, word)
    numbers = sorted({scene.number_of_claim[c] for c in held if c in scene.number_of_claim})
    if held:
        now = f"incident {', '.join(map(str, numbers))}" if numbers else "no incident"
        raise UsageError(
            f"{word} is an incident of an earlier run; what it held stands now in {now}",
            "name that one",
        )


def assessed(place: Path, as_of: str | None) -> Assessment:
    """Give what a snapshot keeps, or the draft of a mission as it stands, through its snapshot."""
    if place.is_file():
        if place.suffix != ENDING or as_of:
            raise UsageError(
                f"{place} is a file"
                if place.suffix != ENDING
                else "a snapshot has a cut-off already",
                f"give a mission's folder, or a snapshot ({ENDING}) without --as-of",
            )
        check(place)
        return read(place)
    progress("collect and record ...")
    gathered = gather(place)
    warn(gathered.warnings)
    progress("read, link, weigh, judge ...")
    assessment = assess(gathered, cut_off(as_of, gathered), Edition.DRAFT)
    return kept_as(place, assessment, lambda text: warn([text]))
