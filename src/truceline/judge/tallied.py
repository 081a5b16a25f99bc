"""What monitors count in an area: a count above none forbids to say of a zone and day that nothing was recorded there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import one_line
from truceline.model.counting import RULES
from truceline.model.mission import SourceRole
from truceline.terms.named_areas import apart, zones_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.model.acts import Act
    from truceline.model.counting import ReportedTally
    from truceline.terms.watch import Watch

# A sum over longer says of no single day that something of it fell there.
_LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Tallied:
    """Answers for one mission, which tallies of monitors may have fallen in a zone and time; parties' counts are their own word."""

    watch: Watch
    _counted: tuple[ReportedTally, ...] = field(init=False)
    _there: dict[tuple[str | None, str], bool] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Keep what monitors counted above none over two days at most."""
        mission = self.watch.mission
        monitors = {s.id for s in mission.sources if s.role is SourceRole.MONITOR}
        counted = (
            t for t in mission.tallies
            if t.value and t.counter in monitors and t.end - t.start <= _LONGEST
        )  # fmt: skip
        object.__setattr__(self, "_counted", tuple(sorted(counted, key=lambda t: t.id)))

    def of(
        self, acts: Sequence[Act], area: str | None, start: datetime, end: datetime
    ) -> tuple[str, ...]:
        """Give the ids of the tallies of such acts that may have fallen in a zone (None: anywhere) and a stretch of time."""
        return tuple(
            t.id for t in self._counted
            if t.start < end and start < t.end
            and (not acts or one_line(acts, RULES[t.rule].acts))
            and self._meets(area, t.area)
        )  # fmt: skip

    def _meets(self, area: str | None, counted: str) -> bool:
        """Answer whether a zone and the area of a tally have ground in common; the gazetteer goes before what is drawn."""
        key = area, counted
        if key not in self._there:
            mission = self.watch.mission
            zone = zones_of(mission).get(area) if area else None
            known = counted in {place.id for place in mission.gazetteer}
            parted = (
                zone is not None and bool(zone.of) and known and apart(zone.of, (counted,), mission)
            )
            self._there[key] = area is None or (not parted and self.watch.meets(area, counted))
        return self._there[key]
