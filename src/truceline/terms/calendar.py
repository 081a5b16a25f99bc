"""Local time to UTC; refused: an hour without a zone, and one that the clock skips or repeats."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from truceline.errors import MissionError, UsageError
from truceline.model.place_time import FIRST_YEAR, LAST_YEAR, plausible_year
from truceline.terms.samples import SAMPLE_DAY, instant_of, rewritten
from truceline.terms.words import nearest

if TYPE_CHECKING:
    from truceline.model.mission import Mission

LOCAL_PATTERN = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$"
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
_MAX_OFFSET = timedelta(hours=14)
_MINUTES_PER_HOUR = 60


def mission_zone(text: str) -> tzinfo:
    """Give the zone of an offset such as `+04:00` or of an IANA name; MissionError otherwise."""
    if text in {"UTC", "Z"}:
        return UTC
    if written := _OFFSET.fullmatch(text):
        sign, hours, minutes = written.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if int(minutes) >= _MINUTES_PER_HOUR or offset > _MAX_OFFSET:
            msg = f"no place on earth has the offset {text!r}"
            raise MissionError(msg, 'write hours and minutes from UTC, such as "+04:00"')
        return timezone(-offset if sign == "-" else offset)
    return _named(text)


def _named(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = nearest(text, available_timezones())
        question = f"did you mean {near}? " if near else ""
        msg = f"{text!r} is no offset and no IANA zone name"
        advice = f'{question}write an offset such as "+04:00" or a name such as Asia/Baku'
        raise MissionError(msg, advice) from None


def day(text: str) -> date:
    """Give the calendar day of `2020-10-10`; MissionError when there is no such day."""
    if re.fullmatch(DATE_PATTERN, text):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            refuse_year(found, text)
            return found
    msg = f"{text!r} is not a day of the calendar"
    raise MissionError(msg, rewritten(text) or f"write year-month-day, such as {SAMPLE_DAY}")


def refuse_year(when: date, text: str) -> None:
    """Raise MissionError for a year that no truce of ours can have."""
    if not plausible_year(when):
        msg = f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise MissionError(msg, "correct the year")


def instant(text: str, zone: tzinfo | None) -> datetime:
    """Give the UTC instant of `2020-10-10 12:00`, read by its own offset or else by `zone`.

    MissionError: no such time, no zone at all, an offset beside another zone, an hour that the
    clock of the zone skips or shows twice, a year that no truce of ours can have.
    """
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a time"
        advice = rewritten(text) or f'write "{SAMPLE_DAY} 12:00", with the zone beside it'
        raise MissionError(msg, advice) from None
    refuse_year(local, text)
    if local.tzinfo is not None:
        if zone is not None and zone.utcoffset(local.replace(tzinfo=None)) != local.utcoffset():
            msg = f"{text!r} carries an offset that the zone beside it does not have then"
            raise MissionError(msg, "write the local time without an offset, or correct the zone")
        return local.astimezone(UTC)
    if zone is None:
        msg = f"{text!r} names no time zone"
        raise MissionError(msg, "give the zone, or the explicit rule by which it is to be read")
    refuse_clock_change(local, zone, text)
    return local.replace(tzinfo=zone).astimezone(UTC)


def asked_instant(text: str, mission: Mission, what: str) -> datetime:
    """Read an instant that somebody asks for; a bare date is its 00:00 in mission time, and `what` names it in a UsageError."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is not None and instant.tzinfo is None and len(text) == len(SAMPLE_DAY):
        instant = instant.replace(tzinfo=mission.zone)
    if instant is None or instant.tzinfo is None:
        raise UsageError(
            f"{text!r} is no {what}",
            rewritten(text) or f"give a date, or a time with its zone: {instant_of(mission)}",
        )
    if not plausible_year(instant):
        raise UsageError(f"{text!r} is no {what}", f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return instant


def reported_at(text: str, zone: tzinfo) -> datetime | None:
    """Give when a row was reported: a bare date is its 00:00 in `zone`; None where the cell is no such time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def refuse_clock_change(local: datetime, zone: tzinfo, text: str) -> None:
    """Refuse a local time that occurs twice or never (PEP 495: the two folds then differ)."""
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    round_trip = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    happens = "occurs twice" if round_trip == local else "does not occur"
    offsets = " or ".join(f'"{_written(t.utcoffset())}"' for t in (first, second))
    msg = f"{text!r} {happens} in {zone}: the clocks change there"
    raise MissionError(msg, f"write the offset meant instead of the zone name: {offsets}")


def _written(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta(0)).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
