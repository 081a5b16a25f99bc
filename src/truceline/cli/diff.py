"""`truceline diff` sets two runs side by side."""

from __future__ import annotations

import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from truceline.cli.common import counted, json_option
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.report.differences import differences, run_in

_TITLES = {
    "run": "The runs", "incident": "Incidents", "occurrence": "Did it happen", "members": "Claims",
    "attribution": "Who did it", "standing": "Standings", "obligation": "Obligations",
    "agreement": "Agreements", "counts": "Counts", "rate": "Rates per monitored hour",
}  # fmt: skip
_RUN = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("a", type=_RUN)
@click.argument("b", type=_RUN)
@json_option
def diff(a: Path, b: Path, *, as_json: bool) -> None:
    """Say what differs between the runs A and B: what came, went and changed, and why.

    A run is the folder that `run --out` wrote, or its snapshot (MISSION/.truceline/snapshots).

    Incidents are matched by the claims they share. Counts are compared only by one counting rule,
    rates only of what was alike covered. Ends with 0 where nothing differs, with 1 where anything does.
    """
    one, other = run_in(a), run_in(b)
    if one.header["mission"] != other.header["mission"]:
        raise UsageError(
            f"these are runs of two missions: {one.header['mission']} and {other.header['mission']}",
            "name two runs of one mission",
        )
    order = list(_TITLES)
    found = sorted(differences(one, other), key=lambda d: order.index(d.kind))
    if as_json:
        say_data(
            {
                "a": dict(one.header),
                "b": dict(other.header),
                "differences": [asdict(d) for d in found],
            }
        )
    else:
        for kind, group in groupby(found, key=lambda d: d.kind):
            say(_TITLES[kind])
            for difference in group:
                say(f"  {difference.sentence}")
        say(counted(len(found), "difference") if found else "nothing differs")
    sys.exit(1 if found else 0)
