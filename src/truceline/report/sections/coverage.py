"""Who could see what: record by record for the mission's own people, by zone and day for everybody else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.model.coverage import EVERYWHERE, RestrictionClass
from truceline.model.days import day_bounds, mission_days
from truceline.model.place_time import utc_text
from truceline.model.report import Edition
from truceline.report.view import Barred, Coverage, Watch
from truceline.report.words import day_words, moment, percent, plural, words_of
from truceline.terms.named_areas import zones_of
from truceline.terms.watched import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from truceline.model.coverage import CoverageRecord, Restriction
    from truceline.report.scene import Scene

FULL = 0.999


def coverage(scene: Scene) -> Coverage:
    """Say how much of the period anybody could observe, before anything is counted.

    What leaves the mission says it of the past alone, zone by zone in the same words, whoever holds the ground: a record shows where a
    patrol or a camera stood and by which habit, so none leaves.
    """
    days = mission_days(scene.mission, scene.assessment.as_of)
    shares = [scene.observed(day).fraction for day in days]
    dark = sum(1 for share in shares if share <= 0)
    full = sum(1 for share in shares if share >= FULL)
    inside = scene.assessment.edition is Edition.DRAFT
    barred = scene.mission.restrictions if inside else _past(scene)
    return Coverage(
        restricted=len(barred),
        missing=scene.missing([scene.observed(day).deficits for day in days]),
        restrictions=tuple(_each_barred(scene) if inside else _barred_by_zone(scene)),
        sentence=_coverage_sentence(len(days), dark, full), days=len(days),
        days_not_observed=dark, days_partly_observed=len(days) - dark - full, days_observed=full,
        watched=tuple(dict.fromkeys(_watched(scene) if inside else _watched_by_zone(days, scene))),
        records=tuple(_records(scene)) if inside else (),
    )  # fmt: skip


def _records(scene: Scene) -> Iterator[Watch]:
    for r in sorted(scene.mission.coverage, key=lambda r: (r.start, r.area, r.channel)):
        yield Watch(
            area=r.area, channel=r.channel, start=utc_text(r.start), end=utc_text(r.end),
            effective_fraction=round(r.effective_fraction, 4), reason=r.reason,
        )  # fmt: skip


def _each_barred(scene: Scene) -> Iterator[Barred]:
    for found in sorted(scene.mission.restrictions, key=lambda r: (r.start, r.area, r.by)):
        yield _barred(found, scene)


def _barred(found: Restriction, scene: Scene) -> Barred:
    """Say who kept the mission from looking, by the names and the clock of the mission."""
    channel, by = found.channel or "every channel", scene.name(found.by)
    start, end = moment(found.start, scene.mission.zone), moment(found.end, scene.mission.zone)
    left = f"{percent(found.remaining)} left" if found.remaining else "nothing left"
    how = words_of(found.kind)
    how = f"class {how}" if found.kind is RestrictionClass.UNSTATED else how
    who = "author unknown" if found.by == UNKNOWN else f"by {by}"
    told = (
        f"{scene.area_name(found.area)}, {words_of(channel)}: {how}, {who}, "
        f"{start} to {end}, {left}"
    )
    return Barred(
        area=found.area, channel=channel, start=utc_text(found.start), end=utc_text(found.end),
        kind=words_of(found.kind), by=by, remaining=round(found.remaining, 4), reason=found.reason,
        sentence=f"{told}: {found.reason}" if found.reason else told,
    )  # fmt: skip


def _watched(scene: Scene) -> Iterator[str]:
    """Sum up who looked, by area and channel: how many records, over what time, and the hours that they come to.

    Records of one channel that overlap are added here; the share of a zone and day that somebody saw counts them once.
    """
    alike: dict[tuple[str, str], list[CoverageRecord]] = defaultdict(list)
    for record in scene.mission.coverage:
        alike[scene.area_name(record.area), record.channel].append(record)
    for (area, channel), records in sorted(alike.items()):
        hours = [(r.end - r.start).total_seconds() / 3600 for r in records]
        came = sum(h * r.effective_fraction for h, r in zip(hours, records, strict=True))
        first, last = min(r.start for r in records), max(r.end for r in records)
        zone = scene.mission.zone
        yield (
            f"{area}, {words_of(channel)}: {plural(len(records), 'record')} from {moment(first, zone)} to "
            f"{moment(last, zone)}, {sum(hours):.0f} hours that come to {came:.0f} in full"
        )


def _coverage_sentence(days: int, dark: int, full: int) -> str:
    if not days:
        return "The reported period has not begun at this as-of time: no day is covered."
    if dark == days:
        return (
            f"Not observed: on none of the {plural(days, 'day')} could anybody independent look. "
            "Figures are what was claimed, not what happened; silence says nothing."
        )
    return (
        f"Of {plural(days, 'day')}, {full} observed, {days - dark - full} partly observed and "
        f"{dark} not observed. Silence says nothing about a time that was not observed."
    )


def _watched_by_zone(days: Sequence[date], scene: Scene) -> Iterator[str]:
    """Say of every zone of every agreement, or else of the whole area, on how many days of the past it was seen."""
    for name, zone in _grounds(scene):
        seen = [
            scene.watch.seen(zone, (), *day_bounds(day, scene.mission)).fraction for day in days
        ]
        share = sum(seen) / len(seen) if seen else 0.0
        dark, full = sum(s <= 0 for s in seen), sum(s >= FULL for s in seen)
        yield (
            f"{name}: of {plural(len(seen), 'day')}, {full} observed, {len(seen) - dark - full} partly observed and "
            f"{dark} not observed; {percent(share)} of the time"
        )


def _grounds(scene: Scene) -> list[tuple[str, str | None]]:
    """Give the zones with their full names, by the names that readers see; of none, the whole area."""
    zones = zones_of(scene.mission)
    found: list[tuple[str, str | None]] = sorted((scene.area_name(full), full) for full in zones)
    return found or [("The whole area", None)]


def _barred_by_zone(scene: Scene) -> Iterator[Barred]:
    """Add up the restrictions of the past by zone, class and author, without place, hour, channel or note."""
    told: dict[tuple[str, str, str], list[Restriction]] = defaultdict(list)
    for found in _past(scene):
        for name in sorted(set(_met(found.area, scene))):
            told[name, found.kind.value, found.by].append(found)
    for (name, _, by), group in sorted(told.items()):
        yield _added(name, by, group, scene)


def _past(scene: Scene) -> list[Restriction]:
    return [found for found in scene.mission.restrictions if found.start < scene.assessment.as_of]


def _met(area: str, scene: Scene) -> list[str]:
    """Name the zones that a named area has ground in common with."""
    if area == EVERYWHERE:
        return ["The whole area"]
    return [name for name, zone in _grounds(scene) if zone and scene.watch.meets(zone, area)] or [
        "Outside every zone"
    ]


def _added(name: str, by: str, group: Sequence[Restriction], scene: Scene) -> Barred:
    """Say in one sentence how often somebody kept the mission from looking in a zone, and from which day to which."""
    zone, end = scene.mission.zone, min(max(r.end for r in group), scene.assessment.as_of)
    first, last = (day_words(t.astimezone(zone).date()) for t in (min(r.start for r in group), end))
    how, who = words_of(group[0].kind), scene.name(by)
    told = "author unknown" if by == UNKNOWN else f"by {who}"
    kind = f"class {how}" if group[0].kind is RestrictionClass.UNSTATED else how
    when = f"on {first}" if first == last else f"between {first} and {last}"
    return Barred(
        area=name, channel="every channel", start="", end="", kind=how, by=who, reason="",
        remaining=round(min(r.remaining for r in group), 4),
        sentence=f"{name}: {kind}, {told}, {plural(len(group), 'time')}, {when}",
    )  # fmt: skip
