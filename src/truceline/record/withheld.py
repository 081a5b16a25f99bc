"""What does a run not count, although it was received or is at hand? It is told, never silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from truceline.model.evidence import Arrival, Collected


def withdrawn(received: frozenset[str], own: Iterable[Collected]) -> Iterable[Problem]:
    """Say that items once received no longer stand in the mission's files."""
    gone = len(received - {a.item.id for c in own for a in c.arrivals})
    if gone:
        yield Problem(
            severity=Severity.NOTICE, file="the ledger",
            message="items received earlier that no longer stand in the mission's evidence files: "
            f"{gone}; the ledger keeps them, this run does not count them",
            advice="put the rows back, or say in the report why they were changed",
        )  # fmt: skip


def split(
    arrivals: Iterable[Arrival], erased: Collection[tuple[str, str]]
) -> tuple[tuple[Arrival, ...], tuple[Problem, ...]]:
    """Part what may be read from what was erased; of that only its place is told."""
    read: list[Arrival] = []
    told: list[Problem] = []
    for arrival in arrivals:
        if (arrival.item.reader, arrival.item.id) not in erased:
            read.append(arrival)
            continue
        told.append(Problem(
            severity=Severity.WARNING, file=arrival.file, row=arrival.row,
            message="erased: two people had its words destroyed in the ledger; it is not read",
            advice="write it again without those words, so that what it says of the event still counts",
        ))  # fmt: skip
    return tuple(read), tuple(told)
