"""What is charted, and the message of each chart; nothing is drawn that is not counted elsewhere too."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.days import day_of
from truceline.model.finding import LADDER, Occurrence
from truceline.report.sections.obligations import due_by
from truceline.report.view_charts import (
    Charts,
    DueChart,
    DueRow,
    FlowChart,
    FlowIncident,
    FlowOrigin,
    FoundBar,
    FoundChart,
    HourChart,
    HourColumn,
    RangeChart,
    RangeRow,
)
from truceline.report.words import day_words, moment, occurrence_words, plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from truceline.model.finding import Estimate, Finding
    from truceline.model.incident import Incident
    from truceline.model.judgement import ObligationStanding
    from truceline.report.scene import Scene
    from truceline.report.sections.counts import Bar, Bars

_BLOCKS, _RANGES, _HOUR = 6, 12, timedelta(hours=1)
# What is drawn at the bottom of a bar is what most is known of.
_STATES = (*reversed(LADDER), Occurrence.CANNOT_BE_DETERMINED, Occurrence.REFUTED)
_STRONG = frozenset({Occurrence.CONFIRMED, Occurrence.CORROBORATED})


def charts(scene: Scene, bars: Bars) -> Charts:
    """Give every chart, by the days or weeks that figures are counted by."""
    return Charts(
        found=_found(scene, bars.bars, bars.unit), hours=_hours(scene, bars.bars), flow=_flow(scene),
        ranges=_ranges(scene), dues=_dues(scene),
    )  # fmt: skip


def _state(unit: Sequence[Incident], scene: Scene) -> Occurrence:
    """Give how a unit is found: an engagement counts once, as its best told part."""
    states = [scene.findings[i.id].occurrence for i in unit]
    return min(states, key=_STATES.index)


def _found(scene: Scene, bars: Sequence[Bar], unit: str) -> FoundChart:
    counted = [Counter(_state(u, scene) for u in bar.units) for bar in bars]
    total = sum(counted, Counter[Occurrence]())
    states = tuple(state for state in _STATES if total[state])
    strong = sum(total[state] for state in _STRONG)
    whole = sum(total.values())
    return FoundChart(
        title=f"{strong or 'None'} of {plural(whole, 'incident')} counted by {unit} "
        f"{'is' if strong <= 1 else 'are'} corroborated or confirmed",
        unit=unit, states=tuple(states), labels=tuple(words_of(s) for s in states),
        bars=tuple(
            FoundBar(
                label=bar.label, found=tuple(count[s] for s in states),
                coverage=bar.share, coverage_label=bar.coverage,
            )
            for bar, count in zip(bars, counted, strict=True)
        ),
    )  # fmt: skip


def _hours(scene: Scene, bars: Sequence[Bar]) -> HourChart:
    """Count incidents by the hour that is stated of them, where their time is stated to within an hour."""
    known = {day: n for n, bar in enumerate(bars) for day in bar.days}
    found: Counter[tuple[int, int]] = Counter()
    for incident in scene.incidents:
        at = _hour(incident, scene)
        if at and at[0] in known:
            found[known[at[0]], at[1]] += 1
    by_hour: Counter[int] = Counter()
    for (_, hour), count in found.items():
        by_hour[hour] += count
    told = sum(by_hour.values())
    return HourChart(
        title=_busiest(by_hour, told), without=len(scene.incidents) - told,
        columns=tuple(
            HourColumn(
                label=bar.label, hours=tuple(found[n, h] for h in range(24)), coverage=bar.share
            )
            for n, bar in enumerate(bars)
        ),
    )  # fmt: skip


def _hour(incident: Incident, scene: Scene) -> tuple[date, int] | None:
    span, day = incident.span, day_of(incident, scene.mission)
    if span is None or day is None or span.width > _HOUR:
        return None
    # `About 13:00` is kept as the half hour before and after it: its middle is the hour that was stated.
    return day, span.middle.astimezone(scene.mission.zone).hour


def _busiest(by_hour: Counter[int], told: int) -> str:
    if not told:
        return "No incident is stated to within an hour"
    most = max(by_hour.values())
    hours = [hour for hour in sorted(by_hour) if by_hour[hour] == most]
    if len(hours) > 2:  # noqa: PLR2004 - no hour stands out
        return f"{plural(told, 'incident')} with a stated hour, in no one hour more than {most}"
    when = " and ".join(f"{hour:02}:00-{(hour + 1) % 24:02}:00" for hour in hours)
    return f"Of {plural(told, 'incident')} with a stated hour, most ({most}) at {when}"


def _flow(scene: Scene) -> FlowChart:
    def outlets(incident: Incident) -> int:
        return sum(origin.outlets for origin in scene.findings[incident.id].origins)

    busy = sorted(scene.incidents, key=lambda i: (-outlets(i), scene.numbers[i.id]))[:_BLOCKS]
    busy = [i for i in busy if outlets(i)]
    findings = scene.findings.values()
    supported = [f for f in findings if f.origins]
    alone = sum(1 for f in supported if all(o.interested for o in f.origins))
    return FlowChart(
        title=f"{alone or 'None'} of {plural(len(supported), 'incident')} "
        f"{'rests' if alone <= 1 else 'rest'} on origins alone that have an interest or that nobody knows",
        incidents=tuple(flow_incident(i, scene) for i in busy),
    )  # fmt: skip


def flow_incident(incident: Incident, scene: Scene) -> FlowIncident:
    """Show how the outlets that tell of an incident fold into its origins."""
    finding: Finding = scene.findings[incident.id]
    ordered = sorted(finding.origins, key=lambda o: (-o.outlets, o.interested, o.label, o.id))
    return FlowIncident(
        number=scene.numbers[incident.id], state=finding.occurrence.value,
        label=f"{scene.where(incident)}, {scene.what(incident)}",
        state_label=occurrence_words(finding),
        origins=tuple(
            FlowOrigin(
                label=o.label, interested=o.interested, outlets=o.outlets, claims=len(o.claims)
            )
            for o in ordered
        ),
    )  # fmt: skip


def _ranges(scene: Scene) -> RangeChart:
    rows = [
        (estimate, incident) for incident in scene.incidents
        for estimate in scene.findings[incident.id].casualties if estimate.high != 0
    ]  # fmt: skip
    rows.sort(
        key=lambda row: (-_top(row[0]), scene.numbers[row[1].id], row[0].measure, row[0].status)
    )
    unsure = sum(1 for e, _ in rows if e.high is None or e.high != (e.low or 0))
    return RangeChart(
        title=f"In {unsure or 'none'} of {plural(len(rows), 'figure')} on persons harmed the sources differ or leave an end open",
        rows=tuple(
            RangeRow(
                number=scene.numbers[i.id], label=scene.where(i), measure=_measure(e),
                low=e.low or 0, best=e.best, high=e.high,
            )
            for e, i in rows[:_RANGES]
        ),
    )  # fmt: skip


def _top(estimate: Estimate) -> int:
    return max(estimate.low or 0, estimate.best or 0, estimate.high or 0)


def _measure(estimate: Estimate) -> str:
    status = "" if estimate.status == "not_stated" else f", {words_of(estimate.status)}"
    return f"{estimate.measure}{status}"


def _instants(standing: ObligationStanding, scene: Scene) -> list[datetime]:
    due = due_by(standing, scene)
    return sorted({at for _, at in due.readings if at is not None}) if due else []


def _dues(scene: Scene) -> DueChart:
    dated = [
        (standing, dues) for standing in scene.obligations if (dues := _instants(standing, scene))
    ]
    now = scene.assessment.as_of
    instants = [at for _, dues in dated for at in dues]
    first, last = min((*instants, now)), max((*instants, now))
    whole = (last - first) or timedelta(days=1)
    zone = scene.mission.zone
    states = Counter(words_of(standing.state) for standing, _ in dated)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))

    def share(at: datetime) -> float:
        return round((at - first) / whole, 4)

    rows: Iterator[DueRow] = (
        DueRow(
            label=scene.title_of(standing.provision), state=standing.state.value,
            state_label=words_of(standing.state),
            due=tuple(moment(at, zone) for at in dues), at=tuple(share(at) for at in dues),
        )
        for standing, dues in sorted(dated, key=lambda row: (row[1], row[0].provision))
    )  # fmt: skip
    return DueChart(
        title=f"{plural(len(dated), 'obligation')} with a due date: {told}" if dated else "No obligation has a due date",
        start=day_words(first.astimezone(zone).date()), end=day_words(last.astimezone(zone).date()),
        now=share(now), undated=len(scene.obligations) - len(dated), rows=tuple(rows),
    )  # fmt: skip
