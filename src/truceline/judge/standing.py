"""Provision x day: what may be said of it, given who could have seen anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from truceline.judge.force import in_order
from truceline.model.agreement import Obligation, Prohibition
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from truceline.judge.classify import Matter
    from truceline.model.agreement import Agreement, Provision
    from truceline.model.evidence import Claim
    from truceline.model.judgement import Classification
    from truceline.model.mission import Mission

_FULL = 0.999


def standings(
    matters: Sequence[Matter],
    classified: Sequence[Classification],
    setting: tuple[Mission, datetime],
    ceiling: CoverageVerdict,
) -> Iterator[Standing]:
    """Give the standing of every prohibition on every day on which its agreement may have been in force.

    `ceiling` is the most that may be said of a day on which nothing is recorded.
    """
    mission, as_of = setting
    positive = {(c.provision, c.incident) for c in classified if c.classification in POSITIVE}
    for agreement in in_order(mission.agreements):
        for provision in agreement.provisions:
            if not isinstance(provision, Prohibition):
                continue
            name = f"{agreement.id}/{provision.id}"
            for day in mission_days(mission, as_of):
                if _in_force_on(agreement, day, mission):
                    mine = [m for m in matters if _falls(m, agreement, day, mission)]
                    hit = any((name, m.incident.id) in positive for m in mine)
                    verdict = _verdict(observed(day, mission), ceiling, hit=hit)
                    yield _standing(name, day, mine, mission, verdict)


def _in_force_on(agreement: Agreement, day: date, mission: Mission) -> bool:
    """Answer whether the agreement was, or may have been, the newest in force on a day."""
    start, end = day_bounds(day, mission)
    newer = [
        a for a in mission.agreements
        if a.id != agreement.id and a.readings[0].instant > agreement.readings[0].instant
        and all(r.instant <= start for r in a.readings)
    ]  # fmt: skip
    return not newer and any(r.instant < end for r in agreement.readings)


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
            if not isinstance(provision, Prohibition):
                said = [c for c in claims if set(c.acts) & set(provision.acts)]
                yield _obligation(agreement, provision, said, as_of)


def _obligation(
    agreement: Agreement, provision: Provision, claims: Sequence[Claim], as_of: datetime
) -> ObligationStanding:
    tracked = not isinstance(provision, Obligation)
    state, sentence = ObligationState.NO_DUE_DATE, "the text names no deadline; open, not overdue"
    if isinstance(provision, Obligation) and provision.due is not None:
        # Whether a deed was done is for people to decide; the calendar alone says due or not.
        due = provision.due.instant <= as_of
        state = ObligationState.NOT_ASSESSABLE if due else ObligationState.NOT_DUE
        sentence = f"due {provision.due.text}" + ("; fulfilment is not decided" if due else "")
    if tracked:
        sentence = "best-effort words: tracked, never scored as a breach"
    return ObligationStanding(
        provision=f"{agreement.id}/{provision.id}",
        tracked_only=tracked,
        state=state,
        claims=tuple(sorted(c.id for c in claims)),
        sentence=f"{sentence}; {len(claims)} statements",
    )
