"""The JSON files: the assessment's nouns as plain values, fixed keys, the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING

from truceline.model.place_time import UNRESOLVED, utc_text
from truceline.model.provenance import OWN_BASIS, PERCEIVED, Basis
from truceline.report.scene import Scene
from truceline.report.sections.incidents import named_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from truceline.model.acts import Act
    from truceline.model.evidence import Claim, Voice
    from truceline.model.finding import Estimate, Finding, Origin, StatedFigure
    from truceline.model.incident import Incident, Link, Reason
    from truceline.model.mission import Mission
    from truceline.model.place_time import Place, Span
    from truceline.model.report import Assessment

Shape = dict[str, object]


def pretty(value: object) -> bytes:
    """Write a value as indented JSON; a lone surrogate stays as its escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", "backslashreplace")


def lines(values: Iterable[object]) -> bytes:
    """Write one compact JSON object a line."""
    text = "".join(
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
        for value in values
    )
    return text.encode("utf-8", "backslashreplace")


def plain(value: object) -> object:
    """Turn a view into plain values, keys in the order of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return value


def claims(assessment: Assessment) -> list[Shape]:
    """Every claim, in the assessment's order."""
    return [claim_shape(claim) for claim in assessment.claims]


def claim_shape(claim: Claim) -> Shape:
    """Give one claim with fixed keys; `coding` is null where a person coded the row."""
    return {
        "id": claim.id, "external_id": claim.external_id, "item": claim.item,
        "quote": claim.quote, "start": claim.start, "end": claim.end,
        "paraphrase": claim.paraphrase, "speaker": _speaker(claim),
        "stance": claim.stance.value, "act": claim.act.value, "acts": _acts(claim.acts),
        "act_text": claim.act_text, "actors": list(claim.actors), "place": _where(claim),
        "when": _when(claim.span, claim.time_text),
        "harm": {"killed": claim.harm.killed, "injured": claim.harm.injured},
        "hedge": claim.hedge, "on_site": claim.on_site, "published": _instant(claim.published),
        "outlet": claim.outlet, "url": claim.url, "language": claim.language,
        "unresolved": list(claim.unresolved), "coding": plain(claim.coding),
        "reading": claim.reading.value, "basis": claim.basis.value,
        "access": {"kind": claim.access.kind.value, "by": claim.access.by},
        "chain": {"relays": plain(claim.chain.relays), "channel": claim.chain.channel.value},
        "material": claim.material, "kind": claim.kind.value if claim.kind else None,
        "invokes": [kind.value for kind in claim.invokes], "deed": plain(claim.deed),
        "arms": plain(claim.arms),
    }  # fmt: skip


def _instant(instant: datetime | None) -> str | None:
    return utc_text(instant) if instant else None


def _acts(acts: Sequence[Act]) -> list[str]:
    return [act.value for act in acts]


def _speaker(claim: Claim) -> Shape:
    speaker = claim.speaker
    voices = speaker.voices if speaker else ()
    sources = sorted({voice.source for voice in voices if voice.source})
    return {
        "text": speaker.text if speaker else UNRESOLVED,
        "source": sources[0] if len(sources) == 1 else None,
        "sides": list(speaker.sides) if speaker else [],
        "voices": [_voice(voice, claim) for voice in voices],
        "relays": list(speaker.relays) if speaker else [],
    }


def _voice(voice: Voice, claim: Claim) -> Shape:
    """Give a voice with what the claim's basis says of how it knows, kept from before there was one."""
    return {
        **{field.name: getattr(voice, field.name) for field in fields(voice)},
        "own_observation": claim.basis in OWN_BASIS, "looked": claim.basis in PERCEIVED,
        "second_hand": claim.basis in {Basis.TOLD, Basis.REPEATS},
    }  # fmt: skip


def _where(claim: Claim) -> Shape:
    only = claim.places[0] if len(claim.places) == 1 else None
    vague = claim.unplaced or any(place.gazetteer_id is None for place in claim.places)
    resolved = "no" if not claim.places else "partly" if vague else "yes"
    return {
        "text": claim.place_text,
        "name": "; ".join(place.name for place in claim.places) or None,
        "lat": only.lat if only else None, "lon": only.lon if only else None,
        "radius_km": only.radius_km if only else None,
        "gazetteer_id": only.gazetteer_id if only else None,
        "candidates": list(only.candidates) if only else [],
        "resolved": resolved,
        "parts": [_place(place) for place in claim.places],
        "unplaced": list(claim.unplaced),
    }  # fmt: skip


def _place(place: Place) -> Shape:
    return {
        "text": place.text, "name": place.name, "lat": place.lat, "lon": place.lon,
        "radius_km": place.radius_km, "kind": place.kind.value,
        "gazetteer_id": place.gazetteer_id, "candidates": list(place.candidates),
        "within": list(place.within),
    }  # fmt: skip


def _when(span: Span | None, text: str | None = None) -> Shape:
    """Write a span; `text` is what the source said, where the span does not hold it."""
    return {
        "earliest": _instant(span.earliest) if span else None,
        "latest": _instant(span.latest) if span else None,
        "text": text or (span.text if span else None),
        "precision": span.precision.value if span else UNRESOLVED,
        "zone_rule": span.zone_rule if span else None,
    }


def incidents(assessment: Assessment) -> list[Shape]:
    """Every incident, by earliest time and id."""
    scene = Scene(assessment)
    return [_incident(incident, scene) for incident in scene.incidents]


def _incident(incident: Incident, scene: Scene) -> Shape:
    return {
        "id": incident.id,
        "members": [_member(scene.claims[m], scene.mission) for m in incident.members],
        "contested": incident.contested, "contested_how": list(incident.contested_how),
        "engagement": incident.engagement, "when": _when(incident.span),
        "places": [_place(place) for place in incident.places], "acts": _acts(scene.mission.told_acts(incident.acts)),
        "alleged_actors": list(incident.alleged_actors),
        "links": [_link(link) for link in incident.links],
        "fits_several": list(incident.fits_several), "may_mirror": list(incident.may_mirror),
    }  # fmt: skip


def _member(claim: Claim, mission: Mission) -> Shape:
    """Give a member; who speaks stays on the claim where the mandate withholds who acted."""
    speaker = claim.speaker.text if claim.speaker else UNRESOLVED
    return {
        "claim": claim.id, "external_id": claim.external_id, "stance": claim.stance.value,
        "speaker": None if mission.withholds else speaker, "outlet": claim.outlet,
    }  # fmt: skip


def _link(link: Link) -> Shape:
    return {
        "a": link.a, "b": link.b, "kind": link.kind.value, "bits": link.bits,
        "reasons": _reasons(link.reasons), "decided_by": link.decided_by,
    }  # fmt: skip


def _sentences(reasons: Iterable[Reason]) -> list[Shape]:
    return [{"rule": r.rule, "sentence": r.sentence} for r in reasons]


def _reasons(reasons: Iterable[Reason]) -> list[Shape]:
    return [{"rule": r.rule, "bits": r.bits, "sentence": r.sentence} for r in reasons]


def findings(assessment: Assessment) -> list[Shape]:
    """Every finding, in the assessment's order; a party only where the state names one."""
    return [_finding(finding) for finding in assessment.findings]


def _finding(finding: Finding) -> Shape:
    party = named_party(finding.attribution)
    return {
        "incident": finding.incident, "occurrence": finding.occurrence.value,
        "contradicted": finding.contradicted, "row": finding.row.value, "strength": finding.strength,
        "origins": [_origin(origin) for origin in finding.origins],
        "attribution": {
            "state": finding.attribution.state.value, "party": party,
            "likelihood": finding.attribution.likelihood if party else None,
            "confidence": finding.attribution.confidence if party else None,
            "reasons": _sentences(finding.attribution.reasons),
        },
        "reasons": _sentences(finding.reasons),
        "changes": [{"words": c.words, "gives": c.gives.value} for c in finding.changes],
        "assessed": finding.assessed.value,
        "decision": finding.decision, "method": finding.method, "to_check": list(finding.to_check),
        "proposed": finding.proposed.value if finding.proposed else None,
        "casualties": [_estimate(e) for e in finding.casualties],
        "release": {
            "state": finding.release.state.value, "occurrence": finding.release.occurrence.value,
            "party": finding.release.party, "awaits": list(finding.release.awaits),
        },
    }  # fmt: skip


def _estimate(estimate: Estimate) -> Shape:
    return {
        "measure": estimate.measure, "status": estimate.status, "low": estimate.low,
        "best": estimate.best, "high": estimate.high, "as_of": _instant(estimate.as_of),
        "rule": estimate.rule.value, "stated": [_stated(figure) for figure in estimate.stated],
    }  # fmt: skip


def _stated(figure: StatedFigure) -> Shape:
    return {
        "low": figure.low, "high": figure.high, "as_of": _instant(figure.as_of),
        "ground": figure.ground.value, "claims": list(figure.claims),
    }  # fmt: skip


def _origin(origin: Origin) -> Shape:
    return {
        "id": origin.id, "label": origin.label, "ground": origin.ground.value,
        "interested": origin.interested, "on_site": origin.on_site, "claims": list(origin.claims), "outlets": origin.outlets, "joined": list(origin.joined),
    }  # fmt: skip


def problems(assessment: Assessment) -> list[Shape]:
    """Every problem with its place and advice."""
    return [
        {
            "severity": p.severity.value, "file": p.file, "row": p.row, "field": p.field,
            "message": p.message, "advice": p.advice,
        }
        for p in assessment.problems
    ]  # fmt: skip


def run_record(run: Mapping[str, object]) -> Shape:
    """Give the one file that may differ between runs, keys sorted."""
    return dict(sorted(run.items()))
