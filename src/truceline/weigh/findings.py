"""One finding an incident: the reasons add up to bits, the bits and origins give the occurrence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.decision import LINK_VERDICTS
from truceline.model.evidence import ReadingState
from truceline.model.finding import Finding, Occurrence
from truceline.model.incident import Reason
from truceline.weigh.attribution import attribution
from truceline.weigh.rules import RULES, context, status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.incident import Engagement, Incident
    from truceline.model.mission import Mission
    from truceline.weigh.rules import Context


def findings(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    rulings: Sequence[Ruling],
    setting: tuple[Mission, str],
    engagements: Sequence[Engagement] = (),
) -> tuple[Finding, ...]:
    """Weigh every incident; `setting` is the mission and the method's name."""
    mission, method = setting
    by_people = {i.id for i in incidents if any(claims[m].by_people for m in i.members)}
    told = {e.id for e in engagements if any({k.a, k.b} <= by_people for k in e.links)}
    return tuple(
        _finding(
            _Weighed(i, [claims[m] for m in i.members], mission, mirrored=i.engagement in told),
            _ruling(i, rulings),
            method,
        )
        for i in incidents
    )


class _Weighed:
    """An incident weighed twice: with every claim, and with those alone that people coded or checked."""

    def __init__(
        self, incident: Incident, claims: Sequence[Claim], mission: Mission, *, mirrored: bool
    ) -> None:
        checked = [claim for claim in claims if claim.by_people]
        apart = incident if mirrored else replace(incident, engagement=None)
        self.incident = incident
        self.whole = context(incident, claims, mission)
        self.people = context(apart, checked, mission)
        self.read = [claim for claim in claims if not claim.by_people]
        as_checked = [
            replace(c, reading=ReadingState.CHECKED) if c in self.read else c for c in claims
        ]
        self.as_checked = context(incident, as_checked, mission)

    def assessed(self, bits: float) -> Occurrence:
        """Give the status: what a machine read counts one step lower and never confirms."""
        if not self.read:
            return status(bits, self.whole)
        return max(
            status(_bits(_reasons(self.people)), self.people), self._lowered(bits), key=_RANK
        )

    def _lowered(self, bits: float) -> Occurrence:
        return _ONE_LOWER.get(found := status(bits, self.whole), found)

    def unchecked(self, assessed: Occurrence) -> Reason | None:
        """Say that a machine's reading was held back, and what people are to check."""
        reached = status(_bits(_reasons(self.as_checked)), self.as_checked)
        if not self.read or _RANK(reached) <= _RANK(assessed):
            return None
        count = len(self.read)
        told = "1 claim was" if count == 1 else f"{count} claims were"
        return Reason(
            rule="reading_unchecked", bits=0.0,
            sentence=f"{told} read by a machine and checked by nobody, and count one step lower: check the "
            f"words, who says them and how they came here; checked as they stand they give "
            f"{reached}",
        )  # fmt: skip


_ORDER = (
    Occurrence.UNASSESSED, Occurrence.UNSUBSTANTIATED, Occurrence.PLAUSIBLE,
    Occurrence.CORROBORATED, Occurrence.CONFIRMED,
)  # fmt: skip
_RANK = _ORDER.index
_ONE_LOWER = {
    Occurrence.CONFIRMED: Occurrence.CORROBORATED,
    Occurrence.CORROBORATED: Occurrence.PLAUSIBLE,
    Occurrence.PLAUSIBLE: Occurrence.UNSUBSTANTIATED,
}


def _reasons(ctx: Context) -> tuple[Reason, ...]:
    return tuple(reason for rule in RULES if (reason := rule(ctx)) is not None)


def _bits(reasons: Sequence[Reason]) -> float:
    return round(sum(reason.bits for reason in reasons), 2)


def _ruling(incident: Incident, rulings: Sequence[Ruling]) -> Ruling | None:
    """Find the ruling on this event: all its claims stand here; the one on most claims, then by id."""
    members = set(incident.members)
    found = [
        r for r in rulings
        if r.verdict not in LINK_VERDICTS and r.claims and set(r.claims) <= members
    ]  # fmt: skip
    return min(found, key=lambda r: (-len(r.claims), r.id), default=None)


def _finding(weighed: _Weighed, ruling: Ruling | None, method: str) -> Finding:
    incident, ctx = weighed.incident, weighed.whole
    reasons = _reasons(ctx)
    bits = _bits(reasons)
    assessed = weighed.assessed(bits)
    held_back = weighed.unchecked(assessed)
    if held_back is not None:
        reasons = (*reasons, held_back)
    if ruling is not None:
        reasons = (*reasons, _decided(ruling, incident, assessed))
    return Finding(
        incident=incident.id,
        occurrence=Occurrence(ruling.verdict.value) if ruling else assessed,
        bits=bits,
        origins=ctx.origins,
        reasons=reasons,
        attribution=attribution(weighed.people),
        assessed=assessed,
        decision=ruling.id if ruling else None,
        method=method,
        to_check=tuple(claim.id for claim in weighed.read) if held_back else (),
    )


def _decided(ruling: Ruling, incident: Incident, assessed: Occurrence) -> Reason:
    """Say who decided what, against which assessment, and whether claims came in since."""
    sentence = (
        f"decided {ruling.verdict} by {ruling.proposed_by}, approved by {ruling.approved_by}: "
        f"{ruling.reason} (the evidence alone gives {assessed})"
    )
    if joined := len(set(incident.members) - set(ruling.claims)):
        sentence += f"; claims in this incident beyond those decided on: {joined}"
    return Reason(rule="decision", bits=0.0, sentence=sentence)
