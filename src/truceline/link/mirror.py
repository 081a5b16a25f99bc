"""Mirrors: the other side reports the same engagement with the roles exchanged.

A mirror stands between two claims, one of each incident: both tell when and where, neither more widely than the
mission compares; the times overlap, the places meet, the acts are of one line, and the words tell of no different
things hit. So another text can add a mirror and never break one. What fits less well is a candidate: people say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.link.cluster import joined
from truceline.link.compare import acts, spans
from truceline.link.lifting import told_apart
from truceline.link.reasons import VETO, said
from truceline.link.where import compare_spots, spots
from truceline.model.acts import Act, one_line
from truceline.model.decision import Verdict
from truceline.model.evidence import Claim, Stance
from truceline.model.incident import Engagement, Incident, Link, LinkKind, Reason
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from truceline.model.decision import Ruling
    from truceline.model.mission import Mission, Windows
    from truceline.model.place_time import Span

_ROLES = "accuser and accused are exchanged"
_PUBLISHED = timedelta(hours=36)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mirrors:
    """Engagements, and for each incident those that may be the other side's telling of it."""

    engagements: tuple[Engagement, ...]
    candidates: Mapping[str, tuple[str, ...]]


def mirrors_of(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    rulings: Sequence[Ruling],
    mission: Mission,
) -> Mirrors:
    """Join incidents that mirror each other; each incident is in at most one engagement."""
    found = _Finder(incidents, claims, mission)
    decided = _decided(incidents, rulings, Verdict.MIRROR)
    refused = _decided(incidents, rulings, Verdict.DIFFERENT_EVENTS)
    links: dict[Pair, Link] = {}
    candidates: defaultdict[str, set[str]] = defaultdict(set)
    for pair in sorted(found.opposed() | decided.keys()):
        link = found.link(pair, decided.get(pair))
        if pair in refused and pair not in decided:
            continue
        if link is not None:
            links[pair] = link
        elif found.may(pair):
            a, b = (incidents[k].id for k in pair)
            candidates[a].add(b)
            candidates[b].add(a)
    engagements = [_engagement(rows, incidents, links, mission) for rows in joined(links)]
    return Mirrors(
        tuple(sorted(engagements, key=lambda e: e.id)),
        {incident: tuple(sorted(others)) for incident, others in candidates.items()},
    )


def _decided(
    incidents: Sequence[Incident], rulings: Iterable[Ruling], verdict: Verdict
) -> dict[Pair, Ruling]:
    """Give the pairs of incidents that people ruled on, each with the ruling."""
    found: dict[Pair, Ruling] = {}
    for ruling in sorted((r for r in rulings if r.verdict is verdict), key=lambda r: r.id):
        ruled = set(ruling.claims)
        held = [k for k, incident in enumerate(incidents) if ruled & set(incident.members)]
        found.update(dict.fromkeys(combinations(held, 2), ruling))
    return found


def _engagement(
    rows: Sequence[int],
    incidents: Sequence[Incident],
    links: Mapping[Pair, Link],
    mission: Mission,
) -> Engagement:
    """Make the engagement; its rival hypotheses are told only where people confirmed every mirror in it."""
    ids = tuple(sorted(incidents[r].id for r in rows))
    inside = [links[pair] for pair in combinations(rows, 2) if pair in links]
    accused = sorted({mission.camp(a) for r in rows for a in incidents[r].alleged_actors})
    told = tuple(f"{party} acted first" for party in accused)
    rival = ("each side says that the other acted first",) if mission.withholds else told
    confirmed = all(link.decided_by is not None for link in inside)
    return Engagement(
        id=keyed("eng", mission.id, ids), incidents=ids,
        hypotheses=rival if confirmed else (), links=tuple(inside),
    )  # fmt: skip


@dataclass(frozen=True)
class _Finder:
    """Finds claims of two incidents that mirror each other."""

    incidents: Sequence[Incident]
    claims: Mapping[str, Claim]
    mission: Mission

    def opposed(self) -> set[Pair]:
        """Give the pairs i < j of incidents whose accuser and accused are exchanged."""
        accusing: defaultdict[tuple[str, str], list[tuple[datetime, datetime, int]]] = defaultdict(
            list
        )
        for i, incident in enumerate(self.incidents):
            for roles in sorted({r for c in self._of(incident) for r in self._roles(c)}):
                accusing[roles].append((*self._days(incident), i))
        found: set[Pair] = set()
        for (accuser, accused), rows in accusing.items():
            others = sorted(accusing.get((accused, accuser), ()))
            starts = [start for start, _, _ in others]
            for start, end, i in rows:
                near = others[: bisect_right(starts, end)]
                found |= {(min(i, j), max(i, j)) for _, until, j in near if until >= start}
        return found

    def _days(self, incident: Incident) -> tuple[datetime, datetime]:
        """Give the stretch outside which nothing can be told of an incident by the other side."""
        claims = self._of(incident)
        spans = [c.span for c in claims if c.span]
        reach = timedelta(hours=self.mission.windows.base_hours)
        return (
            min([*(c.dated - _PUBLISHED for c in claims), *(s.earliest - reach for s in spans)]),
            max([*(c.dated + _PUBLISHED for c in claims), *(s.latest + reach for s in spans)]),
        )

    def link(self, pair: Pair, ruling: Ruling | None) -> Link | None:
        """Give the mirror between two incidents with its best reasons, None where no two claims make one."""
        a, b = (self.incidents[k] for k in pair)
        found = [r for x, y in self._pairs(pair) if (r := self._reasons(x, y)) is not None]
        best = max(
            found, key=lambda reasons: (_bits(reasons), *(r.sentence for r in reasons)), default=()
        )
        if ruling is not None:
            people = f"{ruling.proposed_by} and {ruling.approved_by} hold them for one engagement"
            best = (*best, said("decision", 0.0, people))
        if not best:
            return None
        return Link(
            a=a.id, b=b.id, kind=LinkKind.MIRROR, bits=round(_bits(best), 2), reasons=best,
            decided_by=ruling.id if ruling else None,
        )  # fmt: skip

    def may(self, pair: Pair) -> bool:
        """Answer whether people should look: nothing that both tell keeps the two apart."""
        return any(self._may(x, y) for x, y in self._pairs(pair))

    def _of(self, incident: Incident) -> list[Claim]:
        return [self.claims[member] for member in incident.members]

    def _pairs(self, pair: Pair) -> list[tuple[Claim, Claim]]:
        """Give the claims of two incidents, one of each, that accuse with the roles exchanged."""
        left, right = (self._of(self.incidents[k]) for k in pair)
        return [
            (x, y) for x in left for y in right
            if {(b, a) for a, b in self._roles(x)} & self._roles(y)
        ]  # fmt: skip

    def _roles(self, claim: Claim) -> set[tuple[str, str]]:
        """Give (accuser, accused) pairs of parties in an allegation."""
        if claim.stance is not Stance.ALLEGES or claim.speaker is None or not claim.asserted:
            return set()
        parties, camp = set(self.mission.party_ids), self.mission.camp
        return {
            (accuser, accused)
            for accuser in {camp(s) for s in claim.speaker.sides} & parties
            for accused in {camp(s) for s in claim.actors} & parties
            if accuser != accused
        }

    def _reasons(self, a: Claim, b: Claim) -> tuple[Reason, ...] | None:
        """Say how two claims meet in place, time, act and what was hit; None where they do not in any."""
        windows = self.mission.windows
        if a.span is None or b.span is None or not _timely(a.span, b.span, windows):
            return None
        if max(a.span.width, b.span.width) > timedelta(hours=windows.max_hours):
            return None
        narrow = [
            [p for p in claim.places if p.radius_km <= windows.max_km] for claim in (a, b)
        ]  # fmt: skip
        if not all(narrow) or not _one_line(a, b) or told_apart(a, b, self.mission) is not None:
            return None
        reasons = (
            said("roles", 1.0, _ROLES), spans(a.span, b.span, windows),
            compare_spots(narrow[0], narrow[1], windows), acts(a.acts, b.acts),
        )  # fmt: skip
        return None if any(reason.bits == VETO for reason in reasons) else reasons

    def _may(self, a: Claim, b: Claim) -> bool:
        windows = self.mission.windows
        if a.span is not None and b.span is not None:
            timely = _timely(a.span, b.span, windows)
        else:
            timely = abs(a.dated - b.dated) <= _PUBLISHED
        left, right = spots(a), spots(b)
        near = not left or not right or compare_spots(left, right, windows).bits != VETO
        related = not a.acts or not b.acts or acts(a.acts, b.acts).bits >= 0
        return timely and near and related and told_apart(a, b, self.mission) is None


def _bits(reasons: Iterable[Reason]) -> float:
    return sum(reason.bits for reason in reasons)


def _timely(a: Span, b: Span, windows: Windows) -> bool:
    return a.gap(b) <= timedelta(hours=windows.base_hours)


def _one_line(a: Claim, b: Claim) -> bool:
    """Answer whether one act is a kind of the other; a word for any hostile act tells of no act."""
    left, right = set(a.acts) - {Act.HOSTILE_ACT}, set(b.acts) - {Act.HOSTILE_ACT}
    return one_line(left, right)
