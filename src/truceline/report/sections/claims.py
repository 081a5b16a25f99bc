"""What is said: casualties by source, statements, replies, and each version of disputed events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from truceline.model.evidence import Stance
from truceline.model.incident import Topic
from truceline.report.view_claims import (
    Denial,
    Disputed,
    Saying,
    Statements,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.incident import Engagement, Incident
    from truceline.report.scene import Scene

TOPICS = {
    Topic.AGREEMENT: "About the agreement",
    Topic.OBLIGATION: "About obligations",
    Topic.FOREIGN_FIGHTERS: "About foreign fighters",
    Topic.STATEMENT: "Other statements",
    Topic.INCIDENT: "About incidents",
}


def statements(scene: Scene) -> tuple[Statements, ...]:
    """Show what is said on everything that is not an incident, by topic."""
    found: dict[Topic, list[Claim]] = {}
    for group in scene.assessment.groups:
        if group.topic is not Topic.INCIDENT:
            found.setdefault(group.topic, []).extend(scene.claims[m] for m in group.members)
    return tuple(
        Statements(
            topic=topic.value, label=label,
            claims=tuple(scene.claim(c) for c in sorted(found[topic], key=scene.claim_order)),
        )
        for topic, label in TOPICS.items() if topic in found
    )  # fmt: skip


def denials(scene: Scene) -> tuple[Denial, ...]:
    """Show every reply that denies an accusation about an incident."""
    found = [c for c in scene.assessment.claims if c.stance is Stance.DENIES]
    return tuple(
        Denial(number=scene.number_of_claim.get(c.id), claim=scene.claim(c))
        for c in sorted(found, key=scene.claim_order)
        if c.id in scene.number_of_claim
    )


def disputed(scene: Scene) -> tuple[Disputed, ...]:
    """Show contested engagements and incidents with the versions of every side."""
    engagements = {e.id: e for e in scene.assessment.engagements}
    return tuple(
        _disputed(unit, engagements.get(unit[0].engagement or ""), scene)
        for unit in scene.units
        if any(incident.contested for incident in unit)
    )


def _disputed(unit: Sequence[Incident], engagement: Engagement | None, scene: Scene) -> Disputed:
    claims = [scene.claims[m] for incident in unit for m in incident.members]
    return Disputed(
        id=engagement.id if engagement else unit[0].id, label=scene.label(unit[0]),
        numbers=tuple(scene.numbers[incident.id] for incident in unit),
        how=tuple(dict.fromkeys(named(how, scene) for i in unit for how in i.contested_how)),
        hypotheses=_hypotheses(engagement, scene),
        versions=tuple(_versions(sorted(claims, key=scene.claim_order), scene)),
    )  # fmt: skip


def _hypotheses(engagement: Engagement | None, scene: Scene) -> tuple[str, ...]:
    return tuple(sorted(named(h, scene) for h in engagement.hypotheses)) if engagement else ()


def named(text: str, scene: Scene) -> str:
    """Write a side's name for its id in one of the model's short phrases."""
    return " ".join(scene.name(word) for word in text.split(" "))


def _versions(claims: Iterable[Claim], scene: Scene) -> Iterable[Version]:
    """Group the claims by the side that speaks, sides in alphabetical order, others last."""
    by_side: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        by_side.setdefault(tuple(sorted(scene.camps(claim))), []).append(claim)
    for side in sorted(by_side, key=lambda s: (not s, s)):
        who = " and ".join(scene.name(camp) for camp in side)
        name = f"{who} side" if side else "others"
        yield Version(who=name, sayings=_sayings(by_side[side], scene))


def _sayings(claims: Iterable[Claim], scene: Scene) -> tuple[Saying, ...]:
    """Show each wording once, with the number of claims in which it stands."""
    shown = [scene.claim(claim) for claim in claims]
    told = Counter((c.who, c.verb, c.text, c.kind) for c in shown)
    return tuple(
        Saying(who=who, verb=verb, text=text, kind=kind, claims=count)
        for (who, verb, text, kind), count in told.items()
    )
