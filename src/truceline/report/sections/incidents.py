"""The annex: every incident with its finding, its origins, its claims and its classifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.days import day_of
from truceline.model.finding import LADDER, AttributionState, Ground
from truceline.model.report import Edition
from truceline.report.sections.claims import named
from truceline.report.view_claims import (
    ChangeView,
    ClassificationView,
    FindingView,
    IncidentView,
    OriginView,
    Step,
)
from truceline.report.words import occurrence_words, plural, span_utc, who_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.finding import Alternative, Attribution, Finding, Origin
    from truceline.model.incident import Incident, Reason
    from truceline.model.judgement import Classification
    from truceline.report.scene import Scene

NAMING = frozenset(
    {
        AttributionState.INDICATED,
        AttributionState.ASSESSED,
        AttributionState.DETERMINED,
        AttributionState.ACKNOWLEDGED_BY_PARTY,
    }
)
GROUNDS = {
    Ground.UNKNOWN: "nobody knows who speaks",
    Ground.INTERESTED: "has an interest",
    Ground.VOUCHES: "without an interest, does not say how it knows",
    Ground.GLANCED: "without an interest, looked, not at the place with access of its own",
    Ground.EXAMINED: "without an interest, examined material of it",
    Ground.LOOKED: "without an interest, looked at the place with access of its own",
    Ground.MONITORED: "monitors that perceived it",
}
_DECISION = "decision"


def incidents(scene: Scene) -> tuple[IncidentView, ...]:
    """Show every incident in order of time."""
    return tuple(incident_view(incident, scene) for incident in scene.incidents)


def incident_view(incident: Incident, scene: Scene) -> IncidentView:
    """Show one incident."""
    finding = scene.findings[incident.id]
    members = sorted((scene.claims[m] for m in incident.members), key=scene.claim_order)
    day = day_of(incident, scene.mission)
    return IncidentView(
        number=scene.numbers[incident.id], id=incident.id, when=scene.when(incident),
        when_utc=span_utc(incident.span), where=scene.where(incident), what=scene.what(incident),
        day=day.isoformat() if day else None, contested=incident.contested,
        contested_how=tuple(named(how, scene) for how in incident.contested_how),
        engagement=incident.engagement, reporter=scene.reporter([incident]),
        finding=_finding(finding, scene),
        origins=tuple(origin_view(origin) for origin in finding.origins),
        claims=tuple(scene.claim(claim) for claim in members),
        classifications=tuple(
            _classification(c, scene) for c in scene.classifications.get(incident.id, ())
        ),
        fits_several=tuple(sorted(scene.numbers[i] for i in incident.fits_several)),
        may_mirror=tuple(sorted(scene.numbers[i] for i in incident.may_mirror)),
    )  # fmt: skip


def _finding(finding: Finding, scene: Scene) -> FindingView:
    party = named_party(finding.attribution)
    return FindingView(
        occurrence=finding.occurrence.value, occurrence_label=occurrence_words(finding),
        assessed=words_of(finding.assessed), contradicted=finding.contradicted,
        row=finding.row.value, strength=finding.strength, steps=tuple(_steps(_told(finding, scene))),
        changes=tuple(_change(change, finding) for change in finding.changes),
        attribution=finding.attribution.state.value,
        attribution_label=who_words(finding),
        attribution_sentence="; ".join(r.sentence for r in finding.attribution.reasons),
        party=scene.name(party) if party else None,
        likelihood=finding.attribution.likelihood if party else None,
        confidence=finding.attribution.confidence if party else None,
        decision=finding.decision, proposed=words_of(finding.proposed) if finding.proposed else None,
        release=finding.release.state.value,
        awaits=finding.release.awaits,
    )  # fmt: skip


def named_party(attribution: Attribution) -> str | None:
    """Give the party only where the state names one, whatever the field holds."""
    return attribution.party if attribution.state in NAMING else None


def _told(finding: Finding, scene: Scene) -> Iterable[Reason]:
    """Give the reasons; what leaves the mission does not tell the row of the table, which may be held back."""
    released = scene.assessment.edition is Edition.RELEASED
    return (r for r in finding.reasons if not (released and r.rule == finding.row.value))


def _steps(reasons: Iterable[Reason]) -> Iterable[Step]:
    """Give the reasons; what people wrote stands with their decision, not in the finding."""
    for reason in reasons:
        decided = reason.rule == _DECISION
        sentence = "decided by people: see Decisions by people" if decided else reason.sentence
        yield Step(rule=words_of(reason.rule), sentence=sentence)


def _change(change: Alternative, finding: Finding) -> ChangeView:
    gives = LADDER.index(change.gives)
    return ChangeView(
        words=change.words, gives=words_of(change.gives),
        raises=gives > LADDER.index(finding.assessed),
    )  # fmt: skip


def origin_view(origin: Origin) -> OriginView:
    """Show one origin, with how often it is repeated and why it counts once."""
    told = f"{plural(len(origin.claims), 'claim')} in {plural(origin.outlets, 'outlet')}"
    why = "; " + "; ".join(origin.joined) if origin.joined else ""
    return OriginView(
        label=origin.label, ground=origin.ground.value, interested=origin.interested,
        on_site=origin.on_site,
        claims=len(origin.claims), outlets=origin.outlets,
        sentence=f"{told}, counted once; {GROUNDS[origin.ground]}{why}",
    )  # fmt: skip


def _classification(found: Classification, scene: Scene) -> ClassificationView:
    return ClassificationView(
        provision=found.provision, title=scene.title_of(found.provision),
        classification=found.classification.value,
        classification_label=words_of(found.classification),
        after_entry=words_of(found.after_entry), reasons=tuple(map(scene.titled, found.reasons)),
    )  # fmt: skip
