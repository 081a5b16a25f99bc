"""`truceline verify` says whether the ledger is whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from truceline.cli.common import data, json_option, mission_argument
from truceline.record.verify import verify as verify_ledger

if TYPE_CHECKING:
    from pathlib import Path

_BROKEN = 3


@click.command()
@mission_argument
@json_option
def verify(mission: Path, *, as_json: bool) -> None:
    """Recompute the whole ledger of MISSION and name the first broken entry.

    Shows that what was recorded is unchanged and complete, not that any claim is true.
    """
    result = verify_ledger(mission)
    broken = [step for step in result.steps if not step.ok]
    if as_json:
        data({
            "size": result.size, "root": result.root, "verified": not broken,
            "first_broken": result.first_broken,
            "steps": [{"number": s.number, "title": s.title, "ok": s.ok, "detail": s.detail}
                      for s in result.steps],
        })  # fmt: skip
    else:
        for step in result.steps:
            click.echo(
                f"{step.number}. {step.title}: {'ok' if step.ok else 'BROKEN'}  {step.detail}"
            )
        click.echo(f"{result.size} entries, root {result.root}")
    if broken:
        where = (
            "" if result.first_broken is None else f"; first broken entry: {result.first_broken}"
        )
        click.echo(
            f"the ledger does not verify{where}\nWhat to do: stop recording, keep the folder as "
            "evidence, and restore a copy whose root you witnessed.",
            err=True,
        )
        sys.exit(_BROKEN)
