"""Persons harmed: what is estimated of each incident by which rule, and what each source states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.evidence import ClaimKind, Stance
from truceline.report.view_claims import Casualties, EstimateView
from truceline.report.words import join, published, span_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.evidence import Claim
    from truceline.model.finding import Estimate, StatedFigure
    from truceline.model.incident import Incident
    from truceline.report.scene import Scene

_STATES = frozenset(
    {Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS, Stance.ADMITS, Stance.UNRESOLVED}
)
_OPEN = frozenset(
    {ClaimKind.AMBIGUOUS, ClaimKind.COULD_NOT_DETERMINE, ClaimKind.UNDER_INVESTIGATION}
)


def estimates(scene: Scene) -> tuple[EstimateView, ...]:
    """Show the estimates of every incident, in order of time."""
    return tuple(
        _estimate(estimate, incident, scene)
        for incident in scene.incidents
        for estimate in scene.findings[incident.id].casualties
    )


def _estimate(estimate: Estimate, incident: Incident, scene: Scene) -> EstimateView:
    status = "" if estimate.status == "not_stated" else f", {words_of(estimate.status)}"
    return EstimateView(
        number=scene.numbers[incident.id], event=f"{scene.when(incident)}, {scene.where(incident)}",
        what=f"{estimate.measure}{status}", low=estimate.low, best=estimate.best, high=estimate.high,
        as_of=published(estimate.as_of, scene.mission.zone), rule=estimate.rule.value,
        engagement=incident.engagement,
        versions=tuple(_version(figure, scene) for figure in estimate.stated),
    )  # fmt: skip


def _version(figure: StatedFigure, scene: Scene) -> str:
    claims = (scene.claims[c] for c in figure.claims)
    who = " and ".join(dict.fromkeys(scene.who(c) for c in claims))
    return f"{who}: {_range(figure)}, as of {published(figure.as_of, scene.mission.zone)}"


def _range(figure: StatedFigure) -> str:
    if figure.high is None:
        return f"{figure.low} or more"
    return str(figure.low) if figure.low == figure.high else f"{figure.low or 0} to {figure.high}"


def _states(claim: Claim) -> bool:
    """Answer whether a claim states a figure as a fact of its own."""
    given = claim.harm.killed is not None or claim.harm.injured is not None
    return given and claim.stance in _STATES and claim.kind not in _OPEN and claim.asserted


def casualties(scene: Scene) -> tuple[Casualties, ...]:
    """Give what each source states of each event, as a range; nothing is ever added up.

    Who denies, takes back or vouches for nothing states no figure.
    """
    told: dict[tuple[int | None, str, str], list[Claim]] = {}
    for claim in sorted(scene.assessment.claims, key=scene.claim_order):
        if not _states(claim):
            continue
        number = scene.number_of_claim.get(claim.id)
        told.setdefault((number, _event(claim, number, scene), scene.who(claim)), []).append(claim)
    ordered = sorted(told.items(), key=lambda e: (e[0][0] or len(scene.numbers) + 1, *e[0][1:]))
    return tuple(_casualties(key, claims) for key, claims in ordered)


def _event(claim: Claim, number: int | None, scene: Scene) -> str:
    if number is not None:
        incident = scene.incidents[number - 1]
        return f"{scene.when(incident)}, {scene.where(incident)}"
    names = tuple(dict.fromkeys(place.name for place in claim.places))
    place = join(names) or "place not stated"
    return f"{span_words(claim.span, scene.mission.zone)}, {place}"


def _casualties(key: tuple[int | None, str, str], claims: Sequence[Claim]) -> Casualties:
    killed = [c.harm.killed for c in claims if c.harm.killed is not None]
    injured = [c.harm.injured for c in claims if c.harm.injured is not None]
    return Casualties(
        number=key[0], event=key[1], who=key[2],
        killed_low=min(killed, default=None), killed_high=max(killed, default=None),
        injured_low=min(injured, default=None), injured_high=max(injured, default=None),
        statements=len(claims),
    )  # fmt: skip
