"""One finding an incident: the reasons add up to bits, the bits and origins give the occurrence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.decision import LINK_VERDICTS
from truceline.model.finding import Finding, Occurrence
from truceline.model.incident import Reason
from truceline.weigh.attribution import attribution
from truceline.weigh.rules import RULES, context, status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission


def findings(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    rulings: Sequence[Ruling],
    setting: tuple[Mission, str],
) -> tuple[Finding, ...]:
    """Weigh every incident; `setting` is the mission and the method's name."""
    mission, method = setting
    return tuple(
        _finding(i, [claims[m] for m in i.members], _ruling(i, rulings), (mission, method))
        for i in incidents
    )


def _ruling(incident: Incident, rulings: Sequence[Ruling]) -> Ruling | None:
    """Find the ruling on this event: all its claims stand here; the one on most claims, then by id."""
    members = set(incident.members)
    found = [
        r for r in rulings
        if r.verdict not in LINK_VERDICTS and r.claims and set(r.claims) <= members
    ]  # fmt: skip
    return min(found, key=lambda r: (-len(r.claims), r.id), default=None)


def _finding(
    incident: Incident, claims: Sequence[Claim], ruling: Ruling | None, setting: tuple[Mission, str]
) -> Finding:
    mission, method = setting
    ctx = context(incident, claims, mission)
    reasons = tuple(reason for rule in RULES if (reason := rule(ctx)) is not None)
    bits = round(sum(reason.bits for reason in reasons), 2)
    assessed = status(bits, ctx)
    if ruling is not None:
        reasons = (*reasons, _decided(ruling, incident, assessed))
    return Finding(
        incident=incident.id,
        occurrence=Occurrence(ruling.verdict.value) if ruling else assessed,
        bits=bits,
        origins=ctx.origins,
        reasons=reasons,
        attribution=attribution(ctx),
        assessed=assessed,
        decision=ruling.id if ruling else None,
        method=method,
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
