"""Provision x zone x day: what may be said of it, given what was recorded and who could have seen anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from truceline.judge.force import may_bind
from truceline.judge.kinds.movement import barred
from truceline.judge.tallied import Tallied
from truceline.model.agreement import Prohibition, ProvisionKind
from truceline.model.coverage import CoverageVerdict
from truceline.model.days import day_bounds, day_of, days_of, mission_days
from truceline.model.finding import Occurrence
from truceline.model.judgement import (
    POSITIVE,
    ClassificationState,
    Recorded,
    Standing,
    Tally,
)
from truceline.model.place_time import Answer, Span, TimePrecision
from truceline.terms.named_areas import apart
from truceline.terms.timeline import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from truceline.judge.matter import Matter
    from truceline.model.agreement import Agreement
    from truceline.model.coverage import Barred
    from truceline.model.judgement import Classification
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Timelines
    from truceline.terms.watch import Seen, Watch

_FULL = 0.999
NO_ZONE = ""
_OPEN = frozenset({ClassificationState.NOT_ASSESSABLE, ClassificationState.EXCEPTION_CLAIMED})


@dataclass(frozen=True, slots=True)
class _Hit:
    """An incident that falls, or may fall (`sure` is false), under a provision in a zone and on a day."""

    key: tuple[str, str, date]
    matter: Matter
    state: ClassificationState
    sure: bool

    @property
    def counts(self) -> bool:
        """Answer whether it stands at the level from which the mandate classifies."""
        return self.matter.mission.mandate.reached(self.matter.finding.occurrence)

    @property
    def unit(self) -> str:
        """What counts once: the engagement, or the incident."""
        return self.matter.incident.engagement or self.matter.incident.id


def standings(
    matters: Sequence[Matter],
    classified: Sequence[Classification],
    setting: tuple[Timelines, Watch, datetime],
    ceiling: CoverageVerdict,
) -> Iterator[Standing]:
    """Give the standing of every prohibition in every zone of it, on every day on which it may have been in force.

    `ceiling` is the most that may be said of a day on which nothing is recorded.
    """
    lines, watch, as_of = setting
    mission = lines.mission
    days = [(day, _binding(day, lines)) for day in mission_days(mission, as_of)]
    hits, tallied = _by_key(_hits(matters, classified, mission)), Tallied(watch)
    for agreement in in_order(mission.agreements):
        mine = [day for day, binding in days if agreement.id in binding]
        for provision in agreement.provisions:
            if isinstance(provision, Prohibition):
                name = f"{agreement.id}/{provision.id}"
                for zone in provision.areas or (NO_ZONE,):
                    for day in _there(mine, zone, agreement, mission):
                        found = hits.get((name, zone, day), ())
                        area = f"{agreement.id}/{zone}" if zone else None
                        bounds = day_bounds(day, mission)
                        seen = _Seen(
                            watch.seen(area, provision.acts, *bounds), ceiling,
                            _bars(provision, watch, area, day), tallied.of(provision.acts, area, *bounds),
                        )  # fmt: skip
                        yield _standing((name, zone, day), found, mission, seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What could be seen of a zone on a day, the most that may be said of it, who kept monitors from moving there, and what they counted."""

    seen: Seen
    ceiling: CoverageVerdict
    bars: tuple[Barred, ...]
    tallied: tuple[str, ...]


def _bars(provision: Prohibition, watch: Watch, area: str | None, day: date) -> tuple[Barred, ...]:
    """Give the restrictions by those bound, or by nobody named, where the provision is about the monitors' freedom to move."""
    if provision.kind is not ProvisionKind.FREEDOM_OF_MOVEMENT_MONITORS:
        return ()
    mission = watch.mission
    bound = {mission.camp(side) for side in provision.by}
    free = (set(mission.side_ids) | set(mission.outsiders)) - set(provision.by)
    found = barred(watch, (area,), *day_bounds(day, mission))
    return tuple(b for b in found if not bound or b.by not in free or mission.camp(b.by) in bound)


def _there(
    days: Sequence[date], zone: str, agreement: Agreement, mission: Mission
) -> Iterator[date]:
    """Give the days of which a part lies within the time in which a zone is one."""
    found = next((z for z in agreement.zones if z.id == zone), None)
    for day in days:
        start, end = day_bounds(day, mission)
        begun = found is None or found.since is None or end > found.since
        if begun and (found is None or found.until is None or start < found.until):
            yield day


def _binding(day: date, lines: Timelines) -> frozenset[str]:
    """Give the agreements that were, or may have been, the newest in force on a day or a part of it."""
    start, end = day_bounds(day, lines.mission)
    return may_bind(
        Span(earliest=start, latest=end, text=day.isoformat(), precision=TimePrecision.DAY,
             zone_rule=lines.mission.zone_rule),
        lines,
    )  # fmt: skip


def _by_key(hits: Iterable[_Hit]) -> Mapping[tuple[str, str, date], tuple[_Hit, ...]]:
    """Sort the hits once and part them by provision, zone and day."""
    ordered = sorted(hits, key=lambda hit: (hit.key, hit.matter.incident.id))
    return {key: tuple(group) for key, group in groupby(ordered, key=lambda hit: hit.key)}


def _hits(
    matters: Sequence[Matter], classified: Sequence[Classification], mission: Mission
) -> Iterator[_Hit]:
    """Give every place and day of what is, or may be, under a provision; what lies outside its scope is not."""
    under: dict[str, list[Classification]] = defaultdict(list)
    for classification in classified:
        if classification.classification is not ClassificationState.OUTSIDE_SCOPE:
            under[classification.incident].append(classification)
    areas = _Areas(mission)
    for matter in matters:
        days = _days(matter, mission)
        for found in under[matter.incident.id]:
            theirs = areas.by_those_bound(found.provision, matter)
            for zone, there in areas.of(found.provision, matter):
                for day, then in days:
                    key = (found.provision, zone, day)
                    yield _Hit(key, matter, found.classification, there and then and theirs)


def _days(matter: Matter, mission: Mission) -> list[tuple[date, bool]]:
    """Give the mission days that its stated time touches; only the one it is counted on, where there is one, is sure."""
    span, counted = matter.incident.span, day_of(matter.incident, mission)
    return [(day, day == counted) for day in days_of(span, mission)] if span else []


class _Areas:
    """Says in which zones of a provision an incident lies, or may lie, and whether those bound are said to have acted."""

    def __init__(self, mission: Mission) -> None:
        self._of: dict[str, tuple[Agreement, Prohibition]] = {
            f"{agreement.id}/{provision.id}": (agreement, provision)
            for agreement in mission.agreements
            for provision in agreement.provisions
            if isinstance(provision, Prohibition)
        }
        self._mission = mission
        self._parted: dict[tuple[str, ...], bool] = {}

    def by_those_bound(self, provision: str, matter: Matter) -> bool:
        """Answer whether it may have been a side that the provision binds, by what is alleged where that may be told."""
        mission, by = matter.mission, self._of[provision][1].by
        alleged = {mission.camp(side) for side in matter.incident.alleged_actors}
        if mission.withholds or not by or not alleged or matter.finding.attribution.party:
            return True
        return bool(alleged & {mission.camp(side) for side in by})

    def of(self, provision: str, matter: Matter) -> Iterator[tuple[str, bool]]:
        """Give each zone with whether it surely lies there, and each in which it may lie.

        What surely lies in one zone may lie in another too where the two have ground in common: a blast somewhere in a
        region may have been in the small area inside it.
        """
        agreement, found = self._of[provision]
        if not found.areas:
            yield NO_ZONE, True
            return
        answers = matter.lies(agreement, found.areas)
        sure = [name for name, told in answers.items() if Answer.YES in told]
        for name, told in answers.items():
            if name in sure:
                yield name, True
            elif (Answer.CANNOT_TELL in told or not told) and (
                not sure or not all(self._apart(agreement, name, other) for other in sure)
            ):
                yield name, False

    def _apart(self, agreement: Agreement, one: str, other: str) -> bool:
        """Answer whether two zones have no ground in common, by the gazetteer where both are made up of its places."""
        key = (agreement.id, *sorted((one, other)))
        if key not in self._parted:
            first, second = (
                next(z for z in agreement.zones if z.id == name) for name in (one, other)
            )
            self._parted[key] = bool(first.of and second.of) and apart(
                first.of, second.of, self._mission
            )
        return self._parted[key]


def _standing(
    key: tuple[str, str, date],
    hits: Sequence[_Hit],
    mission: Mission,
    looked: _Seen,
) -> Standing:
    provision, zone, day = key
    fraction = looked.seen.fraction
    counted = _once([hit for hit in hits if hit.sure])
    tallies = Counter(hit.matter.finding.occurrence for hit in counted)
    recorded = Counter(hit.state for hit in counted if hit.counts)
    uncertain = len({hit.unit for hit in hits if not hit.sure and _matters(hit)})
    contested = sum(1 for hit in counted if hit.matter.incident.contested)
    verdict = _recorded(recorded, uncertain, looked) or _unrecorded(fraction, looked.ceiling)
    return Standing(
        provision=provision, zone=zone or None, day=day, standing=verdict,
        effective_fraction=fraction, hours=_hours(fraction, day, mission), deficits=looked.seen.deficits,
        counting_rule=mission.counting_rule.value,
        tallies=tuple(Tally(occurrence=o, count=tallies[o]) for o in Occurrence if tallies[o]),
        recorded=tuple(
            Recorded(classification=s, count=recorded[s]) for s in ClassificationState if recorded[s]
        ),
        uncertain=uncertain, contested=contested,
        restrictions=looked.bars, counted=looked.tallied,
        sentence=_sentence(verdict, looked, len(counted), contested, uncertain),
    )  # fmt: skip


def _hours(fraction: float, day: date, mission: Mission) -> float:
    """Give the monitored hours of a day: those in which all of the zone was seen, or as much as comes to the same."""
    start, end = day_bounds(day, mission)
    return round(fraction * (end - start).total_seconds() / 3600, 4)


def _matters(hit: _Hit) -> bool:
    """Answer whether a hit of which day or zone cannot be told forbids to say that nothing was recorded."""
    return hit.counts and hit.state in (POSITIVE | _OPEN)


def _sentence(
    verdict: CoverageVerdict, looked: _Seen, reported: int, contested: int, uncertain: int
) -> str:
    words = _WORDS[verdict] if verdict is not _NOT or looked.seen.fraction <= 0 else _UNREAD
    said = f"{reported} reported" if reported else "none reported"
    more = f"; {uncertain} more may belong here" if uncertain else ""
    bars = sum(bar.count for bar in looked.bars)
    barred = f"; {bars} restriction{'' if bars == 1 else 's'} of movement" if bars else ""
    tallied = f"; monitors count some ({', '.join(looked.tallied)})" if looked.tallied else ""
    return f"{words}; {said}, {contested} contested{more}{barred}{tallied}"


_WORDS = {
    CoverageVerdict.VIOLATIONS_RECORDED: "violations recorded",
    CoverageVerdict.RECORDED_NOT_ASSESSABLE: "recorded, and what it was under the provision cannot be told",
    CoverageVerdict.OBSERVED_NONE_RECORDED: "observed, none recorded",
    CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED: "partly observed, none recorded",
    CoverageVerdict.NOT_OBSERVED: "not observed: nobody could look, so silence says nothing",
}


_NOT = CoverageVerdict.NOT_OBSERVED
_UNREAD = "not observed: the evidence was refused, so silence says nothing"


def _once(hits: Sequence[_Hit]) -> list[_Hit]:
    """Keep one of each engagement: what is most of a breach, and of equals the one with the strongest finding."""
    ranked = sorted(
        hits,
        key=lambda h: (
            -_GRAVITY.get(h.state, 0) * h.counts, -h.matter.finding.strength,
            h.matter.finding.occurrence, h.matter.incident.id,
        ),
    )  # fmt: skip
    return list({hit.unit: hit for hit in reversed(ranked)}.values())


_GRAVITY = {
    ClassificationState.SERIOUS_VIOLATION: 4,
    ClassificationState.MINOR_VIOLATION: 3,
    ClassificationState.EXCEPTION_CLAIMED: 2,
    ClassificationState.NOT_ASSESSABLE: 1,
}


def _recorded(
    recorded: Mapping[ClassificationState, int], uncertain: int, looked: _Seen
) -> CoverageVerdict | None:
    """Give the verdict of a day on which something is recorded, None where nothing is.

    A restriction, and what monitors count, is no violation until people classify it; a day with one is never one on which
    nothing is recorded.
    """
    if any(recorded.get(state) for state in POSITIVE):
        return CoverageVerdict.VIOLATIONS_RECORDED
    if uncertain or looked.bars or looked.tallied or any(recorded.get(state) for state in _OPEN):
        return CoverageVerdict.RECORDED_NOT_ASSESSABLE
    return None


def _unrecorded(fraction: float, ceiling: CoverageVerdict) -> CoverageVerdict:
    """Give the verdict of a day on which nothing is recorded."""
    if fraction <= 0 or ceiling is _NOT:
        return _NOT
    if fraction >= _FULL:
        return ceiling
    return CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED
