"""Provision x day: what may be said of it, given who could have seen anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from truceline.judge.force import may_bind
from truceline.model.agreement import Obligation, Prohibition, Undertaking
from truceline.model.coverage import CoverageVerdict
from truceline.model.days import day_bounds, day_of, mission_days, observed
from truceline.model.finding import Occurrence
from truceline.model.judgement import (
    POSITIVE,
    ObligationStanding,
    ObligationState,
    Standing,
    Tally,
)
from truceline.model.place_time import Span, TimePrecision
from truceline.terms.timeline import due_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from truceline.judge.matter import Matter
    from truceline.model.agreement import Agreement
    from truceline.model.evidence import Claim
    from truceline.model.judgement import Classification
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Due, Timelines

_FULL = 0.999


def standings(
    matters: Sequence[Matter],
    classified: Sequence[Classification],
    setting: tuple[Timelines, datetime],
    ceiling: CoverageVerdict,
) -> Iterator[Standing]:
    """Give the standing of every prohibition on every day on which its agreement may have been in force.

    `ceiling` is the most that may be said of a day on which nothing is recorded.
    """
    lines, as_of = setting
    mission = lines.mission
    days = [(day, _binding(day, lines)) for day in mission_days(mission, as_of)]
    positive = {(c.provision, c.incident) for c in classified if c.classification in POSITIVE}
    for agreement in in_order(mission.agreements):
        for provision in agreement.provisions:
            if not isinstance(provision, Prohibition):
                continue
            name = f"{agreement.id}/{provision.id}"
            for day, binding in days:
                if agreement.id in binding:
                    mine = [m for m in matters if _falls(m, agreement, day, mission)]
                    hit = any((name, m.incident.id) in positive for m in mine)
                    verdict = _verdict(observed(day, mission), ceiling, hit=hit)
                    yield _standing(name, day, mine, mission, verdict)


def _binding(day: date, lines: Timelines) -> frozenset[str]:
    """Give the agreements that were, or may have been, the newest in force on a day or a part of it."""
    start, end = day_bounds(day, lines.mission)
    return may_bind(
        Span(earliest=start, latest=end, text=day.isoformat(), precision=TimePrecision.DAY,
             zone_rule=lines.mission.zone_rule),
        lines,
    )  # fmt: skip


def _falls(matter: Matter, agreement: Agreement, day: date, mission: Mission) -> bool:
    return agreement.id in matter.binding.candidates and day_of(matter.incident, mission) == day


def _standing(
    provision: str, day: date, matters: Sequence[Matter], mission: Mission, verdict: CoverageVerdict
) -> Standing:
    fraction = observed(day, mission)
    counted = _once(matters)
    tallies = Counter(m.finding.occurrence for m in counted)
    contested = sum(1 for m in counted if m.incident.contested)
    said = f"{len(counted)} reported" if counted else "none reported"
    words = _WORDS[verdict] if verdict is not _NOT or fraction <= 0 else _UNREAD
    return Standing(
        provision=provision, day=day, standing=verdict, effective_fraction=fraction,
        counting_rule=mission.counting_rule.value,
        tallies=tuple(Tally(occurrence=o, count=tallies[o]) for o in Occurrence if tallies[o]),
        contested=contested,
        sentence=f"{words}; {said}, {contested} contested",
    )  # fmt: skip


_WORDS = {
    CoverageVerdict.VIOLATIONS_RECORDED: "violations recorded",
    CoverageVerdict.OBSERVED_NONE_RECORDED: "observed, none recorded",
    CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED: "partly observed, none recorded",
    CoverageVerdict.NOT_OBSERVED: "not observed: nobody could look, so silence says nothing",
}


_NOT = CoverageVerdict.NOT_OBSERVED
_UNREAD = "not observed: the evidence was refused, so silence says nothing"


def _once(matters: Sequence[Matter]) -> list[Matter]:
    """Keep one matter of each engagement, the one with the strongest finding."""
    ranked = sorted(
        matters, key=lambda m: (-m.finding.strength, m.finding.occurrence, m.incident.id)
    )
    return list({m.incident.engagement or m.incident.id: m for m in reversed(ranked)}.values())


def _verdict(fraction: float, ceiling: CoverageVerdict, *, hit: bool) -> CoverageVerdict:
    if hit:
        return CoverageVerdict.VIOLATIONS_RECORDED
    if fraction <= 0 or ceiling is _NOT:
        return _NOT
    if fraction >= _FULL:
        return ceiling
    return CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED


def obligations(
    claims: Sequence[Claim], mission: Mission, as_of: datetime
) -> Iterator[ObligationStanding]:
    """Give the state of every obligation and undertaking, and the claims that speak of it."""
    for agreement in in_order(mission.agreements):
        if not any(r.instant <= as_of for r in agreement.readings):
            continue
        for provision in agreement.provisions:
            if isinstance(provision, Obligation | Undertaking):
                said = [c for c in claims if set(c.acts) & set(provision.acts)]
                due = due_of(provision, agreement, mission.zone)
                state, sentence = by_the_calendar(due, as_of)
                tracked = not isinstance(provision, Obligation)
                if tracked:
                    sentence = "best-effort words: tracked, never scored as a breach"
                yield ObligationStanding(
                    provision=f"{agreement.id}/{provision.id}",
                    tracked_only=tracked,
                    state=state,
                    claims=tuple(sorted(c.id for c in said)),
                    sentence=f"{sentence}; {len(said)} statements",
                )


def by_the_calendar(due: Due | None, as_of: datetime) -> tuple[ObligationState, str]:
    """Say what the calendar alone says: whether a deed was done is for people to decide."""
    if due is None:
        return ObligationState.NO_DUE_DATE, "the text names no deadline; open, not overdue"
    told = " or ".join(dict.fromkeys(deadline.text for deadline, _ in due.readings))
    moved = f", moved by {due.moved_by.id}" if due.moved_by else ""
    if any(at is not None and at <= as_of for _, at in due.readings):
        return ObligationState.NOT_ASSESSABLE, f"due {told}{moved}; fulfilment is not decided"
    if all(at is None for _, at in due.readings):
        return ObligationState.NOT_DUE, f"due {told}{moved}; what it waits for is not found"
    return ObligationState.NOT_DUE, f"due {told}{moved}"
