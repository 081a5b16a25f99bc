"""One finding an incident: what stands behind it gives a row of the table, the row gives the occurrence."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.decision import OCCURRENCE_VERDICTS
from truceline.model.evidence import ReadingState
from truceline.model.finding import Alternative, Finding, Occurrence
from truceline.model.incident import Reason
from truceline.terms.sides import outward
from truceline.weigh.attribution import attribution
from truceline.weigh.casualties import estimates
from truceline.weigh.features import context, features
from truceline.weigh.reasons import changes, reasons
from truceline.weigh.release import release
from truceline.weigh.table import proposed, rank, strength, weigh
from truceline.weigh.taken_back import NOTHING_LOOSE, loose_retractions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.incident import Engagement, Incident
    from truceline.model.mission import Mission
    from truceline.weigh.features import Context
    from truceline.weigh.table import Weight


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
    loose = loose_retractions(incidents, claims, mission)
    wholes = (
        context(i, [claims[m] for m in i.members], mission, loose.get(i.id, NOTHING_LOOSE))
        for i in incidents
    )
    return tuple(
        _finding(
            _Weighed(whole, mirrored=whole.incident.engagement in told),
            _ruling(whole.incident, rulings),
            method,
        )
        for whole in wholes
    )


class _Weighed:
    """An incident weighed twice: with every claim, and with those alone that people coded or checked."""

    def __init__(self, whole: Context, *, mirrored: bool) -> None:
        incident, claims = whole.incident, whole.claims
        apart = incident if mirrored else replace(incident, engagement=None)
        self.incident = incident
        self.whole = whole
        checked = tuple(claim for claim in claims if claim.by_people)
        self.people = replace(whole, incident=apart, claims=checked, loose=whole.loose.by_people())
        self.read = [claim for claim in claims if not claim.by_people]
        as_checked = tuple(
            replace(c, reading=ReadingState.CHECKED) if c in self.read else c for c in claims
        )
        self.as_checked = replace(whole, claims=as_checked)

    @cached_property
    def applied(self) -> Context:
        """What the finding rests on: all claims, or those that people read where these alone give as much."""
        if self.read and self.people.claims:
            whole = _lowered(_weight(self.whole).status)
            if rank(_weight(self.people).status) >= rank(whole):
                return self.people
        return self.whole

    def assessed(self) -> Occurrence:
        """Give the status: what a machine read counts one step lower and never confirms."""
        status = _weight(self.applied).status
        return _lowered(status) if self.read and self.applied is self.whole else status

    def changes(self, assessed: Occurrence) -> tuple[Alternative, ...]:
        """Give what would change the finding: people who check, where a machine's reading was held back."""
        if not self.read or self.applied is not self.whole:
            return changes(self.applied)
        reached = _weight(self.as_checked).status
        words = "what a machine read, checked by people as it stands"
        return (Alternative(words=words, gives=reached),) if rank(reached) > rank(assessed) else ()

    def against(self) -> Reason | None:
        """Say that a machine read something that speaks against what people read, for people to check."""
        if rank(_weight(self.whole).status) >= rank(_weight(self.people).status):
            return None
        sentence = "what a machine read and nobody checked speaks against this: check the words"
        return Reason(rule="reading_against", sentence=sentence)

    def unchecked(self, assessed: Occurrence) -> Reason | None:
        """Say that a machine's reading was held back, and what people are to check."""
        reached = _weight(self.as_checked).status
        if not self.read or rank(reached) <= rank(assessed):
            return None
        told = _count(self.read)
        return Reason(
            rule="reading_unchecked",
            sentence=f"{told} read by a machine and checked by nobody, and count one step lower: check the "
            f"words, who says them and how they came here; checked as they stand they give "
            f"{reached}",
        )  # fmt: skip


def _count(claims: Sequence[Claim]) -> str:
    return "1 claim was" if len(claims) == 1 else f"{len(claims)} claims were"


def _lowered(status: Occurrence) -> Occurrence:
    return _ONE_LOWER.get(status, status)


def _weight(ctx: Context) -> Weight:
    return weigh(features(ctx), ctx.mission.tighter)


_ONE_LOWER = {
    Occurrence.CONFIRMED: Occurrence.CORROBORATED,
    Occurrence.CORROBORATED: Occurrence.PLAUSIBLE,
    Occurrence.PLAUSIBLE: Occurrence.UNSUBSTANTIATED,
}


def _ruling(incident: Incident, rulings: Sequence[Ruling]) -> Ruling | None:
    """Find the ruling on this event: all its claims stand here; the one on most claims, then by id."""
    members = set(incident.members)
    found = [
        r for r in rulings
        if r.verdict in OCCURRENCE_VERDICTS and r.claims and set(r.claims) <= members
    ]  # fmt: skip
    return min(found, key=lambda r: (-len(r.claims), r.id), default=None)


def _finding(weighed: _Weighed, ruling: Ruling | None, method: str) -> Finding:
    incident, ctx = weighed.incident, weighed.applied
    weight = _weight(ctx)
    who = attribution(weighed.people, _settled(ruling, weighed))
    assessed = weighed.assessed()
    why = reasons(ctx, weight)
    to_check = [r for r in (weighed.unchecked(assessed), weighed.against()) if r is not None]
    why = (*why, *to_check)
    if ruling is not None:
        why = (*why, _decided(ruling, ctx, assessed, who.party))
    occurrence = Occurrence(ruling.verdict.value) if ruling else assessed
    return Finding(
        incident=incident.id,
        occurrence=occurrence,
        contradicted=weight.contradicted,
        row=weight.row.name,
        strength=strength(assessed, weight),
        origins=weighed.whole.origins,
        reasons=why,
        changes=weighed.changes(assessed),
        attribution=who,
        assessed=assessed,
        decision=ruling.id if ruling else None,
        method=method,
        casualties=estimates(weighed.whole),
        proposed=None if ruling else proposed(features(ctx), assessed),
        release=release(occurrence, who.party, ruling),
        to_check=tuple(claim.id for claim in weighed.read) if to_check else (),
    )


def _settled(ruling: Ruling | None, weighed: _Weighed) -> Occurrence:
    """Give the status that people decided, or that what people read gives."""
    return Occurrence(ruling.verdict.value) if ruling else _weight(weighed.people).status


def _decided(ruling: Ruling, ctx: Context, assessed: Occurrence, party: str | None) -> Reason:
    """Say who decided what, against which assessment, and whether claims came in since."""
    words = outward(ruling.reason, ctx.mission, {party} if party else ())
    sentence = (
        f"decided {ruling.verdict} by {ruling.proposed_by}, approved by {ruling.approved_by}: "
        f"{words} (the evidence alone gives {assessed})"
    )
    if joined := len(set(ctx.incident.members) - set(ruling.claims)):
        sentence += f"; claims in this incident beyond those decided on: {joined}"
    return Reason(rule="decision", sentence=sentence)
