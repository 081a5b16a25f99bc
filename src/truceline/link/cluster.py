"""Correlation clustering by mutual-best contraction (engine page, "Clustering").

Each round every cluster picks the neighbour with the highest sum of (bits - threshold) over all
pairs between the two, where a pair that was not compared costs a penalty and a vetoed pair forbids
the merge; mutual picks merge; repeat until none. The sum is over *all* pairs, so a chain of
resemblances cannot join two distinct events. Sums are exact integers (hundredths of a bit), ties go
to the smaller index: the result does not depend on the order of arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HUNDREDTHS = 100
FORBIDDEN = -(10**12)
FORCED = 10**9


def cluster(scores: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
    """Partition n rows by an (n, n) symmetric matrix of hundredths of a bit above the threshold.

    `FORBIDDEN` marks pairs that may never share a cluster. Rows must stand in an order that does
    not depend on arrival; clusters come back sorted by their smallest row.
    """
    sums = scores.copy()
    np.fill_diagonal(sums, FORBIDDEN)
    members = {row: [row] for row in range(len(sums))}
    alive = np.arange(len(sums))
    while len(alive) > 1:
        pairs = _mutual(sums[np.ix_(alive, alive)])
        if not pairs:
            break
        gone = []
        for i, j in pairs:
            keep, drop = int(alive[i]), int(alive[j])
            sums[keep, :] += sums[drop, :]
            sums[:, keep] += sums[:, drop]
            sums[keep, keep] = FORBIDDEN
            members[keep] += members.pop(drop)
            gone.append(j)
        alive = np.delete(alive, gone)
        np.maximum(sums, 2 * FORBIDDEN, out=sums)
    return tuple(sorted(tuple(sorted(rows)) for rows in members.values()))


def _mutual(sums: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Give the pairs (i < j) that pick each other; argmax takes the first, the smaller index."""
    best = np.argmax(sums, axis=1)
    positive = sums[np.arange(len(sums)), best] > 0
    return [
        (i, int(j))
        for i, j in enumerate(best)
        if positive[i] and i < j and int(best[j]) == i
    ]  # fmt: skip
