"""An act is judged as without any exception until somebody invokes one; then two people decide whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.decision import EXCEPTION_VERDICTS, Verdict
from truceline.model.evidence import Stance
from truceline.model.judgement import ClassificationState
from truceline.terms.sides import outward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement, ExceptionClause, ExceptionKind, Prohibition
    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim


def excused(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Say that an exception is claimed, or that people hold that it applies; None where neither is so.

    Who invokes it is never said here: a party that acknowledged the act stands on the finding.
    """
    clauses = agreement.exceptions_to(provision)
    if not clauses and not provision.exceptions:
        return None
    ruling = _ruling(matter, f"{agreement.id}/{provision.id}")
    if ruling is not None:
        if ruling.verdict is Verdict.EXCEPTION_REJECTED:
            return None
        return ClassificationState.PERMITTED_BY_EXCEPTION, (_decided(ruling, matter),)
    invoked = sorted(set(_invoked(matter, clauses, provision)))
    if not invoked:
        return None
    return ClassificationState.EXCEPTION_CLAIMED, tuple(_reasons(invoked, clauses, provision))


def unheard(matter: Matter, agreement: Agreement, provision: Prohibition) -> tuple[str, ...]:
    """Give the sentence on an exception that is invoked and that the terms do not give, none where nobody invokes one."""
    invoked = sorted({g for claim in matter.claims for g in _grounds(claim, matter)})
    if not invoked or _ruling(matter, f"{agreement.id}/{provision.id}") is not None:
        return ()
    grounds = " and ".join(_words(ground) for ground in invoked)
    given = provision.exceptions or agreement.exceptions_to(provision)
    why = "give it to others alone" if given else "name no exception from this provision"
    return (f"{grounds} is invoked, and the terms {why}",)


def rejected(matter: Matter, agreement: Agreement, provision: Prohibition) -> tuple[str, ...]:
    """Give the sentence on an exception that people found not to hold, none where they found nothing."""
    ruling = _ruling(matter, f"{agreement.id}/{provision.id}")
    held = ruling is not None and ruling.verdict is Verdict.EXCEPTION_REJECTED
    return (_decided(ruling, matter),) if ruling is not None and held else ()


def _ruling(matter: Matter, provision: str) -> Ruling | None:
    """Find what people decided about this event under a provision; the one on most claims, then by id."""
    members = set(matter.incident.members)
    found = [
        r for r in matter.rulings
        if r.verdict in EXCEPTION_VERDICTS and r.provision == provision and set(r.claims) <= members
    ]  # fmt: skip
    return min(found, key=lambda r: (-len(r.claims), r.id), default=None)


def _decided(ruling: Ruling, matter: Matter) -> str:
    party = matter.finding.attribution.party
    words = outward(ruling.reason, matter.mission, {party} if party else set())
    held = "holds" if ruling.verdict is Verdict.PERMITTED_BY_EXCEPTION else "does not hold"
    return (
        f"the exception {held}: decided by {ruling.proposed_by}, "
        f"approved by {ruling.approved_by}: {words}"
    )


def _invoked(
    matter: Matter, clauses: tuple[ExceptionClause, ...], provision: Prohibition
) -> Iterator[ExceptionKind]:
    """Give the grounds that whoever acted invokes and may invoke."""
    for claim in matter.claims:
        camps = _speaks_for_the_act(claim, matter)
        if provision.exceptions or _may(camps, clauses, matter):
            yield from _grounds(claim, matter)


def _grounds(claim: Claim, matter: Matter) -> tuple[ExceptionKind, ...]:
    """Give the grounds that a claim invokes for an act as its speaker's own; none of what is taken back."""
    own = claim.stance is not Stance.RETRACTS and _speaks_for_the_act(claim, matter)
    return claim.invokes if own else ()


def _speaks_for_the_act(claim: Claim, matter: Matter) -> set[str]:
    """Give the camps that speak of an act as theirs: who accuses another cannot excuse it for them."""
    mission, party = matter.mission, matter.finding.attribution.party
    camps = {mission.camp(side) for side in claim.speaker.sides} if claim.speaker else set()
    acted = {mission.camp(side) for side in ((party,) if party else claim.actors)}
    return camps & acted if acted else camps


def _may(camps: set[str], clauses: tuple[ExceptionClause, ...], matter: Matter) -> bool:
    """Answer whether one of the clauses is theirs; not asked while nobody acknowledged, since that would tell who."""
    if matter.finding.attribution.party is None and matter.mission.withholds:
        return True
    entitled = {matter.mission.camp(side) for clause in clauses for side in clause.by}
    return bool(camps & entitled)


def _reasons(
    invoked: list[ExceptionKind], clauses: tuple[ExceptionClause, ...], provision: Prohibition
) -> Iterator[str]:
    named = [f"{_words(c.ground)} (provision {c.id})" for c in clauses]
    named += [f"{text!r} (in the clause itself)" for text in provision.exceptions]
    grounds = " and ".join(_words(ground) for ground in invoked)
    yield f"an exception is invoked: {grounds}; the terms name {', '.join(named)}"
    if not set(invoked) & {c.ground for c in clauses}:
        yield "whether what the terms name covers it is open"
    for clause in clauses:
        if clause.preconditions:
            yield f"provision {clause.id} asks besides: {'; '.join(clause.preconditions)}"
    yield "two people decide whether it holds"


def _words(ground: ExceptionKind) -> str:
    return ground.value.replace("_", " ")
