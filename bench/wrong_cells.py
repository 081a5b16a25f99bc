"""The demonstration's coded rows with wrong cells: `python -m bench.wrong_cells [SEEDS]`.

For each seed 5 % of the cells for basis, access, via and kind of every row are replaced. Printed is in how many
copies an incident comes out as confirmed that is not so in the true rows: in drafts, and in what may leave the
mission. Ends with 1 where anything is confirmed or named outside the mission.
"""

from __future__ import annotations

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from tests.weigh.hostile import CELLS
from truceline.evaluate.scoring import project, rows_of
from truceline.model.finding import Occurrence
from truceline.terms import open_mission
from truceline.weigh import as_released

MISSION = Path("missions/karabakh-2020")
SEEDS, RATE = 1_000, 0.05
Row = dict[str, str]


@cache
def true_rows() -> tuple[Row, ...]:
    """Give the rows as they are coded."""
    mission, _ = open_mission(MISSION)
    return tuple(rows_of(MISSION, mission))


@cache
def truly_confirmed() -> frozenset[str]:
    """Give the coders' ids of the claims whose incidents the true rows confirm."""
    return confirmed(true_rows())[0]


def confirmed(rows: tuple[Row, ...]) -> tuple[frozenset[str], bool]:
    """Give the claims of confirmed incidents, and whether anything is confirmed or named outside."""
    mission, _ = open_mission(MISSION)
    found = project(rows, mission)
    names = {c.id: c.external_id or "" for c in found.claims}
    members = {i.id: i.members for i in found.incidents}
    drafts = [f for f in found.findings if f.occurrence is Occurrence.CONFIRMED]
    outside = [as_released(f, mission) for f in found.findings]
    leaves = any(f.occurrence is Occurrence.CONFIRMED or f.attribution.party for f in outside)
    return frozenset(names[m] for f in drafts for m in members[f.incident]), bool(leaves)


def one(seed: int) -> tuple[bool, bool]:
    """Answer whether a copy confirms what the true rows do not, in a draft, and anything outside."""
    chance = random.Random(seed)  # noqa: S311  seeded copies are no secret
    rows = tuple(
        row | {c: chance.choice(words) for c, words in CELLS.items() if chance.random() < RATE}
        for row in true_rows()
    )
    found, leaves = confirmed(rows)
    return bool(found - truly_confirmed()), leaves


def main() -> None:
    """Run all copies and print the figures."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    with ProcessPoolExecutor() as pool:
        drafts, outside = map(sum, zip(*pool.map(one, range(seeds), chunksize=10), strict=True))
    print(
        f"{seeds} copies of {len(true_rows())} rows, {RATE:.0%} of four cells wrong: {drafts} drafts "
        f"({drafts / seeds:.1%}) confirm what the true rows do not; {outside} confirm or name anything outside"
    )
    sys.exit(int(outside > 0))


if __name__ == "__main__":
    main()
