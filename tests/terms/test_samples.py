"""Dates in advice: one written the other way round is shown as it has to stand, and a mission's own stand for the sample."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.model.problem import Problem, Severity
from truceline.terms.samples import own, rewritten


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("27/09/2020", "write 2020-09-27"),
        ("09/27/2020", "write 2020-09-27"),
        ("27.9.2020 14:05", "write 2020-09-27 14:05"),
        ("2020/09/27", "write 2020-09-27"),
        ("02/10/2020", "2020-10-02 or 2020-02-10? write year-month-day: nobody guesses which"),
        ("10/10/2020", "write 2020-10-10"),
        # No date at all, and one that no calendar has.
        ("soon", ""),
        ("31/31/2020", ""),
        ("2020-09-27", ""),
        ("1/2/20201", ""),
    ],
)
def test_a_date_the_other_way_round_is_shown_as_it_has_to_stand(text: str, advice: str) -> None:
    assert rewritten(text) == advice


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from("/.-"))
def test_the_day_that_was_meant_is_always_among_those_shown(day: date, mark: str) -> None:
    for form in (f"%d{mark}%m{mark}%Y", f"%m{mark}%d{mark}%Y"):
        assert day.isoformat() in rewritten(day.strftime(form))


def test_advice_shows_the_missions_own_day_and_clock_and_what_was_written_stays() -> None:
    advice = 'give 2020-10-10 or 2020-10-10T12:00+04:00, or write "2020-10-10 12:00"'
    told = Problem(
        severity=Severity.ERROR, file="f", message="'2020-10-10' is wrong", advice=advice
    )
    (found,) = own([told], "2024-11-27", "+02:00")
    assert found.advice == 'give 2024-11-27 or 2024-11-27T12:00+02:00, or write "2024-11-27 12:00"'
    assert found.message == told.message
