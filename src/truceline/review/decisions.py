"""Four eyes: one person proposes, another approves; only then does a decision count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.errors import RefusedError, UsageError
from truceline.model.decision import (
    OBLIGATION_VERDICTS,
    SORTS,
    Decision,
    Reasons,
    Ruling,
    Subject,
    Verdict,
    decision_record,
)
from truceline.model.problem import Problem, Severity
from truceline.review.people import check_name, one_person
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.model.mission import Person

_LEDGER = "the ledger"


def decide(
    claims: Sequence[str], verdict: Verdict, by: str, reason: str | Reasons, earlier: Sequence[Decision],
    people: Sequence[Person] = (),
) -> Decision:  # fmt: skip
    """Make the next decision: a proposal, or the approval of another person's equal proposal.

    A plain `reason` is about what happened, releases no name and is given under no provision.

    `people` are those who may decide, where the mission lists them. Raises UsageError without a name or a
    reason or for a name that is not listed, RefusedError when author and approver may be one person.
    """
    check_name(by, people)
    words = reason if isinstance(reason, Reasons) else Reasons(occurrence=reason)
    if not words.occurrence.strip():
        raise UsageError("a decision needs its reason", "give --reason TEXT")
    subject = tuple(sorted(set(claims)))
    in_force, proposals, _ = rulings(earlier, people)
    made = Decision(
        id="", claims=subject, verdict=verdict, by=by.strip(), reason=words.occurrence.strip(),
        about_attribution=words.attribution.strip(), names=words.names, provision=words.provision, at=words.at,
        factors=words.factors,
    )  # fmt: skip
    _refuse_repeat(made, in_force)
    same = [p for p in proposals if p.says == made.says and not p.changed]
    others = [p for p in same if not one_person(p.by, by, people)]
    if same and not others:
        raise RefusedError(
            f"{same[0].by} proposed this, and {by} may be the same person: author and approver must differ",
            "let another person decide the same with the same verdict; two people with names so much alike"
            " are listed under `people` in mission.yaml",
        )
    approved = min(others, key=lambda p: p.id) if others else None
    replaced = {r.id for r in in_force if _overlaps(r, made)}
    replaced |= set(approved.supersedes if approved else ())
    approves = approved.id if approved else None
    return _named(replace(made, approves=approves, supersedes=tuple(sorted(replaced))))


def _refuse_repeat(made: Decision, in_force: Sequence[Ruling]) -> None:
    for ruling in in_force:
        if ruling.says == made.says and not ruling.changed:
            raise RefusedError(
                f"this is decided already: {made.verdict} by {ruling.proposed_by}, "
                f"approved by {ruling.approved_by}",
                "nothing to do; decide another verdict to replace it",
            )


def _overlaps(ruling: Ruling, made: Decision) -> bool:
    both = {ruling.verdict, made.verdict}
    if any(len(both & sort) == 1 and len(both) > 1 for sort in SORTS):
        return False
    if both == {Verdict.SAME_EVENT, Verdict.MIRROR}:
        # One event each, and one engagement together.
        return False
    if both <= OBLIGATION_VERDICTS:
        return (ruling.provision, ruling.at) == (made.provision, made.at)
    return ruling.provision == made.provision and bool(set(ruling.claims) & set(made.claims))


def about(decision: Decision, subjects: tuple[Subject, ...]) -> Decision:
    """Give the decision with what it is about; its name covers that too."""
    return _named(replace(decision, subjects=subjects))


def _named(decision: Decision) -> Decision:
    record = decision_record(decision)
    parts = [f"{name}={record[name]}" for name in sorted(record) if name not in {"id", "kind"}]
    return replace(decision, id=keyed("dec", "decision", parts), changed=())


def rulings(
    decisions: Sequence[Decision], people: Sequence[Person] = ()
) -> tuple[tuple[Ruling, ...], tuple[Decision, ...], tuple[Problem, ...]]:
    """Give the decisions in force, the proposals still open, and approvals that cannot count."""
    known = {d.id: d for d in decisions}
    approvals = sorted((d for d in decisions if d.approves), key=lambda d: d.id)
    valid = [a for a in approvals if _four_eyes(a, known, people)]
    superseded = {old for a in valid for old in a.supersedes if old != a.approves}
    in_force: dict[str, Ruling] = {}
    for approval in valid:
        proposal = known[approval.approves or ""]
        if proposal.id not in superseded:
            in_force.setdefault(proposal.id, _ruling(proposal, approval))
    answered = {a.approves for a in valid}
    proposals = [d for d in decisions if d.approves is None and d.id not in answered]
    return (
        tuple(in_force[key] for key in sorted(in_force)),
        tuple(sorted(proposals, key=lambda d: d.id)),
        tuple(_refused(a) for a in approvals if a not in valid),
    )


def _four_eyes(approval: Decision, known: Mapping[str, Decision], people: Sequence[Person]) -> bool:
    proposal = known.get(approval.approves or "")
    return (
        proposal is not None
        and proposal.approves is None
        and not one_person(proposal.by, approval.by, people)
        and proposal.says == approval.says
    )


def _ruling(proposal: Decision, approval: Decision) -> Ruling:
    return Ruling(
        id=proposal.id, claims=proposal.claims, verdict=proposal.verdict,
        proposed_by=proposal.by, approved_by=approval.by, reason=proposal.reason,
        changed=tuple(dict.fromkeys((*proposal.changed, *approval.changed))), names=proposal.names,
        provision=proposal.provision, at=proposal.at, factors=proposal.factors,
    )  # fmt: skip


def _refused(approval: Decision) -> Problem:
    return Problem(
        severity=Severity.ERROR, file=_LEDGER, field=approval.id,
        message="this approval does not count: no equal proposal by another person stands behind it",
        advice="let two different people decide",
    )  # fmt: skip
