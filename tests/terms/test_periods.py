"""Deadlines: moved with their announcement, counted as periods, waiting for a provision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.builders import TRUCE
from tests.terms.test_timeline import DAY, ENTRY, NOON, PLAIN, event, moment, of
from truceline.errors import MissionError
from truceline.judge.terms_at import terms_at
from truceline.model.agreement import (
    Agreement,
    Counting,
    Deadline,
    Event,
    EventKind,
    Obligation,
    Period,
)
from truceline.terms.periods import end_of, length_of
from truceline.terms.timeline import due_of

OWED = next(p for p in TRUCE.provisions if isinstance(p, Obligation))


def owed(*events: Event, due: tuple[Deadline, ...] = (moment(5, "due"),)) -> Agreement:
    """Make a truce with one obligation that is due after five days."""
    return replace(PLAIN, provisions=(replace(OWED, due=due),), events=events)


def due(truce: Agreement) -> tuple[list[datetime | None], str | None]:
    """Give the instants at which its obligation is due, and what moved them."""
    found = due_of(truce.provisions[0], truce, of(truce).zone)
    assert found is not None
    return [at for _, at in found.readings], found.moved_by.id if found.moved_by else None


def test_a_deadline_moves_with_its_announcement() -> None:
    moved = event(EventKind.AMENDS, 9, known=4, on=(OWED.id,))
    truce = owed(moved)
    assert due(truce) == ([NOON + 9 * DAY], moved.id)
    (before,) = terms_at(of(truce), NOON + 3 * DAY)
    (after,) = terms_at(of(truce), NOON + 4 * DAY)
    assert before.provisions[0].due is not None
    assert before.provisions[0].due.moved_by is None
    assert after.provisions[0].due is not None
    assert after.provisions[0].due.moved_by == moved


def test_a_deadline_moved_to_where_it_was_is_not_moved() -> None:
    assert due(owed(event(EventKind.EXTENDS, 5, on=(OWED.id,)))) == ([NOON + 5 * DAY], None)


def period(length: str, counting: Counting, start: str = "entry_into_force") -> Deadline:
    """Make a due date that is a period."""
    said = Period(length=length, start=start, counting=counting)
    return replace(moment(0, f"{length}-{counting}"), instant=None, period=said)


def test_a_period_is_due_once_for_each_reading_of_the_entry() -> None:
    truce = owed(due=(period("P5D", Counting.TO_THE_HOUR),))
    other = replace(ENTRY, id="capital", instant=NOON + timedelta(hours=1))
    both = replace(truce, readings=(ENTRY, other))
    assert due(both)[0] == [NOON + 5 * DAY, NOON + 5 * DAY + timedelta(hours=1)]


def test_rival_counts_of_one_period_are_rival_readings() -> None:
    every = tuple(period("P60D", counting) for counting in Counting)
    truce = owed(due=every)
    start = datetime(2024, 11, 27, 2, tzinfo=UTC)
    truce = replace(truce, readings=(replace(ENTRY, instant=start),))
    beirut = ZoneInfo("Asia/Beirut")
    found = due_of(truce.provisions[0], truce, beirut)
    assert found is not None
    assert [at.astimezone(beirut).isoformat()[:16] for _, at in found.readings if at] == [
        "2025-01-26T04:00", "2025-01-26T00:00", "2025-01-27T00:00",
    ]  # fmt: skip


def test_a_period_from_a_provision_waits_for_it() -> None:
    truce = owed(due=(period("PT72H", Counting.TO_THE_HOUR, start="1"),))
    assert due(truce)[0] == [None]
    (found,) = terms_at(of(truce), NOON + 900 * DAY)
    assert found.provisions[0].state == "not_due"


@pytest.mark.parametrize(
    ("length", "counting", "start", "end"),
    [
        ("P1M", Counting.TO_THE_HOUR, "2024-01-31 12:00", "2024-02-29 12:00"),
        ("P1Y", Counting.TO_THE_HOUR, "2024-02-29 12:00", "2025-02-28 12:00"),
        ("P1D", Counting.TO_THE_HOUR, "2025-03-29 12:00", "2025-03-30 12:00"),
        ("PT24H", Counting.TO_THE_HOUR, "2025-03-29 12:00", "2025-03-30 13:00"),
        ("P1D", Counting.FIRST_DAY_COUNTED, "2025-01-05 09:00", "2025-01-06 00:00"),
        ("P1D", Counting.FIRST_DAY_NOT_COUNTED, "2025-01-05 09:00", "2025-01-07 00:00"),
        ("P2W", Counting.FIRST_DAY_NOT_COUNTED, "2025-01-05 09:00", "2025-01-20 00:00"),
    ],
)
def test_periods_follow_the_calendar_and_the_clock_on_the_wall(
    length: str, counting: Counting, start: str, end: str
) -> None:
    beirut = ZoneInfo("Asia/Beirut")
    begun = datetime.fromisoformat(start).replace(tzinfo=beirut)
    found = end_of(Period(length=length, start="", counting=counting), begun, beirut)
    assert found.astimezone(beirut).isoformat(" ")[:16] == end


@pytest.mark.parametrize("text", ["60D", "P", "PT", "P1DT", "P-3D", "P101Y", "p60d"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(MissionError):
        length_of(text)
