"""The killed and injured that a claim states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.coding import (
    Measure,
    Qualifier,
)
from truceline.model.evidence import Harm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.coding import Count

_OPEN = {Qualifier.AT_MOST, Qualifier.LESS_THAN}


def harm_of(counts: Iterable[Count]) -> Harm:
    """Sum the killed and injured that one claim states; running totals are not this event's."""
    totals: dict[Measure, int] = {}
    for count in counts:
        if count.cumulative or count.measure not in {Measure.KILLED, Measure.INJURED}:
            continue
        number = count.stated
        if number is None or count.low is None or count.qualifier in _OPEN:
            continue
        totals[count.measure] = totals.get(count.measure, 0) + number
    return Harm(killed=totals.get(Measure.KILLED), injured=totals.get(Measure.INJURED))
