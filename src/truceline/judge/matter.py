"""One incident as the judge sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.judge.area import both, inside, then
from truceline.model.judgement import ClassificationState

if TYPE_CHECKING:
    from truceline.model.agreement import Agreement
    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.judgement import Binding
    from truceline.model.mission import Mission
    from truceline.model.place_time import Answer
    from truceline.terms.timeline import Timelines

Judged = tuple[ClassificationState, tuple[str, ...]]
Where = dict[str, tuple["Answer", ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One incident with its claims, its finding, the agreement it falls under, and what people ruled.

    `rulings` are all of the run: those on this incident are found by its claims. `notices` are all claims of the run that
    tell of an activity being announced, or deny it.
    """

    incident: Incident
    finding: Finding
    binding: Binding
    lines: Timelines
    claims: tuple[Claim, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    notices: tuple[Claim, ...] = ()
    _where: dict[tuple[str, tuple[str, ...]], Where] = field(
        default_factory=dict, compare=False, repr=False
    )

    def lies(self, agreement: Agreement, areas: tuple[str, ...]) -> Where:
        """Say of each zone of an agreement that is named whether each of its places lies there, worked out once."""
        key = agreement.id, areas
        if key not in self._where:
            self._where[key] = {
                zone.id: tuple(
                    both(inside(place, zone), then(self.incident.span, zone))
                    for place in self.incident.places
                )
                for zone in agreement.zones
                if zone.id in areas
            }
        return self._where[key]

    @property
    def mission(self) -> Mission:
        """The mission, with what was known by the as-of."""
        return self.lines.mission


def not_assessable(*reasons: str) -> Judged:
    """Give the classification of what nobody can tell, with why."""
    return ClassificationState.NOT_ASSESSABLE, reasons
