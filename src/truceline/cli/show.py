"""`truceline show` looks one thing of a run up."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.assessed import as_of_option, assessed, refuse_earlier, run_argument
from truceline.cli.common import json_option, note
from truceline.cli.terminal import say, say_data
from truceline.report.named import named
from truceline.report.scene import Scene
from truceline.report.show import (
    claim_lines,
    claim_shown,
    incident_lines,
    incident_shown,
    item_lines,
    item_shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.named import Named


@click.command()
@run_argument
@click.argument("what")
@as_of_option
@json_option
def show(mission: Path, what: str, as_of: str | None, *, as_json: bool) -> None:
    """Show WHAT of a run of MISSION: an incident by its number or id, a claim, or an item with its words.

    A claim or an item may be named by the coder's own id (KC001), an id by its beginning. It is for the mission's own people:
    an item is shown as it was received. MISSION may be a snapshot of an earlier run.
    """
    scene = Scene(assessed(mission, as_of))
    refuse_earlier(what, mission, scene)
    found = named(what, scene)
    if as_json:
        say_data(_data(found, scene))
    else:
        say("\n".join(_lines(found, scene)))
        note(f"as of {scene.assessment.as_of_text}: numbers are those of that report")


def _data(found: Named, scene: Scene) -> dict[str, Any]:
    if found.incident:
        return {"incident": asdict(incident_shown(found.incident, scene))}
    if found.item:
        return {"item": asdict(item_shown(found.item, scene))}
    return {"claims": [asdict(claim_shown(claim, scene)) for claim in found.claims]}


def _lines(found: Named, scene: Scene) -> Iterator[str]:
    if found.incident:
        yield from incident_lines(incident_shown(found.incident, scene))
    if found.item:
        yield from item_lines(item_shown(found.item, scene))
    for claim in found.claims:
        yield from claim_lines(claim_shown(claim, scene))
