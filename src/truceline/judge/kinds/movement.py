"""Monitors may go anywhere: every restriction of the mission's own records, booked to who kept it from going."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.model.coverage import Barred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from truceline.model.coverage import Restriction
    from truceline.terms.watch import Watch


def barred(
    watch: Watch, areas: Iterable[str | None], start: datetime, end: datetime
) -> tuple[Barred, ...]:
    """Count the restrictions in any of some areas (None: everywhere) and a stretch of time, by who and in what way.

    Hours are those of the restrictions within the stretch, two at once counted twice: they are no share of the coverage.
    """
    found: dict[tuple[str, str], set[Restriction]] = defaultdict(set)
    asked = tuple(areas)
    for bar in watch.mission.restrictions:
        then = bar.start < end and start < bar.end
        if then and any(area is None or watch.meets(area, bar.area) for area in asked):
            found[bar.by, bar.kind].add(bar)
    return tuple(_barred(sorted(found.items()), start, end))


def _barred(
    found: Iterable[tuple[tuple[str, str], set[Restriction]]], start: datetime, end: datetime
) -> Iterator[Barred]:
    for _, bars in found:
        first = min(bars, key=lambda b: (b.start, b.area, repr(b)))
        seconds = sum(
            (min(b.end, end) - max(b.start, start)).total_seconds() for b in sorted(bars, key=repr)
        )
        yield Barred(by=first.by, kind=first.kind, count=len(bars), hours=round(seconds / 3600, 4))
