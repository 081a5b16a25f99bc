"""Figures: counts and days; no figure without its rule and coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from truceline.model.days import day_bounds, day_of, mission_days
from truceline.model.finding import AttributionState, Occurrence
from truceline.report.scene import SEVERAL
from truceline.report.sections.tallies import by_others, reconciled
from truceline.report.view import (
    Count,
    Counts,
    Daily,
    Day,
    EntryMark,
)
from truceline.report.view_map import Missing
from truceline.report.words import (
    attribution_words,
    clock,
    day_words,
    offset,
    percent,
    words_of,
)
from truceline.terms.timeline import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from truceline.model.incident import Incident
    from truceline.report.scene import Scene

# Over more days than these, a bar is a week.
_MOST_DAYS = 45
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
NOT_OBSERVED = "not observed"


def counts(scene: Scene) -> Counts:
    """Count incidents by state; an engagement is one unit."""
    occurrence = Counter(f.occurrence for f in scene.findings.values())
    attribution = Counter(f.attribution.state for f in scene.findings.values())
    return Counts(
        claims=len(scene.assessment.claims), incidents=len(scene.incidents),
        units=len(scene.units), contested=sum(1 for i in scene.incidents if i.contested),
        contested_units=sum(1 for unit in scene.units if any(i.contested for i in unit)),
        engagements=len(scene.assessment.engagements),
        occurrence=tuple(
            Count(state=s.value, label=words_of(s), count=occurrence[s]) for s in Occurrence
        ),
        attribution=tuple(
            Count(state=s.value, label=attribution_words(s), count=attribution[s])
            for s in AttributionState if attribution[s]
        ),
        unresolved=_unresolved(scene),
    )  # fmt: skip


def _unresolved(scene: Scene) -> tuple[Count, ...]:
    """Count, field by field, the claims of incidents that leave it open."""
    members = {member for incident in scene.incidents for member in incident.members}
    fields = Counter(
        name for c in scene.assessment.claims if c.id in members for name in c.unresolved
    )
    return tuple(Count(state=n, label=words_of(n), count=fields[n]) for n in sorted(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is counted together: the days of a bar, its units, and how much of it anybody could observe."""

    days: tuple[date, ...]
    label: str
    units: tuple[tuple[Incident, ...], ...]
    share: float
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The whole period in bars by `unit`, and the units that fall on no one day."""

    unit: str
    days: tuple[date, ...]
    bars: tuple[Bar, ...]
    on_no_day: tuple[tuple[Incident, ...], ...]


def bars_of(scene: Scene) -> Bars:
    """Put every unit on its day, and days into weeks where there are many."""
    days = mission_days(scene.mission, scene.assessment.as_of)
    placed: dict[date, list[tuple[Incident, ...]]] = {day: [] for day in days}
    missing: list[tuple[Incident, ...]] = []
    for unit in scene.units:
        day = next((d for d in (day_of(i, scene.mission) for i in unit) if d in placed), None)
        (missing if day is None else placed[day]).append(unit)
    weekly = len(days) > _MOST_DAYS
    return Bars(
        unit="week" if weekly else "day", days=days, on_no_day=tuple(missing),
        bars=tuple(_bar(held, placed, scene) for held in _together(days, weekly=weekly)),
    )  # fmt: skip


def daily(scene: Scene, bars: Bars) -> Daily:
    """Count units by day and by who reports them; those on no one day are listed."""
    return Daily(
        rule=scene.mission.counting_rule.value, reporters=scene.reporters, unit=bars.unit,
        days=tuple(_day(bar, scene) for bar in bars.bars),
        entries=_entries(bars.days, scene, weekly=bars.unit == "week"),
        on_no_day=tuple(
            missing_from(unit[0], _why_no_day(unit, scene), scene) for unit in bars.on_no_day
        ),
        by_others=by_others(scene), reconciled=reconciled(scene),
    )  # fmt: skip


def _why_no_day(unit: tuple[Incident, ...], scene: Scene) -> str:
    if all(i.span is None for i in unit):
        return "time not stated"
    if all(day_of(i, scene.mission) is None for i in unit):
        return "the stated time spans more than one day"
    return "outside the reported days"


def missing_from(incident: Incident, why: str, scene: Scene) -> Missing:
    """Name an incident that a figure leaves out, and why."""
    number = scene.numbers[incident.id]
    return Missing(incident=incident.id, number=number, label=scene.label(incident), why=why)


def _together(days: tuple[date, ...], *, weekly: bool) -> Iterable[tuple[date, ...]]:
    """Put each day by itself, or the days of a week, which begins with Monday, together."""
    if not weekly:
        return ((day,) for day in days)
    return (tuple(held) for _, held in groupby(days, key=lambda day: day.isocalendar()[:2]))


def _bar(
    days: tuple[date, ...], placed: Mapping[date, list[tuple[Incident, ...]]], scene: Scene
) -> Bar:
    share = sum(scene.observed(day).fraction for day in days) / len(days)
    first, last = day_words(days[0]), day_words(days[-1])
    return Bar(
        days=days, label=first if len(days) == 1 else f"{first} to {last}",
        units=tuple(unit for day in days for unit in placed[day]), share=share,
        coverage=NOT_OBSERVED if share <= 0 else f"{percent(share)} observed",
    )  # fmt: skip


def _day(bar: Bar, scene: Scene) -> Day:
    by = Counter(reporter_of(unit, scene) for unit in bar.units)
    return Day(
        day=bar.days[0].isoformat(), label=bar.label, reported=len(bar.units),
        by=tuple(by[reporter.key] for reporter in scene.reporters),
        contested=sum(1 for unit in bar.units if any(i.contested for i in unit)),
        coverage=bar.share, coverage_label=bar.coverage,
    )  # fmt: skip


def reporter_of(unit: tuple[Incident, ...], scene: Scene) -> str:
    """Say who reports a unit; both sides report an engagement."""
    return SEVERAL if len(unit) > 1 else scene.reporter(unit)


def _entries(days: tuple[date, ...], scene: Scene, *, weekly: bool) -> tuple[EntryMark, ...]:
    if not days:
        return ()
    start, zone = day_bounds(days[0], scene.mission)[0], scene.mission.zone
    # A week's bar begins with its Monday, whatever the first day of the period.
    bar, late = (_WEEK, timedelta(days=days[0].weekday())) if weekly else (_DAY, timedelta(0))
    marks = [
        EntryMark(
            agreement=agreement.id, reading=reading.id,
            label=f"{agreement.title}, reading {reading.id}: {clock(reading.instant, zone)} "
            f"{offset(reading.instant, zone)}",
            at=round((reading.instant - start + late) / bar, 5),
        )
        for agreement in scene.mission.agreements for reading in distinct(agreement.readings)
    ]  # fmt: skip
    inside = [mark for mark in marks if late / bar <= mark.at <= (len(days) * _DAY + late) / bar]
    return tuple(sorted(inside, key=lambda m: (m.at, m.agreement, m.reading)))
