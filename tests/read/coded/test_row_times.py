"""Times of coded rows: a word means the interval it says, days are half-open, no time is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.builders import claim_of, mission, partition, project, row
from truceline.model.judgement import Classification
from truceline.model.place_time import Answer, TimePrecision

if TYPE_CHECKING:
    from truceline.model.place_time import Span
    from truceline.model.report import Assessment

LATE = {"pub_date": "2020-12-01"}


def span(t_from: str, word: str, **fields: str) -> Span | None:
    """Read the times of one row."""
    cells = {"t_from_local": t_from, "time_precision": word, **LATE, **fields}
    return claim_of(project([row("A", **cells)]), "A").span


def local(found: Span | None) -> tuple[str, str]:
    """Give the bounds in the fictional mission's time."""
    assert found is not None
    zone = mission().zone
    return tuple(f"{t.astimezone(zone):%Y-%m-%d %H:%M}" for t in (found.earliest, found.latest))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("t_from", "word", "earliest", "latest"),
    [
        ("2020-10-01", "month", "2020-10-01 00:00", "2020-11-01 00:00"),
        ("2020-10-17", "month", "2020-10-01 00:00", "2020-11-01 00:00"),
        ("2020-12-31", "month", "2020-12-01 00:00", "2021-01-01 00:00"),
        ("2020-10-05", "week", "2020-10-05 00:00", "2020-10-12 00:00"),
        ("2020-10-07", "week", "2020-10-05 00:00", "2020-10-14 00:00"),
        ("2020-10-10", "cumulative", "2020-10-08 00:00", "2020-10-11 00:00"),
        ("2020-10-10", "after", "2020-10-10 00:00", "2020-12-02 00:00"),
        ("2020-10-10", "since", "2020-10-10 00:00", "2020-12-02 00:00"),
        ("2020-10-10", "night", "2020-10-10 00:00", "2020-10-11 08:00"),
        ("2020-10-10", "day", "2020-10-10 00:00", "2020-10-11 00:00"),
    ],
)
def test_a_word_means_the_interval_it_says(
    t_from: str, word: str, earliest: str, latest: str
) -> None:
    found = span(t_from, word, pub_date="2021-01-01" if "12-31" in t_from else "2020-12-01")
    assert local(found) == (earliest, latest)


def test_a_month_falls_surely_under_no_agreement_that_began_in_it() -> None:
    found = project([row("A", t_from_local="2020-10-01", time_precision="month", **LATE)])
    told = {j.provision: j.after_entry for j in found.judgements if isinstance(j, Classification)}
    assert set(told.values()) == {Answer.CANNOT_TELL}
    before = project([row("A", t_from_local="2020-09-01", time_precision="month", **LATE)])
    told = {j.provision: j.after_entry for j in before.judgements if isinstance(j, Classification)}
    assert told == {"old/1": Answer.YES}


def problems(found: Assessment) -> list[str]:
    """Give what is wrong in the rows."""
    return [f"{p.field}: {p.message}" for p in found.problems]


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        ({"t_from_local": "2020-10-12", "pub_date": "2020-10-11"}, True),
        ({"t_from_local": "2020-10-11", "pub_date": "2020-10-11"}, False),
        ({"t_from_local": "2020-10-11 23:00", "pub_date": "2020-10-11"}, False),
        ({"t_from_local": "2020-10-11 14:00", "pub_date": "2020-10-11T13:00+04:00"}, True),
        ({"t_from_local": "2020-10-11 14:00", "pub_date": "2020-10-11T15:00+04:00"}, False),
        ({"t_from_local": "2020-10-12", "pub_date": "2020-10-11", "kind": "call"}, False),
    ],
)  # fmt: skip
def test_an_event_after_its_publication_is_a_problem_and_has_no_time(
    fields: dict[str, str],
    late: bool,  # noqa: FBT001
) -> None:
    found = project([row("A", **({"time_precision": ""} | fields))])
    claim = claim_of(found, "A")
    assert (claim.span is None) is late
    assert ("when" in claim.unresolved) is late
    told = (
        "t_from_local: the event lies after the publication of its page; the time stays unresolved"
    )
    assert (told in problems(found)) is late


@pytest.mark.parametrize(
    ("time", "said"),
    [("2020-03-29 02:30", "does not occur"), ("2020-10-25 02:30", "occurs twice")],
)
def test_an_hour_that_the_clock_skips_or_shows_twice_is_refused(time: str, said: str) -> None:
    here = replace(mission(), zone=ZoneInfo("Europe/Berlin"))
    cells = {"t_from_local": time, "time_precision": "minute", **LATE}
    found = project([row("A", **cells)], here)
    assert claim_of(found, "A").span is None
    assert any(said in p and "write the offset meant" in p for p in problems(found))
    with_offset = project([row("A", **(cells | {"t_from_local": f"{time}+02:00"}))], here)
    assert claim_of(with_offset, "A").span is not None
    bare = project(
        [row("A", **(cells | {"t_from_local": time[:10], "time_precision": "day"}))], here
    )
    assert claim_of(bare, "A").span is not None


def test_a_row_may_have_a_zone_of_its_own() -> None:
    own = span("2020-10-11 14:00", "minute", zone="Europe/Moscow")
    assert own is not None
    assert own.earliest == datetime(2020, 10, 11, 11, tzinfo=UTC)
    assert own.zone_rule == "the zone of the row, Europe/Moscow"
    assert own.precision is TimePrecision.MINUTE
    found = project([row("A", zone="Europe/Moskau", **LATE)])
    assert claim_of(found, "A").span is None
    assert any(p.startswith("zone: 'Europe/Moskau' is no offset") for p in problems(found))


def test_two_days_that_touch_at_midnight_are_two_days() -> None:
    same = {"paraphrase": "The same words.", "time_precision": "day", **LATE}
    rows = [
        row("A", t_from_local="2020-10-11", **same),
        row("B", t_from_local="2020-10-12", **same),
    ]
    assert len(partition(project(rows))) == 2
    night = row("N", **(same | {"t_from_local": "2020-10-10", "time_precision": "night"}))
    evening = row("E", **(same | {"t_from_local": "2020-10-11 00:00", "time_precision": "minute"}))
    assert len(partition(project([rows[0], evening]))) == 1
    assert len(partition(project([night, evening]))) == 1


def test_two_strikes_told_apart_by_hour_and_number_stay_two() -> None:
    first = row(
        "A", t_from_local="2020-10-11 01:00", killed="12", paraphrase="A missile hit a house."
    )
    second = row(
        "B", t_from_local="2020-10-11 02:50", killed="2", paraphrase="A missile hit a house."
    )
    assert len(partition(project([first, second]))) == 2
    assert len(partition(project([first, second | {"killed": "12"}]))) == 1
    assert len(partition(project([first, second | {"t_from_local": "2020-10-11 01:50"}]))) == 1
    assert len(partition(project([first, second | {"time_precision": "about"}]))) == 1
