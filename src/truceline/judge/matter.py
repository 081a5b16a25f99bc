"""One incident as the judge sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.judgement import ClassificationState

if TYPE_CHECKING:
    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.judgement import Binding
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Timelines

Judged = tuple[ClassificationState, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One incident with its claims, its finding, the agreement it falls under, and what people ruled.

    `rulings` are all of the run: those on this incident are found by its claims.
    """

    incident: Incident
    finding: Finding
    binding: Binding
    lines: Timelines
    claims: tuple[Claim, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    @property
    def mission(self) -> Mission:
        """The mission, with what was known by the as-of."""
        return self.lines.mission


def not_assessable(*reasons: str) -> Judged:
    """Give the classification of what nobody can tell, with why."""
    return ClassificationState.NOT_ASSESSABLE, reasons
