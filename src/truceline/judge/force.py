"""Which agreement was in force at that instant: yes, no or cannot tell, under each reading."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.judgement import Binding, ForceAnswer
from truceline.model.place_time import Answer, TimePrecision
from truceline.terms.timeline import in_order, kept_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.model.agreement import Agreement, Provision
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.model.place_time import Span
    from truceline.terms.timeline import Course, Timelines

NONE = ""
_NEVER = "at no time in force"
# A bare publication date stands for its whole day.
_DAY = timedelta(days=1)


def bind(incident: Incident, published: datetime | None, lines: Timelines) -> Binding:
    """Bind an incident to the agreement in force, keeping rival readings; `published` bounds it above."""
    agreements = in_order(lines.mission.agreements)
    answers = tuple(
        answer
        for agreement in agreements
        for answer in force_of(agreement, lines, incident.span, published)
    )
    candidates = _candidates(agreements, answers)
    sure = candidates[0] if len(candidates) == 1 else None
    beside = _beside(sure, answers, lines.mission)
    newest = sure or (candidates[-1] if candidates else "")
    return Binding(
        incident=incident.id,
        agreement=sure if sure != NONE else None,
        candidates=(*beside, *(c for c in candidates if c != NONE)),
        beside=beside,
        after_entry=agreed([a.in_force for a in answers if a.agreement == newest]),
        answers=answers,
    )


def may_bind(span: Span, lines: Timelines) -> frozenset[str]:
    """Give the agreements that what happened in a span may fall under: none older than one surely in force."""
    agreements = in_order(lines.mission.agreements)
    answers = [f for a in agreements for f in force_of(a, lines, span)]
    found = _candidates(agreements, answers)
    sure = found[0] if len(found) == 1 else None
    return frozenset((*found, *_beside(sure, answers, lines.mission))) - {NONE}


def _beside(bound: str | None, answers: Sequence[ForceAnswer], mission: Mission) -> tuple[str, ...]:
    """Give the older agreements that the bound one keeps alive and that are surely in force too, oldest first."""
    if not bound:
        return ()
    kept = kept_by(bound, mission)
    return tuple(
        a.id
        for a in in_order(mission.agreements)
        if a.id in kept
        and agreed([f.in_force for f in answers if f.agreement == a.id]) is Answer.YES
    )


def agreed(answers: Sequence[Answer]) -> Answer:
    """Give the answer all readings share, else *cannot tell*."""
    return answers[0] if answers and len(set(answers)) == 1 else Answer.CANNOT_TELL


def force_of(
    agreement: Agreement,
    lines: Timelines,
    span: Span | None,
    published: datetime | None = None,
    provision: Provision | None = None,
) -> tuple[ForceAnswer, ...]:
    """Say under each combination of readings whether an agreement, or one provision, was in force over a whole span."""
    return tuple(
        _answer(course, span, published, agreement) for course in lines.of(agreement, provision)
    )


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
    course: Course, span: Span | None, published: datetime | None, agreement: Agreement
) -> ForceAnswer:
    in_force, sentence = (
        _over(course, span) if span is not None else _untimed(course, published, agreement)
    )
    return ForceAnswer(
        agreement=agreement.id, reading=course.reading, in_force=in_force, sentence=sentence
    )


def _untimed(
    course: Course, published: datetime | None, agreement: Agreement
) -> tuple[Answer, str]:
    """Answer for what states no time: it happened before its publication, and nobody knows when."""
    if not course.changes:
        return Answer.NO, f"{_NEVER} ({course.reading})"
    entry = course.changes[0]
    if published is not None and published + _DAY <= entry.at:
        return (
            Answer.NO,
            f"no time is stated, but it was published before entry into force ({course.reading})",
        )
    text = next((r.text for r in agreement.readings if r.instant == entry.at), entry.name)
    return (
        Answer.CANNOT_TELL,
        f"no time is stated; entry into force {text} ({course.reading})",
    )


def _over(course: Course, span: Span) -> tuple[Answer, str]:
    """Answer over a whole span, by the last change before it or the first one after it."""
    told = [(change, span.after(change.at)) for change in course.changes]
    if open_ := [change for change, after in told if after is Answer.CANNOT_TELL]:
        return Answer.CANNOT_TELL, f"the stated time covers {open_[0].name} ({course.reading})"
    past = [change for change, after in told if after is Answer.YES]
    if not course.changes:
        return Answer.NO, f"{_NEVER} ({course.reading})"
    if not past:
        first = course.changes[0]
        distance = _ago(span, first.at - span.latest)
        return Answer.NO, f"{distance} before {first.name} ({course.reading})"
    last = past[-1]
    if span.earliest == last.at:
        return last.answer, f"at or after {last.name} ({course.reading})"
    return (
        last.answer,
        f"{_ago(span, span.earliest - last.at)} after {last.name} ({course.reading})",
    )


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
