"""How values read on a page: times, counts and states in plain words, without any locale."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from truceline.model.finding import AttributionState, Occurrence, TableRow
from truceline.model.place_time import TimePrecision

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from truceline.model.coverage import CoverageVerdict
    from truceline.model.finding import Finding
    from truceline.model.place_time import Span

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PRECISION = {
    TimePrecision.ABOUT: " (about)",
    TimePrecision.PART_OF_DAY: " (part of a day)",
    TimePrecision.OPEN_ENDED: " (one end not stated)",
}
_NO_TIME = "time not stated"


def offset(instant: datetime, zone: tzinfo) -> str:
    """Name the offset of a zone at an instant: `UTC+4`, `UTC+5:30`, `UTC`."""
    minutes = int((instant.astimezone(zone).utcoffset() or timedelta()).total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"


def day_words(day: date) -> str:
    """Write a day as `10 Oct 2020`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock(instant: datetime, zone: tzinfo) -> str:
    """Write the time of day in a zone as `12:05`."""
    local = instant.astimezone(zone)
    return f"{local.hour:02d}:{local.minute:02d}"


def moment(instant: datetime, zone: tzinfo) -> str:
    """Write an instant as `10 Oct 2020, 12:05 UTC+4`."""
    day = day_words(instant.astimezone(zone).date())
    return f"{day}, {clock(instant, zone)} {offset(instant, zone)}"


def span_words(span: Span | None, zone: tzinfo) -> str:
    """Write a span in mission time, as finely as it was stated and no finer."""
    if span is None:
        return _NO_TIME
    first, last = span.earliest.astimezone(zone), span.latest.astimezone(zone)
    if first == last:
        return moment(span.earliest, zone)
    if _midnight(first) and (_midnight(last) or span.precision is TimePrecision.DAY):
        return _whole_days(first.date(), (last - timedelta(microseconds=1)).date())
    if span.precision is TimePrecision.DAY and first.date() == last.date():
        return _whole_days(first.date(), last.date())
    note = _PRECISION.get(span.precision, "")
    if first.date() == last.date():
        times = f"{clock(span.earliest, zone)}-{clock(span.latest, zone)}"
        return f"{day_words(first.date())}, {times} {offset(span.latest, zone)}{note}"
    return f"{moment(span.earliest, zone)} to {moment(span.latest, zone)}{note}"


def published(instant: datetime, zone: tzinfo) -> str:
    """Write a publication time; midnight stands for a day whose hour is not known."""
    local = instant.astimezone(zone)
    return day_words(local.date()) if _midnight(local) else moment(instant, zone)


def _midnight(local: datetime) -> bool:
    return local.time() == time()


def _whole_days(first: date, last: date) -> str:
    if first == last:
        return f"{day_words(first)}, time of day not stated"
    return f"{day_words(first)} to {day_words(last)}, time of day not stated"


def span_utc(span: Span | None) -> str:
    """Write a span in UTC with its bounds, for readers elsewhere."""
    if span is None:
        return _NO_TIME
    if span.earliest == span.latest:
        return moment(span.earliest, UTC)
    return f"{moment(span.earliest, UTC)} to {moment(span.latest, UTC)}"


def plural(count: int, word: str, many: str | None = None) -> str:
    """Write a count with its noun: `1 incident`, `2 incidents`."""
    return f"{count} {word}" if count == 1 else f"{count} {many or word + 's'}"


def words_of(state: str) -> str:
    """Write a state's name in words: `not_observed` becomes `not observed`."""
    return state.replace("_", " ")


def coverage_words(verdict: CoverageVerdict) -> str:
    """Write what may be said of a zone and day in words."""
    words = words_of(verdict).replace("recorded not", "recorded, not")
    return words.replace("observed none", "observed, none")


AWAITING = ", awaiting two people"
_ATTRIBUTION = {
    AttributionState.WITHHELD_BY_MANDATE: "no attribution (not in the mandate)",
    AttributionState.UNDETERMINED: "attribution undetermined",
    AttributionState.CONTESTED: "attribution contested",
    AttributionState.INDICATED: "attribution indicated",
    AttributionState.ASSESSED: "attribution assessed",
    AttributionState.DETERMINED: "attribution determined",
    AttributionState.ACKNOWLEDGED_BY_PARTY: "acknowledged by the party",
}


def attribution_words(state: AttributionState) -> str:
    """Write an attribution state as it is said outside the mission."""
    return _ATTRIBUTION[state]


def who_words(finding: Finding) -> str:
    """Write the attribution of a finding, and that a name awaits two people."""
    told = attribution_words(finding.attribution.state)
    awaits = finding.attribution.party is not None and "party" in finding.release.awaits
    return f"{told}{AWAITING if awaits else ''}"


def occurrence_words(finding: Finding) -> str:
    """Write an occurrence: `confirmed (by admission)`, and that it awaits two people."""
    told = words_of(finding.occurrence)
    if finding.occurrence is not Occurrence.CONFIRMED:
        return told
    how = " (by admission)" if finding.row is TableRow.ADMITTED else ""
    return f"{told}{how}{AWAITING if 'occurrence' in finding.release.awaits else ''}"


def percent(fraction: float) -> str:
    """Write a share: never `0 %` for something that is not quite nothing."""
    if 0 < fraction < 0.01:  # noqa: PLR2004  below one per cent
        return "below 1 %"
    return f"{int(fraction * 100 + 0.5)} %"


def join(names: tuple[str, ...], most: int = 3) -> str:
    """Join names, saying how many more there are: `a; b; c and 2 more`."""
    shown = "; ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def short(digest: str) -> str:
    """Shorten a long digest for people; the JSON files hold it whole."""
    return digest if len(digest) <= 20 else f"{digest[:16]}..."  # noqa: PLR2004  fits a phone
