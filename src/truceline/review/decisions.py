"""Four eyes: one person proposes, another approves; only then does a decision count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import RefusedError, UsageError
from truceline.model.decision import LINK_VERDICTS, Decision, Ruling, Verdict, decision_record
from truceline.model.problem import Problem, Severity
from truceline.text.names import keyed, person_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEDGER = "the ledger"


def decide(
    claims: Sequence[str], verdict: Verdict, by: str, reason: str, earlier: Sequence[Decision]
) -> Decision:
    """Make the next decision: a proposal, or the approval of another person's equal proposal.

    Raises UsageError without a name or a reason, RefusedError when author and approver are one.
    """
    if not person_key(by):
        raise UsageError("a decision needs the name of who makes it", "give --by NAME")
    if not reason.strip():
        raise UsageError("a decision needs its reason", "give --reason TEXT")
    subject = tuple(sorted(set(claims)))
    in_force, proposals, _ = rulings(earlier)
    _refuse_repeat(subject, verdict, in_force)
    same = [p for p in proposals if p.claims == subject and p.verdict == verdict]
    others = [p for p in same if person_key(p.by) != person_key(by)]
    if same and not others:
        raise RefusedError(
            f"{by} proposed this and may not approve it: author and approver must differ",
            "let another person decide the same with the same verdict",
        )
    approved = min(others, key=lambda p: p.id) if others else None
    replaced = {r.id for r in in_force if _overlaps(r, subject, verdict)}
    return _named(
        Decision(
            id="", claims=subject, verdict=verdict, by=by.strip(), reason=reason.strip(),
            approves=approved.id if approved else None, supersedes=tuple(sorted(replaced | set(approved.supersedes if approved else ()))),
        )
    )  # fmt: skip


def _refuse_repeat(claims: tuple[str, ...], verdict: Verdict, in_force: Sequence[Ruling]) -> None:
    for ruling in in_force:
        if ruling.claims == claims and ruling.verdict == verdict:
            raise RefusedError(
                f"this is decided already: {verdict} by {ruling.proposed_by}, "
                f"approved by {ruling.approved_by}",
                "nothing to do; decide another verdict to replace it",
            )


def _overlaps(ruling: Ruling, claims: tuple[str, ...], verdict: Verdict) -> bool:
    if (ruling.verdict in LINK_VERDICTS) != (verdict in LINK_VERDICTS):
        return False
    return bool(set(ruling.claims) & set(claims))


def _named(decision: Decision) -> Decision:
    record = decision_record(decision)
    parts = [f"{name}={record[name]}" for name in sorted(record) if name not in {"id", "kind"}]
    return Decision(
        id=keyed("dec", "decision", parts), claims=decision.claims, verdict=decision.verdict,
        by=decision.by, reason=decision.reason, approves=decision.approves,
        supersedes=decision.supersedes,
    )  # fmt: skip


def rulings(
    decisions: Sequence[Decision],
) -> tuple[tuple[Ruling, ...], tuple[Decision, ...], tuple[Problem, ...]]:
    """Give the decisions in force, the proposals still open, and approvals that cannot count."""
    known = {d.id: d for d in decisions}
    approvals = sorted((d for d in decisions if d.approves), key=lambda d: d.id)
    valid = [a for a in approvals if _four_eyes(a, known)]
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


def _four_eyes(approval: Decision, known: Mapping[str, Decision]) -> bool:
    proposal = known.get(approval.approves or "")
    return (
        proposal is not None
        and proposal.approves is None
        and person_key(proposal.by) != person_key(approval.by)
        and proposal.claims == approval.claims
        and proposal.verdict == approval.verdict
    )


def _ruling(proposal: Decision, approval: Decision) -> Ruling:
    return Ruling(
        id=proposal.id, claims=proposal.claims, verdict=proposal.verdict,
        proposed_by=proposal.by, approved_by=approval.by, reason=proposal.reason,
    )  # fmt: skip


def _refused(approval: Decision) -> Problem:
    return Problem(
        severity=Severity.ERROR, file=_LEDGER, field=approval.id,
        message="this approval does not count: no equal proposal by another person stands behind it",
        advice="let two different people decide",
    )  # fmt: skip
