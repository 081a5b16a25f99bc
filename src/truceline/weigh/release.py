"""What may leave the mission: a fourth axis, apart from occurrence, classification and attribution.

Whatever the table says, and whoever read the words, `confirmed` and the name of a party leave only with the
decision of two people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.decision import Verdict
from truceline.model.finding import Attribution, AttributionState, Occurrence, Release, ReleaseState
from truceline.model.incident import Reason
from truceline.weigh.table import rank, strongest

if TYPE_CHECKING:
    from truceline.model.decision import Ruling
    from truceline.model.finding import Finding
    from truceline.model.mission import Mission

# The most that a finding says outside the mission before two people decided.
UNDECIDED = Occurrence.CORROBORATED


def release(occurrence: Occurrence, party: str | None, ruling: Ruling | None) -> Release:
    """Say what of a finding may leave the mission, and what awaits two people."""
    confirmed = occurrence is Occurrence.CONFIRMED
    decided = ruling is not None and ruling.verdict is Verdict.CONFIRMED
    named = party is not None and ruling is not None and ruling.names == party
    awaits = (
        *(("occurrence",) if confirmed and not decided else ()),
        *(("party",) if party is not None and not named else ()),
    )
    state = ReleaseState.RELEASED if confirmed or party is not None else ReleaseState.NOT_NEEDED
    return Release(
        state=ReleaseState.AWAITING_TWO_PEOPLE if awaits else state,
        occurrence=UNDECIDED if "occurrence" in awaits else occurrence,
        party=party if named else None,
        awaits=awaits,
    )


def as_released(finding: Finding, mission: Mission) -> Finding:
    """Give a finding as it may leave the mission today."""
    held = finding.release
    if held.state is not ReleaseState.AWAITING_TWO_PEOPLE:
        return finding
    who = finding.attribution if "party" not in held.awaits else _unnamed(mission)
    assessed = min(finding.assessed, held.occurrence, key=rank)
    return replace(
        finding, occurrence=held.occurrence, assessed=assessed, attribution=who,
        strength=min(finding.strength, strongest(assessed)),
    )  # fmt: skip


def _unnamed(mission: Mission) -> Attribution:
    state = (
        AttributionState.WITHHELD_BY_MANDATE if mission.withholds else AttributionState.UNDETERMINED
    )
    reason = Reason(
        rule="awaiting_two_people", sentence="nothing said here before two people decide"
    )
    return Attribution(state=state, party=None, likelihood=None, confidence=None, reasons=(reason,))
