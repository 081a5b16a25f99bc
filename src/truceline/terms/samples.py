"""Dates that advice shows: how one that is written the other way round has to stand, and the mission's own in place of a sample."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.mission import Mission
    from truceline.model.problem import Problem

SAMPLE_DAY, SAMPLE_CLOCK = "2020-10-10", "+04:00"
DATED = f"give {SAMPLE_DAY} or {SAMPLE_DAY}T12:00{SAMPLE_CLOCK}"
_SAMPLE = re.compile(rf"{SAMPLE_DAY}([ T]\d{{2}}:\d{{2}})?(?:{re.escape(SAMPLE_CLOCK)})?")
# In a message only an example is the sample: any other such date is what somebody wrote.
_EXAMPLE = re.compile(rf"(?:(?<=such as )|(?<=such as \")){_SAMPLE.pattern}")
_REVERSED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\D|$)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=\D|$)")


def rewritten(text: str) -> str:
    """Say how a date has to be written that stands with day or month first, or with other marks; empty where it is none.

    Where the first two numbers may each be the month both days are given: which is meant nobody guesses.
    """
    if found := _YEAR_FIRST.match(text.strip()):
        days = [_day(*map(int, found.groups()))]
    elif found := _REVERSED.match(text.strip()):
        one, other, year = map(int, found.groups())
        days = [_day(year, other, one), _day(year, one, other)]
    else:
        return ""
    rest = text.strip()[found.end() :]
    told = list(dict.fromkeys(f"{day}{rest}" for day in days if day))
    if len(told) == 1:
        return f"write {told[0]}"
    return f"{' or '.join(told)}? write year-month-day: nobody guesses which" if told else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def own(problems: Iterable[Problem], day: str, clock: str) -> tuple[Problem, ...]:
    """Give problems whose advice shows a mission's own day and offset in place of the sample."""
    return tuple(
        replace(problem, message=_owned(problem.message, day, clock, _EXAMPLE),
                advice=_owned(problem.advice, day, clock, _SAMPLE))
        if SAMPLE_DAY in problem.message + problem.advice else problem
        for problem in problems
    )  # fmt: skip


def _owned(text: str, day: str, clock: str, sample: re.Pattern[str]) -> str:
    return sample.sub(lambda found: _shown(found, day, clock), text)


def _shown(found: re.Match[str], day: str, clock: str) -> str:
    offset = clock if found[0].endswith(SAMPLE_CLOCK) else ""
    return f"{day}{found[0].removesuffix(SAMPLE_CLOCK)[len(SAMPLE_DAY) :]}{offset}"


def clock_of(mission: Mission) -> str:
    """Give the offset of a mission's zone on its first day, such as +03:00."""
    text = f"{_midnight(mission):%z}"
    return f"{text[:3]}:{text[3:5]}"


def _midnight(mission: Mission) -> datetime:
    return datetime.combine(mission.report_from, datetime.min.time(), mission.zone)


def of_mission(problems: Iterable[Problem], mission: Mission) -> tuple[Problem, ...]:
    """Give problems whose advice shows the mission's own first day and clock."""
    return own(problems, mission.report_from.isoformat(), clock_of(mission))


def instant_of(mission: Mission) -> str:
    """Give a date and an instant as this mission would write them, for advice."""
    return f"{mission.report_from}, or {mission.report_from}T00:00{clock_of(mission)}"
