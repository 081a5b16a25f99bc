"""Claims to groups, groups to incidents, mirrored incidents to engagements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from truceline.link.candidates import candidates
from truceline.link.cluster import FORBIDDEN, FORCED, HUNDREDTHS, Partition, cluster
from truceline.link.compare import COMPARISONS
from truceline.link.copies import copy_links, provenance, vertices
from truceline.link.mirror import engagements_of
from truceline.link.reasons import VETO
from truceline.model.decision import Verdict
from truceline.model.evidence import Act, Claim, ClaimKind, Stance
from truceline.model.incident import Group, Incident, Link, LinkKind, Reason, Topic
from truceline.text.names import incident_id, keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.decision import Ruling
    from truceline.model.incident import Engagement
    from truceline.model.mission import Mission
    from truceline.model.place_time import Place, Span

THRESHOLD_BITS = 4.0
MISSING_PENALTY_BITS = 1.0
_OBLIGATION_ACTS = {
    Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,
    Act.VERIFICATION_MECHANISM,
    Act.NEGOTIATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives: every claim in exactly one group, incidents and engagements beside them."""

    groups: tuple[Group, ...]
    incidents: tuple[Incident, ...]
    engagements: tuple[Engagement, ...]


def topic_of(claim: Claim) -> Topic:
    """Say what a claim is about; only hostile acts can be incidents."""
    if Act.FOREIGN_FIGHTERS in claim.acts:
        return Topic.FOREIGN_FIGHTERS
    if _OBLIGATION_ACTS & set(claim.acts):
        return Topic.OBLIGATION
    if claim.stance is Stance.AGREES:
        return Topic.AGREEMENT
    return Topic.INCIDENT if claim.hostile else Topic.STATEMENT


def link_claims(claims: Sequence[Claim], rulings: Sequence[Ruling], mission: Mission) -> Linked:
    """Group claims by event, respecting what people ruled; order of arrival changes nothing."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    hostile = [c for c in ordered if topic_of(c) is Topic.INCIDENT]
    groups = vertices(hostile, {claim for ruling in rulings for claim in ruling.claims})
    firsts = [provenance(group) for group in groups]
    links, scores = _score(firsts, mission)
    _rule(firsts, rulings, scores, links)
    links |= {(link.a, link.b): link for group in groups for link in copy_links(group)}
    parted = cluster(scores)
    clusters = [tuple(c for i in rows for c in groups[i]) for rows in parted.clusters]
    incidents = _torn([_incident(members, links, mission) for members in clusters], parted)
    engagements = engagements_of(incidents, {c.id: c for c in hostile}, mission)
    return Linked(
        groups=_groups(ordered, clusters, mission),
        incidents=_marked(incidents, engagements),
        engagements=engagements,
    )


def _score(
    claims: Sequence[Claim], mission: Mission
) -> tuple[dict[tuple[str, str], Link], np.ndarray]:
    """Compare candidate pairs; give the links and the matrix of hundredths above the threshold."""
    scores = np.full((len(claims), len(claims)), FORBIDDEN, dtype=np.int64)
    links: dict[tuple[str, str], Link] = {}
    for i, j in candidates(claims, mission.windows):
        reasons = tuple(compare(claims[i], claims[j], mission) for compare in COMPARISONS)
        bits = sum(reason.bits for reason in reasons)
        if any(reason.bits == VETO for reason in reasons):
            continue
        told = sum(1 for reason in reasons if reason.bits)
        above = bits - THRESHOLD_BITS if told else -MISSING_PENALTY_BITS
        scores[i, j] = scores[j, i] = round(above * HUNDREDTHS)
        a, b = sorted((claims[i].id, claims[j].id))
        links[a, b] = Link(a=a, b=b, kind=LinkKind.SAME_EVENT, bits=round(bits, 2),
                           reasons=tuple(r for r in reasons if r.bits))  # fmt: skip
    return links, scores


def _torn(incidents: Sequence[Incident], parted: Partition) -> list[Incident]:
    """Note on each incident the others that a part of it fitted equally well; `incidents` stand as the clusters do."""
    of_row = {row: k for k, rows in enumerate(parted.clusters) for row in rows}
    fits: dict[int, set[int]] = {}
    for mine, others in parted.torn:
        found = {of_row[row] for rows in others for row in rows} - {of_row[row] for row in mine}
        if len(found) > 1:
            fits.setdefault(of_row[mine[0]], set()).update(found)
    return [
        replace(incident, fits_several=tuple(sorted(incidents[j].id for j in fits.get(k, ()))))
        for k, incident in enumerate(incidents)
    ]


def _rule(
    claims: Sequence[Claim],
    rulings: Sequence[Ruling],
    scores: np.ndarray,
    links: dict[tuple[str, str], Link],
) -> None:
    """Enter what people ruled: claims of one ruling belong together, or must stay apart."""
    row = {claim.id: i for i, claim in enumerate(claims)}
    apart = [r for r in rulings if r.verdict is Verdict.DIFFERENT_EVENTS]
    same = [r for r in rulings if r.verdict is not Verdict.DIFFERENT_EVENTS]
    for rows in _together([[row[c] for c in r.claims if c in row] for r in same]):
        for i, j in combinations(rows, 2):
            scores[i, j] = scores[j, i] = FORCED
    for ruling in sorted(same, key=lambda r: r.id):
        for a, b in combinations(sorted(c for c in ruling.claims if c in row), 2):
            links[a, b] = _decided(a, b, ruling, links.get((a, b)))
    for ruling in apart:
        for i, j in combinations([row[c] for c in ruling.claims if c in row], 2):
            scores[i, j] = scores[j, i] = FORBIDDEN


def _together(found: Iterable[Sequence[int]]) -> list[list[int]]:
    """Join lists that share a member: what is one event with one thing is one with all that is."""
    joined: list[set[int]] = []
    for rows in map(set, found):
        meet = [other for other in joined if other & rows]
        joined = [other for other in joined if not other & rows] + [rows.union(*meet)]
    return [sorted(rows) for rows in joined]


def _decided(a: str, b: str, ruling: Ruling, found: Link | None) -> Link:
    """Give the link that people ruled, beside what the comparisons say of it."""
    said = f"{ruling.proposed_by} and {ruling.approved_by} hold them for one event"
    reason = Reason(rule="decision", bits=0.0, sentence=said)
    return Link(
        a=a, b=b, kind=LinkKind.SAME_EVENT, bits=found.bits if found else 0.0,
        reasons=(*(found.reasons if found else ()), reason), decided_by=ruling.id,
    )  # fmt: skip


def _incident(
    members: Sequence[Claim], links: dict[tuple[str, str], Link], mission: Mission
) -> Incident:
    ids = tuple(sorted(claim.id for claim in members))
    inside = [links[a, b] for n, a in enumerate(ids) for b in ids[n + 1 :] if (a, b) in links]
    return Incident(
        id=incident_id(mission.id, ids),
        members=ids,
        span=_span(members),
        places=_places(members),
        acts=tuple(sorted({act for claim in members for act in claim.acts})),
        alleged_actors=_actors(members, mission),
        contested=bool(denials := _denials(members, mission)),
        contested_how=denials,
        engagement=None,
        links=tuple(inside),
    )


def _actors(members: Iterable[Claim], mission: Mission) -> tuple[str, ...]:
    """Give who is said to have acted; where the mandate withholds it, that stays on the claims."""
    if mission.withholds:
        return ()
    return tuple(sorted({actor for claim in members for actor in claim.actors}))


def _denials(members: Iterable[Claim], mission: Mission) -> tuple[str, ...]:
    """Say which sides deny what they are accused of, or that one does where the mandate withholds which."""
    accused = {mission.camp(a) for c in members if c.stance is not Stance.DENIES for a in c.actors}
    denying = {
        side
        for c in members
        if (c.stance is Stance.DENIES or c.kind is ClaimKind.OTHER_VERSION) and c.speaker
        for side in c.speaker.sides
        if not accused or mission.camp(side) in accused
    }
    if mission.withholds:
        return ("denied by the accused side",) if denying else ()
    return tuple(f"denied by {side}" for side in sorted(denying))


def _span(members: Iterable[Claim]) -> Span | None:
    """Take the finest span stated by somebody who does not deny; ties to the earlier one."""
    stated = [c for c in members if c.span is not None]
    told = [c for c in stated if c.stance is not Stance.DENIES] or stated
    spans = [c.span for c in told if c.span]
    return min(spans, key=lambda s: (s.width, s.earliest, s.text), default=None)


def _places(members: Iterable[Claim]) -> tuple[Place, ...]:
    """Every place that a claim names, once, the most often named first."""
    named: dict[str, list[Place]] = {}
    for claim in members:
        for place in claim.places:
            named.setdefault(place.gazetteer_id or place.text, []).append(place)
    ranked = sorted(named.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(min(places, key=lambda p: p.text) for _, places in ranked)


def _marked(
    incidents: Iterable[Incident], engagements: Iterable[Engagement]
) -> tuple[Incident, ...]:
    """Tell each incident of its engagement; a mirrored incident is contested."""
    engaged = {i: e.id for e in engagements for i in e.incidents}
    marked = (
        replace(
            incident, contested=True, engagement=engaged[incident.id],
            contested_how=(*incident.contested_how, "mirrored by the other side"),
        ) if incident.id in engaged else incident
        for incident in incidents
    )  # fmt: skip
    return tuple(sorted(marked, key=incident_order))


def incident_order(incident: Incident) -> tuple[str, str]:
    """Sort by earliest time, incidents without a time last, then by id."""
    return (incident.span.earliest.isoformat() if incident.span else "9999", incident.id)


def _groups(
    claims: Sequence[Claim], clusters: Iterable[Sequence[Claim]], mission: Mission
) -> tuple[Group, ...]:
    """Put every claim into one group: incidents by event, other topics by what they speak of."""
    grouped: dict[tuple[Topic, str], list[str]] = {}
    for claim in claims:
        topic = topic_of(claim)
        if topic is not Topic.INCIDENT:
            grouped.setdefault((topic, _subject(claim, topic)), []).append(claim.id)
    found = [(topic, tuple(sorted(ids))) for (topic, _), ids in grouped.items()]
    found += [(Topic.INCIDENT, tuple(sorted(c.id for c in members))) for members in clusters]
    return tuple(
        sorted(
            (Group(id=keyed(_PREFIX[topic], mission.id, ids), topic=topic, members=ids)
             for topic, ids in found),
            key=lambda group: (group.topic, group.id),
        )
    )  # fmt: skip


_PREFIX = {topic: "inc" if topic is Topic.INCIDENT else "grp" for topic in Topic}


def _subject(claim: Claim, topic: Topic) -> str:
    match topic:
        case Topic.AGREEMENT:
            return claim.span.earliest.isoformat() if claim.span else claim.id
        case Topic.STATEMENT | Topic.INCIDENT:
            return claim.id
        case Topic.FOREIGN_FIGHTERS | Topic.OBLIGATION:
            return "+".join(sorted(claim.acts))
