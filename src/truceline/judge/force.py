"""Which agreement was in force at that instant: yes, no or cannot tell, under each reading."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.judgement import Binding, ForceAnswer
from truceline.model.place_time import Answer, TimePrecision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.model.agreement import Agreement, Reading
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.model.place_time import Span

NONE = ""
# A bare publication date stands for its whole day.
_DAY = timedelta(days=1)


def bind(incident: Incident, published: datetime | None, mission: Mission) -> Binding:
    """Bind an incident to the agreement in force, keeping rival readings; `published` bounds it above."""
    agreements = in_order(mission.agreements)
    answers = tuple(
        _answer(incident.span, published, agreement, reading)
        for agreement in agreements
        for reading in agreement.readings
    )
    candidates = _candidates(agreements, answers)
    sure = candidates[0] if len(candidates) == 1 else None
    newest = sure or (candidates[-1] if candidates else "")
    return Binding(
        incident=incident.id,
        agreement=sure if sure != NONE else None,
        candidates=tuple(c for c in candidates if c != NONE),
        after_entry=agreed([a.in_force for a in answers if a.agreement == newest]),
        answers=answers,
    )


def in_order(agreements: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Sort agreements by their first reading's instant."""
    return tuple(sorted(agreements, key=lambda a: (a.readings[0].instant, a.id)))


def agreed(answers: Sequence[Answer]) -> Answer:
    """Give the answer all readings share, else *cannot tell*."""
    return answers[0] if answers and len(set(answers)) == 1 else Answer.CANNOT_TELL


def _candidates(agreements: Sequence[Agreement], answers: Sequence[ForceAnswer]) -> tuple[str, ...]:
    """Every agreement the incident may fall under, oldest first; the newest in force binds."""
    found: list[str] = []
    for agreement in reversed(agreements):
        mine = agreed([a.in_force for a in answers if a.agreement == agreement.id])
        if mine is not Answer.NO:
            found.append(agreement.id)
        if mine is Answer.YES:
            return tuple(reversed(found))
    return tuple(reversed([*found, NONE]))


def _answer(
    span: Span | None, published: datetime | None, agreement: Agreement, reading: Reading
) -> ForceAnswer:
    in_force = Answer.CANNOT_TELL
    if span is not None:
        in_force = span.after(reading.instant)
        sentence = _sentence(span, reading)
    elif published is not None and published + _DAY <= reading.instant:
        in_force = Answer.NO
        sentence = f"no time is stated, but it was published before entry into force ({reading.id})"
    else:
        sentence = f"no time is stated; entry into force {reading.text} ({reading.id})"
    return ForceAnswer(
        agreement=agreement.id,
        reading=reading.id,
        in_force=in_force,
        sentence=sentence,
    )


def _sentence(span: Span, reading: Reading) -> str:
    match span.after(reading.instant):
        case Answer.YES if span.earliest == reading.instant:
            return f"at or after entry into force ({reading.id})"
        case Answer.YES:
            return f"{_ago(span, span.earliest - reading.instant)} after entry into force ({reading.id})"
        case Answer.NO:
            return f"{_ago(span, reading.instant - span.latest)} before entry into force ({reading.id})"
        case Answer.CANNOT_TELL:
            return f"the stated time covers entry into force ({reading.id})"


def _ago(span: Span, distance: timedelta) -> str:
    """Say a distance in the unit that suits it; an uncertain time is *at least* that far."""
    least = "" if span.precision is TimePrecision.MINUTE else "at least "
    minutes = int(distance.total_seconds() // 60)
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        text = (
            f"{hours} h {rest} min"
            if hours and rest
            else f"{hours} h"
            if hours
            else f"{rest} minutes"
        )
        return f"{least}{text}"
    days = minutes // (24 * 60)
    return f"{least}{days} day" + ("" if days == 1 else "s")
