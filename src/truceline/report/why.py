"""Why is an incident found as it is? The row of the table, its origins with their claims, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.finding import GIVES
from truceline.report.sections.incidents import incident_view, origin_view
from truceline.report.words import plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.finding import Occurrence, Origin, TableRow
    from truceline.model.incident import Incident
    from truceline.report.scene import Scene
    from truceline.report.view_claims import ClaimView, IncidentView, OriginView


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One origin with the claims that trace to it, and what is found without it."""

    origin: OriginView
    joined: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    without: str
    without_row: str | None
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an incident is found as it is. `row_gives`: what the table gives in that row; `beside`: claims that add no origin, such as denials, repeats and summaries."""

    edition: str
    as_of: str
    incident: IncidentView
    row_gives: str
    branches: tuple[Branch, ...]
    beside: tuple[ClaimView, ...]
    engagement: tuple[int, ...]


def why(
    incident: Incident,
    left: Sequence[tuple[Origin, Occurrence | None, TableRow | None]],
    scene: Scene,
) -> Why:
    """Show why; `left` is what is found without each origin, in the order of the finding's origins."""
    finding = scene.findings[incident.id]
    traced = {claim for origin in finding.origins for claim in origin.claims}
    beside = sorted(
        (scene.claims[m] for m in incident.members if m not in traced), key=scene.claim_order
    )
    return Why(
        edition=scene.assessment.edition.value, as_of=scene.assessment.as_of_text,
        incident=incident_view(incident, scene),
        row_gives=words_of(GIVES[finding.row]),
        branches=tuple(
            Branch(
                origin=origin_view(origin), joined=origin.joined,
                claims=tuple(
                    scene.claim(c)
                    for c in sorted((scene.claims[m] for m in origin.claims), key=scene.claim_order)
                ),
                without=words_of(gives) if gives else "nothing is left",
                without_row=row.value if row else None,
                changes=gives is not finding.assessed,
            )
            for origin, gives, row in left
        ),
        beside=tuple(map(scene.claim, beside)),
        engagement=tuple(
            scene.numbers[i.id]
            for i in scene.incidents
            if incident.engagement and i.engagement == incident.engagement and i.id != incident.id
        ),
    )  # fmt: skip


def why_lines(told: Why) -> Iterator[str]:
    """Write it for a terminal."""
    incident, finding = told.incident, told.incident.finding
    yield f"Incident {incident.number} ({incident.id}), {told.edition} as of {told.as_of}"
    yield f"  {incident.when}, {incident.where}: {incident.what}"
    yield ""
    yield f"Found: {finding.occurrence_label}"
    yield f"  Row of the table: {words_of(finding.row)}, which gives {told.row_gives}."
    if finding.occurrence != finding.assessed.replace(" ", "_"):
        yield f"  The evidence alone gives {finding.assessed}."
    yield from (f"  {n}. {step.sentence} [{step.rule}]" for n, step in enumerate(finding.steps, 1))
    for how in incident.contested_how:
        yield f"  Contested: {how}"
    yield f"Who did it: {finding.attribution_label}"
    if finding.attribution_sentence:
        yield f"  {finding.attribution_sentence}"
    yield ""
    yield from _origins(told)
    yield ""
    yield "What would change it:"
    yield from (f"  {'+' if c.raises else '-'} {c.words}: {c.gives}" for c in finding.changes)
    if not finding.changes:
        yield "  nothing that one origin more or less would do"
    if incident.fits_several or incident.may_mirror:
        yield from _open(incident)
    yield ""
    yield "Under the agreements:"
    yield from (
        f"  {c.provision} ({c.title}): {c.classification_label}; {'; '.join(c.reasons)}"
        for c in incident.classifications
    )
    if not incident.classifications:
        yield "  no provision in force speaks of it"


def _origins(told: Why) -> Iterator[str]:
    yield f"Origins: {len(told.branches)}, each counted once. Without each of them, by the same claims weighed again:"
    for n, branch in enumerate(told.branches, 1):
        last = n == len(told.branches) and not told.beside
        yield f"{'└─' if last else '├─'} {branch.origin.label}: {branch.origin.sentence}"
        stem = "   " if last else "│  "
        for claim in branch.claims:
            yield f"{stem}├─ {_claim(claim)}"
        rest = f" (row {words_of(branch.without_row)})" if branch.without_row else ""
        same = "" if branch.changes else ", as it is found"
        yield f"{stem}└─ without it: {branch.without}{rest}{same}"
    if told.beside:
        yield f"└─ beside them, {plural(len(told.beside), 'claim')} which adds no origin:"
        yield from (f"   {'└─' if c is told.beside[-1] else '├─'} {_claim(c)}" for c in told.beside)
    if told.engagement:
        numbers = ", ".join(map(str, told.engagement))
        yield f"   Counted once with incident {numbers}: the other telling of one engagement."


def _open(incident: IncidentView) -> Iterator[str]:
    if incident.fits_several:
        yield f"  ? it may be a part of incident {', '.join(map(str, incident.fits_several))}: people say of which"
    if incident.may_mirror:
        yield f"  ? it may be the other telling of incident {', '.join(map(str, incident.may_mirror))}: people say so"


def _claim(claim: ClaimView) -> str:
    name = claim.external_id or claim.id
    text = f": {claim.text}" if claim.text else ""
    kind = "" if not claim.text else f" ({claim.kind})"
    notes = f" [{'; '.join(claim.notes)}]" if claim.notes else ""
    return f"{name}, {claim.published}, {claim.outlet or 'no outlet'}: {claim.who} {claim.verb}{text}{kind}{notes}"
