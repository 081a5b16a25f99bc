"""Words of time to intervals: every form that is read, and what must stay open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from tests.read.lines import times
from tests.read.reading import read
from truceline.model.coding import TimeKind, ZoneBasis
from truceline.model.evidence import Claim
from truceline.read.grammar.clock import Time

SUNDAY = "2020-10-11"
EAST = timezone(timedelta(hours=4))


def moment(when: datetime) -> str:
    """Give a day, or a day with its minute where it is not midnight."""
    return f"{when:%Y-%m-%d}" if when.time() == datetime.min.time() else f"{when:%Y-%m-%dT%H:%M}"


def shown(time: Time, zone: tzinfo | None) -> str:
    """Give a time as `bounds granularity`, with zone, kind and flags where they are not the usual."""
    time = time.checked(zone)
    bounds = time.bounds(zone)
    if bounds is None:
        words = ["open"]
    else:
        low, high = moment(bounds[0]), moment(bounds[1])
        words = [low if low == high else f"{low}..{high}"]
    words.append(time.granularity.value)
    words += ["stated"] if bounds and bounds[2] is ZoneBasis.STATED else []
    words += [time.kind.value] if time.kind is not TimeKind.OCCURRENCE else []
    return " ".join([*words, *sorted(time.flags)])


def seen(text: str, published: str | None, zone: tzinfo | None) -> str:
    """Give all times of a text."""
    return " | ".join(shown(t, zone) for t in times(text, published))


TENTH = "2020-10-10..2020-10-11 day"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fired on 10 October 2020.", TENTH),
        ("They fired on 10 October.", TENTH),
        ("They fired on October 10.", TENTH),
        ("They fired on October 10, 2020.", TENTH),
        ("They fired on Oct. 10.", TENTH),
        ("They fired on Oct. 10th.", TENTH),
        ("They fired on Oct 10 2020.", TENTH),
        ("They fired on the 10th of October.", TENTH),
        ("They fired on 10th October 2020.", TENTH),
        ("They fired on October 10th, 2020.", TENTH),
        ("They fired on 2020-10-10.", TENTH),
        ("They fired on 2020/10/10.", TENTH),
        ("They fired on 10.10.2020.", TENTH),
        ("They fired on 10.10.20.", TENTH),
        ("They fired on 10/10/2020.", TENTH),
        ("They fired on 13/09/2020.", "2020-09-13..2020-09-14 day"),
        ("They fired on 09/13/2020.", "2020-09-13..2020-09-14 day"),
        ("They fired on 10/09/2020.", "open day date_ambiguous"),
        ("They fired on 10.09.2020.", "2020-09-10..2020-09-11 day"),
        ("They fired on the 10th.", TENTH),
        ("They fired on the 12th.", "2020-10-12..2020-10-13 day"),
        ("They fired on the 30th.", "2020-09-30..2020-10-01 day"),
        ("They fired on the 9th and withdrew.", "2020-10-09..2020-10-10 day"),
        ("They met for the 10th round of talks.", ""),
        ("They fired on 31 September 2020.", "open day date_impossible"),
        ("They fired on 29 February 2021.", "open day date_impossible"),
        ("They fired on 29 February 2020.", "2020-02-29..2020-03-01 day"),
        ("THEY FIRED ON 10 OCTOBER 2020.", TENTH),
        ("THEY FIRED ON 10 OCT.", TENTH),
        ("THEY FIRED ON SATURDAY.", TENTH),
        ("They fired on Saturday, October 10.", TENTH),
        ("They fired on Saturday, 10 October 2020.", TENTH),
        ("They fired on Saturday, October 3.", "2020-10-03..2020-10-04 day"),
        ("They fired on Friday, October 10.", "2020-10-10..2020-10-11 day weekday_mismatch"),
    ],
)  # fmt: skip
def test_days_written_out(text: str, expected: str) -> None:
    assert seen(text, SUNDAY, UTC) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fired on Sunday.", "2020-10-11..2020-10-12 day"),
        ("They fired on Monday.", "2020-10-05..2020-10-06 day"),
        ("They fired last Monday.", "2020-10-05..2020-10-06 day"),
        ("They fired last Sunday.", "2020-10-04..2020-10-05 day"),
        ("They will meet next Monday.", "2020-10-12..2020-10-13 day"),
        ("They fired on Sunday morning.", "2020-10-11T04:00..2020-10-11T12:00 part_of_day"),
        ("They fired early on Sunday.", "2020-10-11..2020-10-11T09:00 part_of_day"),
        ("They fired late Saturday.", "2020-10-10T17:00..2020-10-11 part_of_day"),
        ("They fired on Saturday night.", "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired today.", "2020-10-11..2020-10-12 day"),
        ("They fired yesterday.", TENTH),
        ("They fired yesterday evening.", "2020-10-10T17:00..2020-10-11 part_of_day"),
        ("They fired the day before yesterday.", "2020-10-09..2020-10-10 day"),
        ("They fired the day before.", "open day day_before"),
        ("They fired the next day.", "open day next_day"),
        ("They fired on the same day.", "open day same_day"),
        ("They fired three days later.", "open day days_later"),
        ("They fired two days earlier.", "open day days_earlier"),
        ("They fired two hours later.", ""),
        ("They fired this morning.", "2020-10-11T04:00..2020-10-11T12:00 part_of_day"),
        ("They fired last night.", "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They will fire tonight.", "2020-10-11T17:00..2020-10-12T09:00 part_of_day"),
        ("They fired overnight.", "open part_of_day day_inherited"),
        ("They fired at dawn.", "open part_of_day day_inherited"),
        ("They fired at dawn on October 10.", "2020-10-10T03:00..2020-10-10T09:00 part_of_day"),
        ("They fired overnight on October 10.",
         "2020-10-09T18:00..2020-10-11T09:00 part_of_day night_ambiguous"),
        ("They fired overnight into Sunday.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired overnight from Saturday to Sunday.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired overnight 10-11 October.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired on the night of 10 to 11 October.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired on the night of October 10-11.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired on the night of 10/11 October.",
         "2020-10-10T18:00..2020-10-11T09:00 part_of_day"),
        ("They fired on the mornings of 9 to 10 October.",
         "2020-10-09T04:00..2020-10-10T12:00 range"),
        ("They fired three days ago.", "2020-10-08..2020-10-09 day"),
        ("They fired a day ago.", TENTH),
        ("They fired two weeks ago.", "2020-09-24..2020-10-01 vague"),
        ("They fired two hours ago.", "2020-10-10T22:00..2020-10-12 vague"),
        ("They fired last week.", "2020-09-28..2020-10-12 week"),
        ("They fired over the past week.", "2020-10-04..2020-10-12 week"),
        ("They fired within the past 24 hours.", "2020-10-10..2020-10-12 vague"),
        ("They fired in the last 48 hours.", "2020-10-09..2020-10-12 vague"),
        ("They fired over the past three days.", "2020-10-08..2020-10-12 vague"),
        ("They fired earlier this month.", "2020-10-01..2020-10-12 month"),
        ("They fired this week.", "2020-10-05..2020-10-12 week"),
        ("They fired earlier this year.", "2020-01-01..2020-10-12 year"),
        ("They fired last month.", "2020-09-01..2020-10-01 month"),
        ("They fired last year.", "2019-01-01..2020-01-01 year"),
    ],
)  # fmt: skip
def test_days_told_from_publication(text: str, expected: str) -> None:
    assert seen(text, SUNDAY, UTC) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At 12:00 on October 10 they fired.", "2020-10-10T12:00 minute"),
        ("On October 10 at 12:05 they fired.", "2020-10-10T12:05 minute"),
        ("They fired at 6.30 a.m. on October 10.", "2020-10-10T06:30 minute"),
        ("They fired at 6:30 AM on October 10.", "2020-10-10T06:30 minute"),
        ("They fired at 6.30am on October 10.", "2020-10-10T06:30 minute"),
        ("They fired at 6:30 p.m. on October 10.", "2020-10-10T18:30 minute"),
        ("They fired at 8 a.m. on October 10.", "2020-10-10T08:00 minute"),
        ("They fired at 12 a.m. on October 10.", "2020-10-10 minute"),
        ("They fired at 12 p.m. on October 10.", "2020-10-10T12:00 minute"),
        ("They fired at 12:30 a.m. on October 10.", "2020-10-10T00:30 minute"),
        ("They fired at 0400 on October 10.", "2020-10-10T04:00 minute"),
        ("They fired at 0400 hours on October 10.", "2020-10-10T04:00 minute"),
        ("They fired at 0400 GMT on October 10.", "2020-10-10T04:00 minute stated"),
        ("They fired on October 10 at 1430 GMT.", "2020-10-10T14:30 minute stated"),
        ("They fired at 12:00 Moscow time on October 10.", "2020-10-10T09:00 minute stated"),
        ("They fired at 12:00 UTC+4 on October 10.", "2020-10-10T08:00 minute stated"),
        ("They fired at 12:00 (UTC+05:30) on October 10.", "2020-10-10T06:30 minute stated"),
        ("They fired at 2020-10-10T12:00Z.", "2020-10-10T12:00 minute stated"),
        ("They fired at 24:00 on October 10.", "2020-10-11 minute"),
        ("They fired at 24:30 on October 10.", TENTH),
        ("They fired at 25:00 on October 10.", TENTH),
        ("They fired at noon on October 10.",
         "2020-10-10T11:00..2020-10-10T14:00 part_of_day"),
        ("They fired at noon local time on October 10.", "2020-10-10T12:00 minute"),
        ("They fired at noon GMT on October 10.", "2020-10-10T12:00 minute stated"),
        ("They fired at 12 noon on October 10.", "2020-10-10T12:00 minute"),
        ("They fired at midnight on October 10.", "2020-10-10..2020-10-11 part_of_day midnight_ambiguous"),
        ("They fired at 12:00.", "open minute day_inherited"),
        ("They fired from 07:00 to 07:40 on October 10.",
         "2020-10-10T07:00..2020-10-10T07:40 range"),
        ("They fired from 23:00 to 01:00 on October 10.",
         "2020-10-10T23:00..2020-10-11T01:00 range"),
        ("They fired between 10:00 and 12:00 on October 10.",
         "2020-10-10T10:00..2020-10-10T12:00 range"),
        ("They fired on October 10, 07:00-08:00.", "2020-10-10T07:00..2020-10-10T08:00 range"),
        ("They fired between 1 and 2 p.m. on October 10.",
         "2020-10-10T13:00..2020-10-10T14:00 range"),
        ("They fired from 7 to 9 a.m. on October 10.",
         "2020-10-10T07:00..2020-10-10T09:00 range"),
        ("They fired at 07:00 and 08:00 on October 10.",
         "2020-10-10T07:00 minute | 2020-10-10T08:00 minute"),
        ("They fired until 8 a.m. on October 10.",
         "2020-10-10..2020-10-10T08:00 range open_start"),
        ("They fired since 8 a.m. on October 10.",
         "2020-10-10T08:00..2020-10-11 range open_end"),
        ("On October 10 they fired from 12:00.", "2020-10-10T12:00 minute"),
    ],
)  # fmt: skip
def test_times_of_the_clock(text: str, expected: str) -> None:
    assert seen(text, SUNDAY, UTC) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fired between 10 and 12 October.", "2020-10-10..2020-10-13 range"),
        ("They fired between October 10 and 12.", "2020-10-10..2020-10-13 range"),
        ("They fired on October 10-12.", "2020-10-10..2020-10-13 range"),
        ("They fired on 10 \u2013 12 October 2020.", "2020-10-10..2020-10-13 range"),
        ("They fired from October 10 to 12.", "2020-10-10..2020-10-13 range"),
        ("They fired from 27 September to 10 October.", "2020-09-27..2020-10-11 range"),
        ("They fired between 27 September and 10 October.", "2020-09-27..2020-10-11 range"),
        ("They fired from September 27 to October 10, 2019.", "2019-09-27..2019-10-11 range"),
        ("They fired from 30 December to 2 January 2020.", "2019-12-30..2020-01-03 range"),
        ("They fired on 27 September \u2013 10 October.", "2020-09-27..2020-10-11 range"),
        ("They fired from Monday to Wednesday.", "2020-10-05..2020-10-08 range"),
        ("They fired on Monday and on Wednesday.",
         "2020-10-05..2020-10-06 day | 2020-10-07..2020-10-08 day"),
        ("They fired since 27 September.", "2020-09-27..2020-10-12 range open_end"),
        ("They have fired since Thursday.", "2020-10-08..2020-10-12 range open_end"),
        ("The truce holds until October 18.", "2020-10-18..2020-10-19 day open_start"),
        ("On October 10 11 soldiers were hit.", TENTH),
        ("On October 10 and 11 soldiers fired.", TENTH),
        ("On October 10 2000 soldiers fired.", TENTH),
        ("On October 10 2020 soldiers fired.", TENTH),
        ("It was built between 1992 and 1994.", "1992-01-01..1995-01-01 range background"),
        ("It was built in 1992-1994.", "1992-01-01..1995-01-01 range background"),
    ],
)  # fmt: skip
def test_ranges_of_days(text: str, expected: str) -> None:
    assert seen(text, SUNDAY, UTC) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They fired in October 2020.", SUNDAY, "2020-10-01..2020-11-01 month"),
        ("They fired in October.", SUNDAY, "2020-10-01..2020-11-01 month"),
        ("They fired in May.", SUNDAY, "2020-05-01..2020-06-01 month"),
        ("They may attack.", SUNDAY, ""),
        ("May they stop.", SUNDAY, ""),
        ("They march on Monday.", SUNDAY, "2020-10-05..2020-10-06 day"),
        ("They fired in 1994.", SUNDAY, "1994-01-01..1995-01-01 year background"),
        ("They fired in the early 1990s.", SUNDAY, "1990-01-01..2000-01-01 year background"),
        ("They fired in April 2016.", SUNDAY, "2016-04-01..2016-05-01 month background"),
        ("They fired in the summer of 2020.", SUNDAY, "2020-06-01..2020-09-01 season"),
        ("They fired in autumn 2019.", SUNDAY, "2019-09-01..2019-12-01 season"),
        ("They fired in the winter of 2020.", SUNDAY,
         "2019-12-01..2021-03-01 season season_ambiguous"),
        ("It was the worst since 1994.", SUNDAY, "1994-01-01..1995-01-01 year background"),
        ("They fired on 30 December.", "2021-01-02", "2020-12-30..2020-12-31 day"),
        ("They will meet on 2 January.", "2020-12-30", "2021-01-02..2021-01-03 day"),
        ("They fired in December.", "2021-01-02", "2020-12-01..2021-01-01 month"),
        ("They fired on the 30th.", "2021-01-02", "2020-12-30..2020-12-31 day"),
        ("They fired on 10 OCT 89.", "1989-10-12", "1989-10-10..1989-10-11 day"),
        ("THE REBELS FIRED ON 27 NOV 89.", "1990-01-03", "1989-11-27..1989-11-28 day"),
        ("They fired on 10 October.", None, "open day year_unknown"),
        ("They fired on October 10 at 12:00.", None, "open minute year_unknown"),
        ("They fired on Sunday.", None, "open day year_unknown"),
        ("They fired yesterday.", None, "open day year_unknown"),
        ("They fired in October.", None, "open month year_unknown"),
        ("They fired on the 12th.", None, "open day year_unknown"),
        ("They fired three days ago.", None, "open day year_unknown"),
        ("They fired over the past week.", None, "open week year_unknown"),
        ("They fired since 27 September.", None, "open day open_end year_unknown"),
        ("They fired on 10 October 2020.", None, TENTH),
        ("They fired at 0400 GMT.", None, "open minute day_inherited"),
        ("They fired in 1994.", None, "1994-01-01..1995-01-01 year"),
        ("They fired on 27 Nov 89.", None, "open day year_unknown"),
    ],
)  # fmt: skip
def test_years_are_told_or_near_publication(
    text: str, published: str | None, expected: str
) -> None:
    assert seen(text, published, UTC) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("They fired on October 10.", EAST, "2020-10-09T20:00..2020-10-10T20:00 day"),
        ("They fired at 12:00 on October 10.", EAST, "2020-10-10T08:00 minute"),
        ("They fired at 12:00 local time on October 10.", EAST, "2020-10-10T08:00 minute"),
        ("They fired at 12:00 on October 10.", None, "open minute"),
        ("They fired at 0800 GMT on October 10.", None, "2020-10-10T08:00 minute stated"),
        ("They fired at 12:00 local time, 11:00 Moscow time, on October 10.", EAST,
         "2020-10-10T08:00 minute stated zone_stated_twice"),
        ("On October 10 at 12:00 (08:00 GMT) they fired.", EAST,
         "2020-10-10T08:00 minute stated zone_stated_twice"),
        ("On October 10 at 12:00 Baku time, or 11:00 Moscow time, they fired.", EAST,
         "2020-10-10T08:00 minute stated zone_stated_twice"),
        ("On October 10 at 11:00 Moscow time (12:00 local time) they fired.", EAST,
         "2020-10-10T08:00 minute stated zone_stated_twice"),
        ("They fired at 12:00 local time, 10:00 Moscow time, on October 10.", EAST,
         "2020-10-10T07:00..2020-10-10T08:00 range stated zone_mismatch zone_stated_twice"),
        ("On October 10 at 12:00 Baku time (12:00 Moscow time) they fired.", EAST,
         "2020-10-10T08:00..2020-10-10T09:00 range stated zone_mismatch zone_stated_twice"),
        ("On October 10 at 01:00 (21:00 GMT) they fired.", EAST,
         "2020-10-09T21:00 minute stated zone_stated_twice"),
        ("At 10:00 GMT and 15:00 local time on October 10 they fired.", EAST,
         "2020-10-10T10:00 minute stated | 2020-10-10T11:00 minute"),
        ("They fired on October 10.", ZoneInfo("Europe/Kyiv"),
         "2020-10-09T21:00..2020-10-10T21:00 day"),
        ("They fired on 25 October 2020.", ZoneInfo("Europe/Kyiv"),
         "2020-10-24T21:00..2020-10-25T22:00 day"),
        ("They fired on 29 March 2020.", ZoneInfo("Europe/Kyiv"),
         "2020-03-28T22:00..2020-03-29T21:00 day"),
        ("They fired at 03:30 on 25 October 2020.", ZoneInfo("Europe/Kyiv"),
         "2020-10-25T00:30..2020-10-25T01:30 minute"),
        ("They fired at 03:30 on 29 March 2020.", ZoneInfo("Europe/Kyiv"),
         "2020-03-29T00:30..2020-03-29T01:30 minute"),
        ("They fired at 12:00 Kyiv time on 10 July 2020.", EAST, "2020-07-10T09:00 minute stated"),
        ("They fired at 12:00 Kyiv time on 10 January 2020.", EAST,
         "2020-01-10T10:00 minute stated"),
    ],
)  # fmt: skip
def test_clock_times_are_read_in_their_zone(text: str, zone: tzinfo | None, expected: str) -> None:
    assert seen(text, SUNDAY, zone) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They agreed in 20 minutes of talks.",
        "They sent 100 to 200 soldiers.",
        "A Boeing 747 landed.",
        "They recalled resolution 2202.",
        "They recalled Resolution 1994.",
        "They lost a T-72 tank and an Su-25.",
        "They won by 10:1.",
        "Call +374 10 12 34 56.",
        "Call 010 5550 1234.",
        "They lost two of 2000 soldiers.",
        "They were met by 2000 soldiers.",
        "They sent the 1950 troops home.",
        "It rose by 10.15 percent.",
        "It lies about 12.30 kilometres away.",
        "Section 3.4.12 forbids it.",
        "The ratio is 99:99.",
        "The 12th brigade fired.",
        "They held two-day talks.",
        "They fired 122-mm shells.",
        "A 60-year-old woman was hit.",
        "The march was stopped.",
        "Local authorities fired 12 people.",
        "Now they may agree.",
        "It was an august body.",
        "The version is 10.12.",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    assert [t for t in times(text) if t.low is not None] == []


def spans(text: str, published: str = SUNDAY) -> list[Claim]:
    """Give the claims of a text that are acts of fire."""
    return [c for c in read(text, published) if c.hostile]


@pytest.mark.parametrize(
    ("second", "earliest", "latest", "flag"),
    [
        ("Azerbaijani forces shelled Hadrut.", "2020-10-09T20:00", "2020-10-10T20:00",
         "time_inherited"),
        ("At 12:00 Azerbaijani forces shelled Hadrut.", "2020-10-10T08:00", "2020-10-10T08:00",
         "day_inherited"),
        ("The next day Azerbaijani forces shelled Hadrut.", "2020-10-10T20:00",
         "2020-10-11T20:00", None),
        ("The day before Azerbaijani forces shelled Hadrut.", "2020-10-08T20:00",
         "2020-10-09T20:00", None),
        ("Two days earlier Azerbaijani forces shelled Hadrut.", "2020-10-07T20:00",
         "2020-10-08T20:00", None),
        ("On the same day Azerbaijani forces shelled Hadrut.", "2020-10-09T20:00",
         "2020-10-10T20:00", None),
        ("At 12:00 on the same day Azerbaijani forces shelled Hadrut.", "2020-10-10T08:00",
         "2020-10-10T08:00", None),
    ],
)  # fmt: skip
def test_a_day_told_before(second: str, earliest: str, latest: str, flag: str | None) -> None:
    claim = spans(f"Armenian forces shelled Tartar on October 10. {second}")[-1]
    assert claim.span is not None
    assert claim.span.earliest == datetime.fromisoformat(earliest).replace(tzinfo=UTC)
    assert claim.span.latest == datetime.fromisoformat(latest).replace(tzinfo=UTC)
    assert claim.coding is not None
    assert claim.coding.time is not None
    assert claim.coding.time.inherited
    assert flag is None or flag in claim.coding.flags


@pytest.mark.parametrize("flag", ["zone_mismatch", "date_ambiguous", "weekday_mismatch"])
def test_what_is_wrong_with_a_time_is_told_in_the_claim(flag: str) -> None:
    text = {
        "zone_mismatch": "At 12:00 local time, 10:00 Moscow time, on October 10 ",
        "date_ambiguous": "On 10/09/2020 ",
        "weekday_mismatch": "On Friday, October 10 ",
    }[flag]
    (claim,) = spans(f"{text}Azerbaijani forces shelled Hadrut.")
    assert claim.coding is not None
    assert flag in claim.coding.flags
    assert (claim.span is None) == (flag == "date_ambiguous")


def test_a_day_from_now_on_is_not_told_without_publication() -> None:
    text = "Armenian forces shelled Tartar on October 10. The next day they shelled Barda."
    assert all(c.span is None for c in read(text, None))
