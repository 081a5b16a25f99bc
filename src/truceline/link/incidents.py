"""Claims to groups, groups to incidents, mirrored incidents to engagements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from truceline.link.candidates import candidates
from truceline.link.cluster import FORBIDDEN, FORCED, HUNDREDTHS, Partition, cluster, joined
from truceline.link.compare import COMPARISONS
from truceline.link.copies import copy_links, provenance, vertices
from truceline.link.denials import denied_in_general, is_denial, is_general
from truceline.link.lifting import Settling, lifting_pairs
from truceline.link.mirror import Mirrors, mirrors_of
from truceline.link.reasons import VETO
from truceline.model.acts import STEPS, Act
from truceline.model.decision import Verdict
from truceline.model.evidence import Claim, ClaimKind, Stance
from truceline.model.incident import Group, Incident, Link, LinkKind, Reason, Topic
from truceline.text.names import incident_id, keyed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from truceline.model.decision import Ruling
    from truceline.model.incident import Engagement
    from truceline.model.mission import Mission
    from truceline.model.place_time import Place, Span

THRESHOLD_BITS = 3.0
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
    if STEPS & set(claim.acts) and not claim.hostile:
        return Topic.OBLIGATION
    return Topic.INCIDENT if claim.hostile else Topic.STATEMENT


def link_claims(claims: Sequence[Claim], rulings: Sequence[Ruling], mission: Mission) -> Linked:
    """Group claims by event, respecting what people ruled; order of arrival changes nothing."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    ruled = {claim for ruling in rulings for claim in ruling.claims}
    hostile = [c for c in ordered if topic_of(c) is Topic.INCIDENT]
    denials = [c for c in hostile if is_general(c, ruled, mission)]
    groups = vertices(hostile, ruled)
    firsts = [provenance(group) for group in groups]
    links, scores = _score(firsts, mission)
    undecided = Settling(firsts, scores, mission, _joined_by_people(rulings)).settle()
    _rule(firsts, rulings, scores, links)
    links |= {(link.a, link.b): link for group in groups for link in copy_links(group)}
    parted = cluster(scores, lifting_pairs(firsts))
    parted = replace(parted, torn=(*parted.torn, *undecided))
    parted, loose = _without_an_event(parted, firsts, ruled)
    clusters = [tuple(c for i in rows for c in groups[i]) for rows in parted.clusters]
    incidents = _torn([_incident(members, links, denials, mission) for members in clusters], parted)
    mirrors = mirrors_of(incidents, {c.id: c for c in hostile}, rulings, mission)
    return Linked(
        groups=_groups(ordered, clusters, {c.id for i in loose for c in groups[i]}, mission),
        incidents=_marked(incidents, mirrors),
        engagements=mirrors.engagements,
    )


def _score(
    claims: Sequence[Claim], mission: Mission
) -> tuple[dict[tuple[str, str], Link], np.ndarray]:
    """Compare candidate pairs; give the links and the matrix of hundredths above the threshold."""
    scores = np.full((len(claims), len(claims)), FORBIDDEN, dtype=np.int64)
    links: dict[tuple[str, str], Link] = {}
    for i, j in candidates(claims, mission.windows):
        reasons = _compared(claims[i], claims[j], mission)
        if reasons is None:
            continue
        bits = sum(reason.bits for reason in reasons)
        told = sum(1 for reason in reasons if reason.bits)
        above = bits - THRESHOLD_BITS if told else -MISSING_PENALTY_BITS
        scores[i, j] = scores[j, i] = round(above * HUNDREDTHS)
        a, b = sorted((claims[i].id, claims[j].id))
        links[a, b] = Link(a=a, b=b, kind=LinkKind.SAME_EVENT, bits=round(bits, 2),
                           reasons=tuple(r for r in reasons if r.bits))  # fmt: skip
    return links, scores


def _joined_by_people(rulings: Iterable[Ruling]) -> frozenset[str]:
    """Give the claims that people held for one event with another."""
    same = (r for r in rulings if r.verdict is Verdict.SAME_EVENT)
    return frozenset(claim for ruling in same for claim in ruling.claims)


def _without_an_event(
    parted: Partition, claims: Sequence[Claim], ruled: Collection[str]
) -> tuple[Partition, tuple[int, ...]]:
    """Take out clusters that are denials alone: what denies no allegation on record is a statement, not an event."""
    events = [
        rows for rows in parted.clusters if not all(is_denial(claims[i], ruled) for i in rows)
    ]
    loose = tuple(i for rows in parted.clusters if rows not in events for i in rows)
    gone = set(loose)
    torn = [(rows, others) for rows, others in parted.torn if not gone & {*rows, *sum(others, ())}]
    return Partition(tuple(events), tuple(torn)), loose


def _compared(a: Claim, b: Claim, mission: Mission) -> tuple[Reason, ...] | None:
    """Give what every comparison says of two claims, None as soon as one forbids that they are one event."""
    found: list[Reason] = []
    for compare in COMPARISONS:
        reason = compare(a, b, mission)
        if reason.bits == VETO:
            return None
        found.append(reason)
    return tuple(found)


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
    same = [
        r for r in rulings
        if r.claims and r.verdict not in {Verdict.DIFFERENT_EVENTS, Verdict.MIRROR}
    ]  # fmt: skip
    for rows in joined([[row[c] for c in r.claims if c in row] for r in same]):
        for i, j in combinations(rows, 2):
            scores[i, j] = scores[j, i] = FORCED
    for ruling in sorted(same, key=lambda r: r.id):
        for a, b in combinations(sorted(c for c in ruling.claims if c in row), 2):
            links[a, b] = _decided(a, b, ruling, links.get((a, b)))
    for ruling in apart:
        for i, j in combinations([row[c] for c in ruling.claims if c in row], 2):
            scores[i, j] = scores[j, i] = FORBIDDEN


def _decided(a: str, b: str, ruling: Ruling, found: Link | None) -> Link:
    """Give the link that people ruled, beside what the comparisons say of it."""
    said = f"{ruling.proposed_by} and {ruling.approved_by} hold them for one event"
    reason = Reason(rule="decision", bits=0.0, sentence=said)
    return Link(
        a=a, b=b, kind=LinkKind.SAME_EVENT, bits=found.bits if found else 0.0,
        reasons=(*(found.reasons if found else ()), reason), decided_by=ruling.id,
    )  # fmt: skip


def _incident(
    members: Sequence[Claim],
    links: dict[tuple[str, str], Link],
    denials: Sequence[Claim],
    mission: Mission,
) -> Incident:
    ids = tuple(sorted(claim.id for claim in members))
    inside = [links[a, b] for n, a in enumerate(ids) for b in ids[n + 1 :] if (a, b) in links]
    denied = _denied(members, denials, mission)
    return Incident(
        id=incident_id(mission.id, ids),
        members=ids,
        span=_span(members),
        places=_places(members),
        acts=tuple(sorted({act for claim in members for act in claim.acts})),
        alleged_actors=_actors(members, mission),
        contested=bool(denied),
        contested_how=denied,
        engagement=None,
        links=tuple(inside),
    )


def _actors(members: Iterable[Claim], mission: Mission) -> tuple[str, ...]:
    """Give who is said to have acted; where the mandate withholds it, that stays on the claims."""
    if mission.withholds:
        return ()
    return tuple(sorted({actor for claim in members for actor in claim.actors}))


def _denied(
    members: Sequence[Claim], denials: Sequence[Claim], mission: Mission
) -> tuple[str, ...]:
    """Say which sides deny what they are accused of, here or in general, or that one does where the mandate withholds which."""
    sides = _denying(members, mission)
    held = {claim.id for claim in members}
    loose = [denial for denial in denials if denial.id not in held]
    parties = set(denied_in_general(members, loose, mission)) - {mission.camp(s) for s in sides}
    if mission.withholds:
        told = ("denied by the accused side",) if sides else ()
        return (*told, *(("denied in general by the accused side",) if parties else ()))
    return (
        *(f"denied by {side}" for side in sorted(sides)),
        *(f"denied in general by {party}" for party in sorted(parties)),
    )


def _denying(members: Iterable[Claim], mission: Mission) -> set[str]:
    """Give the sides that deny what the claims of an incident accuse them of."""
    members = list(members)
    accused = {mission.camp(a) for c in members if c.stance is not Stance.DENIES for a in c.actors}
    return {
        side
        for c in members
        if (c.stance is Stance.DENIES or c.kind is ClaimKind.OTHER_VERSION) and c.speaker
        for side in c.speaker.sides
        if not accused or mission.camp(side) in accused
    }


def _telling(members: Iterable[Claim]) -> list[Claim]:
    """Give the claims that date and place an event: of a denial, or a look that found nothing, only where nobody else tells."""
    members = list(members)
    return [c for c in members if c.stance is not Stance.DENIES] or members


def _span(members: Iterable[Claim]) -> Span | None:
    """Take the finest span stated by somebody who does not deny; ties to the earlier one."""
    spans = [c.span for c in _telling(members) if c.span]
    return min(spans, key=lambda s: (s.width, s.earliest, s.text), default=None)


def _places(members: Iterable[Claim]) -> tuple[Place, ...]:
    """Every place that a claim names, once, the most often named first."""
    named: dict[str, list[Place]] = {}
    for claim in _telling(members):
        for place in claim.places:
            named.setdefault(place.gazetteer_id or place.text, []).append(place)
    ranked = sorted(named.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(min(places, key=lambda p: p.text) for _, places in ranked)


def _marked(incidents: Iterable[Incident], mirrors: Mirrors) -> tuple[Incident, ...]:
    """Tell each incident of its engagement and of what may mirror it; a mirrored incident is contested."""
    engaged = {i: e.id for e in mirrors.engagements for i in e.incidents}
    marked = (
        replace(
            incident, contested=True, engagement=engaged[incident.id],
            contested_how=(*incident.contested_how, "mirrored by the other side"),
        ) if incident.id in engaged else incident
        for incident in incidents
    )  # fmt: skip
    told = (replace(i, may_mirror=mirrors.candidates.get(i.id, ())) for i in marked)
    return tuple(sorted(told, key=incident_order))


def incident_order(incident: Incident) -> tuple[str, str]:
    """Sort by earliest time, incidents without a time last, then by id."""
    return (incident.span.earliest.isoformat() if incident.span else "9999", incident.id)


def _groups(
    claims: Sequence[Claim],
    clusters: Iterable[Sequence[Claim]],
    general: Collection[str],
    mission: Mission,
) -> tuple[Group, ...]:
    """Put every claim into one group: incidents by event, other topics by what they speak of."""
    grouped: dict[tuple[Topic, str], list[str]] = {}
    for claim in claims:
        topic = Topic.STATEMENT if claim.id in general else topic_of(claim)
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
        case Topic.OBLIGATION if STEPS & set(claim.acts):
            return _step(claim)
        case Topic.FOREIGN_FIGHTERS | Topic.OBLIGATION:
            return "+".join(sorted(claim.acts))


def _step(claim: Claim) -> str:
    """Name a step of carrying out by its day and place: who leaves and who comes tell of one; else it stands alone."""
    if claim.span is None or not claim.places:
        return claim.id
    place = claim.places[0]
    return f"{claim.span.earliest.date().isoformat()} {place.gazetteer_id or place.text}"
