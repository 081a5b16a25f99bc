"""Mission days: which ones count, where an incident falls, how far each was watched."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.model.place_time import Span


def mission_days(mission: Mission, as_of: datetime) -> tuple[date, ...]:
    """Give the mission days that began before the cut-off, from the first reported one."""
    last = (as_of - timedelta(microseconds=1)).astimezone(mission.zone).date()
    count = (last - mission.report_from).days + 1
    return tuple(mission.report_from + timedelta(days=n) for n in range(max(0, count)))


def day_of(incident: Incident, mission: Mission) -> date | None:
    """Give the mission day of an incident, None where the stated time spans more than one day."""
    if incident.span is None:
        return None
    first = incident.span.earliest.astimezone(mission.zone)
    last = incident.span.latest.astimezone(mission.zone)
    middle = (first + (last - first) / 2).date()
    return middle if last - first <= timedelta(days=1) else None


def days_of(span: Span, mission: Mission) -> tuple[date, ...]:
    """Give the mission days that a span touches; one that has a length ends before its last instant."""
    last = max(span.earliest, span.latest - timedelta(microseconds=1)).astimezone(mission.zone)
    first = span.earliest.astimezone(mission.zone).date()
    return tuple(first + timedelta(days=n) for n in range((last.date() - first).days + 1))


def day_bounds(day: date, mission: Mission) -> tuple[datetime, datetime]:
    """Give start and end of a mission day in UTC."""
    start = datetime.combine(day, time(), tzinfo=mission.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=mission.zone).astimezone(UTC)
    return start, end
