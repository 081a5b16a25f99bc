"""What people decided or propose, and what is wrong with the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.view import DecisionView, ExcludedItem, ProblemView
from truceline.report.words import plural, words_of
from truceline.terms.sides import bound_by, outward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.decision import Decision, Ruling
    from truceline.model.problem import Refused
    from truceline.model.report import Assessment
    from truceline.report.scene import Scene


def decisions(scene: Scene) -> tuple[DecisionView, ...]:
    """Show the decisions in force, then the proposals that await a second person."""
    rulings = tuple(
        DecisionView(
            id=r.id, verdict=_verdict(r), state="in force", proposed_by=r.proposed_by,
            approved_by=r.approved_by, reason=_words(r, scene), claims=_names(r.claims, scene),
            numbers=_numbers(r.claims, scene),
        )
        for r in scene.assessment.rulings
    )  # fmt: skip
    renewals = tuple(
        DecisionView(
            id=r.id, verdict=_verdict(r), state=f"to renew, does not count: {_changes(r)}",
            proposed_by=r.proposed_by, approved_by=r.approved_by, reason=_words(r, scene),
            claims=_names(r.claims, scene), numbers=_numbers(r.claims, scene),
        )
        for r in scene.assessment.renewals
    )  # fmt: skip
    proposals = tuple(
        DecisionView(
            id=d.id, verdict=_verdict(d),
            state=f"proposed, its evidence changed: {_changes(d)}" if d.changed
            else "proposed, awaits a second person",
            proposed_by=d.by, approved_by=None, reason=_words(d, scene), claims=_names(d.claims, scene),
            numbers=_numbers(d.claims, scene),
        )
        for d in scene.assessment.proposals
    )  # fmt: skip
    return (*rulings, *renewals, *proposals)


def _verdict(decided: Ruling | Decision) -> str:
    word = "of" if decided.at else "under"
    under = f" {word} {decided.provision}" if decided.provision else ""
    under += f" since {decided.at}" if decided.at else ""
    told = ", ".join(f"{factor} {words_of(answer)}" for factor, answer in decided.factors)
    return f"{words_of(decided.verdict)}{under}{f': {told}' if told else ''}"


def _words(decided: Ruling | Decision, scene: Scene) -> str:
    """Give what was said about what happened, as it may leave the mission."""
    numbers = _numbers(decided.claims, scene)
    incidents = (i for i in scene.incidents if scene.numbers[i.id] in numbers)
    named = {scene.findings[i.id].attribution.party for i in incidents} - {None}
    bound = bound_by(decided.provision if decided.at else None, scene.mission)
    return outward(decided.reason, scene.mission, {party for party in named if party} | bound)


def _changes(decided: Ruling | Decision) -> str:
    return "; ".join(
        f"{change.name}: people saw {change.was}; now {change.now or 'it is gone'}"
        for change in decided.changed
    )


def _names(claims: Sequence[str], scene: Scene) -> tuple[str, ...]:
    found = [scene.claims.get(claim) for claim in claims]
    ids = (c.external_id if c else None for c in found)
    return tuple(sorted(name or claim for name, claim in zip(ids, claims, strict=True)))


def _numbers(claims: Sequence[str], scene: Scene) -> tuple[int, ...]:
    return tuple(sorted({scene.number_of_claim[c] for c in claims if c in scene.number_of_claim}))


def problems(assessment: Assessment) -> tuple[ProblemView, ...]:
    """Show every problem, with what to do about it."""
    return tuple(
        ProblemView(
            severity=p.severity.value, file=p.file, row=p.row, field=p.field,
            message=p.message, advice=p.advice,
        )
        for p in assessment.problems
    )  # fmt: skip


def refused(assessment: Assessment) -> tuple[str, ...]:
    """Say what evidence was handed in and not taken, the sum first, then file by file."""
    found = assessment.refused
    if not found:
        return ()
    files = sum(1 for r in found if r.rows is None)
    rows = sum(r.rows or 0 for r in found)
    parts = [plural(files, "file")] if files else []
    parts += [f"at least {plural(rows, 'row')}"] if rows else []
    rest = "What follows rests on the rest alone." if assessment.counted else "Nothing was read."
    return (f"Evidence was refused: {' and '.join(parts)}. {rest}", *(_refusal(r) for r in found))


def _refusal(one: Refused) -> str:
    what = "nothing of it was read" if one.rows is None else f"at least {plural(one.rows, 'row')}"
    return f"{one.file}: {what}: {one.why}"


def excluded(assessment: Assessment) -> tuple[ExcludedItem, ...]:
    """List the items without a publication date."""
    return tuple(
        ExcludedItem(
            id=i.id, external_id=i.external_id, outlet=i.outlet, url=i.url,
            published_text=i.published_text,
        )
        for i in sorted(assessment.excluded, key=lambda i: (i.external_id or "", i.id))
    )  # fmt: skip
