"""What others count, each by its own rule, and two of them side by side; nothing is added across rules."""

from __future__ import annotations

from collections import defaultdict
from datetime import time
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.errors import RefusedError
from truceline.model.counting import RULES, ReportedTally, reconcile, total
from truceline.model.coverage import EVERYWHERE
from truceline.model.days import day_of
from truceline.report.words import moment, plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from truceline.model.counting import Reconciliation
    from truceline.report.scene import Scene

OWN = "this mission"


def by_others(scene: Scene) -> tuple[str, ...]:
    """Say each tally with its counter, rule, area, period and as-of, and sums of one counter by one rule alone."""
    return (*(_told(t, scene) for t in scene.mission.tallies), *_sums(scene))


def reconciled(scene: Scene) -> tuple[str, ...]:
    """Set every two tallies side by side whose times overlap, those of this mission among them."""
    counted = [*scene.mission.tallies, *_own(scene)]
    pairs = (
        (one, other)
        for one, other in combinations(counted, 2)
        if one.counter != other.counter and one.start < other.end and other.start < one.end
    )
    return tuple(_beside(reconcile(one, other), scene) for one, other in pairs)


def _own(scene: Scene) -> Iterator[ReportedTally]:
    """Give this mission's own count of each period of whole days for which others give one, by its own rule.

    Of other periods it has none: its incidents are counted by day.
    """
    zone = scene.mission.zone
    periods = sorted({(t.start, t.end) for t in scene.mission.tallies})
    for start, end in periods:
        if any(at.astimezone(zone).time() != time() for at in (start, end)):
            continue
        yield ReportedTally(
            id=OWN, counter=OWN, rule=scene.mission.counting_rule, area=EVERYWHERE, start=start,
            end=end, value=_units(scene, start, end), coverage="what is published, as reported here",
            reported=scene.assessment.as_of,
        )  # fmt: skip


def _units(scene: Scene, start: datetime, end: datetime) -> int:
    """Count the units of which an incident falls on a day that lies wholly in a period."""
    first, last = start.astimezone(scene.mission.zone), end.astimezone(scene.mission.zone)
    days = [[day_of(incident, scene.mission) for incident in unit] for unit in scene.units]
    return sum(1 for unit in days if any(d and first.date() <= d < last.date() for d in unit))


def _sums(scene: Scene) -> Iterator[str]:
    alike: dict[tuple[object, ...], list[ReportedTally]] = defaultdict(list)
    for tally in scene.mission.tallies:
        alike[tally.counter, tally.rule, tally.start, tally.end].append(tally)
    for tallies in alike.values():
        if len(tallies) > 1:
            yield _sum(tallies, scene)


def _sum(tallies: Sequence[ReportedTally], scene: Scene) -> str:
    who = f"{_name(tallies[0], scene)}, {_period(tallies[0], scene)}"
    areas = " and ".join(sorted({_area(t.area, scene) for t in tallies}))
    try:
        return f"{who}: {total(tallies)} in {areas} together, {_rule(tallies[0])}"
    except RefusedError as error:
        return f"{who}: not added, {error.message}"


def _told(tally: ReportedTally, scene: Scene) -> str:
    seen = f"; saw: {tally.coverage}" if tally.coverage else "; what it could see is not said"
    when = moment(tally.reported, scene.mission.zone)
    return (
        f"{_name(tally, scene)}: {tally.value} in {_area(tally.area, scene)}, {_period(tally, scene)}, "
        f"{_rule(tally)}; reported {when}{seen}"
    )


def _beside(found: Reconciliation, scene: Scene) -> str:
    one, other = found.one, found.other
    both = (
        f"{_name(one, scene)} {one.value} against {_name(other, scene)} {other.value}, "
        f"{_period(one, scene)}"
    )
    # The model knows areas by their ids alone.
    ids = f"{one.area}; {other.area}"
    reasons = [
        r.replace(ids, f"{_area(one.area, scene)}; {_area(other.area, scene)}")
        for r in found.reasons
    ]
    if found.difference is None:
        return f"{both}: not comparable; {'; '.join(reasons)}"
    apart = f"{abs(found.difference)} apart" if found.difference else "they agree"
    return "; ".join([f"{both}: {apart}", *reasons])


def _rule(tally: ReportedTally) -> str:
    return f"by the rule {words_of(tally.rule)} ({RULES[tally.rule].unit})"


def _name(tally: ReportedTally, scene: Scene) -> str:
    return (scene.source_names | scene.names).get(tally.counter, tally.counter)


def _area(area: str, scene: Scene) -> str:
    return scene.area_name(area)


def _period(tally: ReportedTally, scene: Scene) -> str:
    zone = scene.mission.zone
    hours = round((tally.end - tally.start).total_seconds() / 3600)
    return f"{plural(hours, 'hour')} from {moment(tally.start, zone)}"
