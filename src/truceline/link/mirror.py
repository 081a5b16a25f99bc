"""Mirror links: the other side reports the same engagement with the roles swapped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from truceline.link.cluster import FORBIDDEN, HUNDREDTHS, cluster
from truceline.link.compare import acts, spans
from truceline.link.reasons import VETO
from truceline.link.where import compare_spots
from truceline.model.evidence import Stance
from truceline.model.incident import Engagement, Incident, Link, LinkKind, Reason
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission

MIRROR_THRESHOLD_BITS = 1.0
# One text tells both accusations in one breath: stronger than any comparison of time and place.
_TOLD_TOGETHER_BITS = 4.0


def engagements_of(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], mission: Mission
) -> tuple[Engagement, ...]:
    """Join incidents that mirror each other; each incident is in at most one engagement.

    `incidents` must stand in an order that does not depend on arrival.
    """
    links: dict[tuple[int, int], Link] = {}
    scores = np.full((len(incidents), len(incidents)), FORBIDDEN, dtype=np.int64)
    together = _told_together(incidents, claims, mission)
    for i, j in sorted({*_opposite(incidents, claims, mission), *together}):
        if (i, j) in together:
            link: Link | None = _mutual(incidents[i], incidents[j])
        else:
            link = _mirror(incidents[i], incidents[j], mission)
        if link is not None:
            links[i, j] = link
            above = round((link.bits - MIRROR_THRESHOLD_BITS) * HUNDREDTHS)
            scores[i, j] = scores[j, i] = above
    joined = [rows for rows in cluster(scores).clusters if len(rows) > 1]
    engagements = [_engagement(rows, incidents, links, mission) for rows in joined]
    return tuple(sorted(engagements, key=lambda e: e.id))


def _engagement(
    rows: Sequence[int],
    incidents: Sequence[Incident],
    links: Mapping[tuple[int, int], Link],
    mission: Mission,
) -> Engagement:
    ids = tuple(sorted(incidents[r].id for r in rows))
    accused = sorted({mission.camp(a) for r in rows for a in incidents[r].alleged_actors})
    told = tuple(f"{party} acted first" for party in accused)
    return Engagement(
        id=keyed("eng", mission.id, ids),
        incidents=ids,
        hypotheses=("each side says that the other acted first",) if mission.withholds else told,
        links=tuple(
            links[i, j] for n, i in enumerate(rows) for j in rows[n + 1 :] if (i, j) in links
        ),
    )


def _opposite(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], mission: Mission
) -> Iterator[tuple[int, int]]:
    """Give the pairs i < j, with time and place, whose accuser and accused are exchanged."""
    accusing: dict[tuple[str, str], list[int]] = {}
    for i, incident in enumerate(incidents):
        if incident.span is not None and incident.places:
            for roles in _roles(incident, claims, mission):
                accusing.setdefault(roles, []).append(i)
    pairs = {
        (min(i, j), max(i, j))
        for (accuser, accused), rows in accusing.items()
        for i in rows
        for j in accusing.get((accused, accuser), ())
        if i != j and _same_time(incidents[i], incidents[j], mission)
    }
    return iter(sorted(pairs))


def _told_together(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], mission: Mission
) -> set[tuple[int, int]]:
    """Give the pairs i < j of which one passage of one item tells both, the roles exchanged."""
    told: dict[tuple[object, ...], list[tuple[int, set[tuple[str, str]]]]] = {}
    for i, incident in enumerate(incidents):
        for claim in (claims[member] for member in incident.members):
            if claim.quote is not None:
                passage = (claim.item, claim.start, claim.end)
                told.setdefault(passage, []).append((i, _accusations([claim], mission)))
    return {
        (min(i, j), max(i, j))
        for entries in told.values()
        for n, (i, mine) in enumerate(entries)
        for j, theirs in entries[n + 1 :]
        if i != j and any((accused, accuser) in theirs for accuser, accused in mine)
    }


def _mutual(a: Incident, b: Incident) -> Link:
    """Link two incidents that one sentence tells as a mutual accusation."""
    reasons = (
        Reason(rule="roles", bits=1.0, sentence="accuser and accused are exchanged"),
        Reason(rule="told_together", bits=_TOLD_TOGETHER_BITS,
               sentence="one passage tells both accusations as one"),
    )  # fmt: skip
    bits = round(sum(reason.bits for reason in reasons), 2)
    return Link(a=a.id, b=b.id, kind=LinkKind.MIRROR, bits=bits, reasons=reasons)


def _same_time(a: Incident, b: Incident, mission: Mission) -> bool:
    hours = timedelta(hours=mission.windows.base_hours)
    return a.span is not None and b.span is not None and a.span.gap(b.span) <= hours


def _mirror(a: Incident, b: Incident, mission: Mission) -> Link | None:
    """Compare two incidents whose accuser and accused are exchanged; None when they are apart."""
    if a.span is None or b.span is None:
        return None
    reasons = (
        Reason(rule="roles", bits=1.0, sentence="accuser and accused are exchanged"),
        spans(a.span, b.span, mission.windows),
        compare_spots(a.places, b.places, mission.windows),
        acts(a.acts, b.acts),
    )
    if any(reason.bits == VETO for reason in reasons):
        return None
    return Link(
        a=a.id, b=b.id, kind=LinkKind.MIRROR,
        bits=round(sum(reason.bits for reason in reasons), 2), reasons=reasons,
    )  # fmt: skip


def _roles(
    incident: Incident, claims: Mapping[str, Claim], mission: Mission
) -> set[tuple[str, str]]:
    """Give (accuser, accused) pairs of parties in the allegations of an incident."""
    return _accusations((claims[member] for member in incident.members), mission)


def _accusations(claims: Iterable[Claim], mission: Mission) -> set[tuple[str, str]]:
    parties = set(mission.party_ids)
    return {
        (accuser, accused)
        for claim in claims
        if claim.stance is Stance.ALLEGES and claim.speaker
        for accuser in {mission.camp(s) for s in claim.speaker.sides} & parties
        for accused in {mission.camp(s) for s in claim.actors} & parties
        if accuser != accused
    }
