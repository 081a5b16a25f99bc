"""Correlation clustering by mutual-best contraction (engine page, "Clustering").

Each round every cluster looks for the neighbours with the highest sum of (bits - threshold) over all pairs
between the two, where a pair that was not compared forbids the merge; those that pick each other merge;
repeat until none. The sum is over *all* pairs, so a chain of resemblances cannot join two distinct events.
Sums are exact integers (hundredths of a bit), so equal is equal: what fits several equally well, and these
cannot be one, joins none of them. No order of rows, and no name of a row, decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

HUNDREDTHS = 100
FORBIDDEN = -(10**12)
FORCED = 10**9

Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows in clusters, each in exactly one; `torn` are rows that fitted several others equally well, with those."""

    clusters: tuple[Rows, ...]
    torn: tuple[tuple[Rows, tuple[Rows, ...]], ...] = ()


def cluster(scores: NDArray[np.int64], lifting: NDArray[np.bool_] | None = None) -> Partition:
    """Partition n rows by an (n, n) symmetric matrix of hundredths of a bit above the threshold.

    `FORBIDDEN` marks pairs that may never share a cluster. `lifting` marks pairs whose own sum must not be below
    zero wherever clusters merge. Clusters come back sorted by their smallest row.
    """
    sums = scores.copy()
    np.fill_diagonal(sums, FORBIDDEN)
    lifts = np.zeros_like(sums) if lifting is None else np.where(lifting, sums, 0)
    members = {row: [row] for row in range(len(sums))}
    torn: list[tuple[Rows, tuple[Rows, ...]]] = []
    alive = np.arange(len(sums))
    while len(alive) > 1:
        here = sums[np.ix_(alive, alive)]
        here = np.where(lifts[np.ix_(alive, alive)] < 0, FORBIDDEN, here)
        picks = _picks(here)
        if not picks:
            break
        gone: list[int] = []
        for part in joined({i, *chosen} for i, chosen in picks.items()):
            if _one(here, part):
                _merge((sums, lifts), members, [int(alive[i]) for i in part])
                gone += part[1:]
                continue
            for hub in (i for i in part if len(picks[i]) > 1):
                fits = [int(alive[j]) for j in sorted(picks[hub])]
                mine = int(alive[hub])
                torn.append((tuple(sorted(members[mine])), tuple(tuple(members[j]) for j in fits)))
                sums[mine, fits] = sums[fits, mine] = FORBIDDEN
        alive = np.delete(alive, gone)
        np.maximum(sums, 2 * FORBIDDEN, out=sums)
    clusters = tuple(sorted(tuple(sorted(rows)) for rows in members.values()))
    return Partition(clusters, tuple(sorted(torn)))


def _picks(sums: NDArray[np.int64]) -> dict[int, set[int]]:
    """Give for each row the rows that it and they pick as best, equals included."""
    best = sums.max(axis=1)
    chosen = (sums == best[:, None]) & (best > 0)[:, None]
    both = chosen & chosen.T
    return {int(i): {int(j) for j in np.flatnonzero(both[i])} for i in np.flatnonzero(both.any(1))}


def _one(sums: NDArray[np.int64], part: Sequence[int]) -> bool:
    """Answer whether rows that picked each other may all be one: none forbidden, worth it together."""
    inside = sums[np.ix_(part, part)][np.triu_indices(len(part), k=1)]
    return bool(inside.min() > FORBIDDEN // 2 and inside.sum() > 0)


def _merge(
    matrices: Sequence[NDArray[np.int64]], members: dict[int, list[int]], rows: Sequence[int]
) -> None:
    keep = rows[0]
    for drop in rows[1:]:
        for sums in matrices:
            sums[keep, :] += sums[drop, :]
            sums[:, keep] += sums[:, drop]
        members[keep] += members.pop(drop)
    matrices[0][keep, keep] = FORBIDDEN


def joined(sets: Iterable[Iterable[int]]) -> list[list[int]]:
    """Join sets of rows that share a row, whatever follows from that; each sorted, in order of their smallest."""
    found: list[set[int]] = []
    for rows in map(set, sets):
        meet = [other for other in found if other & rows]
        found = [other for other in found if not other & rows] + [rows.union(*meet)]
    return sorted(sorted(rows) for rows in found if rows)
