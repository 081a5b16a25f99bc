"""What the agreements say at an instant, by what was announced until then: in force, due, and open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.judge.force import agreed, force_of
from truceline.judge.obligations import by_the_calendar
from truceline.model.agreement import Obligation, Undertaking
from truceline.model.judgement import ObligationState
from truceline.model.place_time import Answer, Span, TimePrecision
from truceline.terms.timeline import Timelines, due_of, in_order, known_at, silent_about

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from truceline.model.agreement import Agreement, Provision
    from truceline.model.judgement import ForceAnswer
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Course, Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch in which something is in force, or nobody can tell, under one reading; no `until`: no end is known."""

    reading: str
    since: datetime
    until: datetime | None
    in_force: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionAt:
    """A provision at an instant: its answer, one for each reading, when it is due, and what the calendar says of that."""

    provision: Provision
    in_force: Answer
    answers: tuple[ForceAnswer, ...]
    stretches: tuple[Stretch, ...]
    due: Due | None
    state: ObligationState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAt:
    """An agreement at an instant; `silent_about` are older ones of which it does not say whether they go on."""

    agreement: Agreement
    in_force: Answer
    answers: tuple[ForceAnswer, ...]
    provisions: tuple[ProvisionAt, ...]
    silent_about: tuple[str, ...]


def terms_at(mission: Mission, instant: datetime) -> tuple[AgreementAt, ...]:
    """Give every agreement announced by an instant as it then stands, the oldest first."""
    lines = Timelines(known_at(mission, instant))
    now = Span(
        earliest=instant, latest=instant, text="", precision=TimePrecision.MINUTE, zone_rule=""
    )
    return tuple(_agreement(a, lines, now) for a in in_order(lines.mission.agreements))


def _agreement(agreement: Agreement, lines: Timelines, now: Span) -> AgreementAt:
    answers = force_of(agreement, lines, now)
    return AgreementAt(
        agreement=agreement, in_force=agreed([a.in_force for a in answers]), answers=answers,
        provisions=tuple(_provision(p, agreement, lines, now) for p in agreement.provisions),
        silent_about=silent_about(agreement, lines.mission),
    )  # fmt: skip


def _provision(
    provision: Provision, agreement: Agreement, lines: Timelines, now: Span
) -> ProvisionAt:
    answers = force_of(agreement, lines, now, provision=provision)
    due = due_of(provision, agreement, lines.mission.zone)
    owed = isinstance(provision, Obligation | Undertaking)
    return ProvisionAt(
        provision=provision, in_force=agreed([a.in_force for a in answers]), answers=answers,
        stretches=tuple(
            stretch
            for course in lines.of(agreement, provision)
            for stretch in _stretches(course)
        ),
        due=due, state=by_the_calendar(due, now.latest)[0] if owed else None,
    )  # fmt: skip


def _stretches(course: Course) -> Iterator[Stretch]:
    ends = [*(change.at for change in course.changes[1:]), None]
    for change, until in zip(course.changes, ends, strict=False):
        if change.answer is not Answer.NO:
            yield Stretch(
                reading=course.reading, since=change.at, until=until, in_force=change.answer
            )
