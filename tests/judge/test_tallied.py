"""What monitors count: a tally above none never stands beside "none recorded"; a party's count is its own word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ZONE, mission, project, row, source
from tests.judge.test_judging import defined
from tests.judge.test_standing import standings, watched
from truceline.model.counting import CountingRule, ReportedTally
from truceline.model.coverage import CoverageVerdict
from truceline.model.judgement import Standing
from truceline.model.mission import Mission, SourceRole

MONITORS = source("Monitors", SourceRole.MONITOR)
DAY = datetime(2020, 10, 12, tzinfo=ZONE)


def tally(**changes: object) -> ReportedTally:
    """Make a count of monitors at Alpha on 12 October, from midnight to midnight."""
    made = ReportedTally(
        id="t1", counter="Monitors", rule=CountingRule.SMM_EVENT, area="alpha", start=DAY,
        end=DAY + timedelta(days=1), value=7, coverage="", reported=DAY + timedelta(days=1),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def counted(*tallies: ReportedTally) -> Mission:
    """Make terms that hold around Alpha, watched through October, with what monitors count."""
    of = watched(defined())
    return replace(of, sources=(*of.sources, MONITORS), tallies=tallies)


def on(day: str, *tallies: ReportedTally) -> Standing:
    """Give the standing of a day."""
    return standings(project([row("X", t_from_local="2020-10-20")], counted(*tallies)))["z", day]


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({}, True),
        ({"area": "everywhere"}, True),
        ({"area": "north"}, True),
        # None, elsewhere, or of acts that the provision is not about.
        ({"value": 0}, False),
        ({"area": "gamma"}, False),
        # A party's count is its own word, and a sum over a week says of no day that it fell there.
        ({"counter": "AA"}, False),
        ({"counter": "AA-MoD"}, False),
        ({"end": DAY + timedelta(days=7)}, False),
        # From evening to evening: it may have been on either day.
        ({"start": DAY - timedelta(hours=5), "end": DAY + timedelta(hours=19)}, True),
    ],
)  # fmt: skip
def test_a_day_on_which_monitors_count_some_is_not_quiet(
    changes: dict[str, object],
    flagged: bool,  # noqa: FBT001
) -> None:
    found = on("2020-10-12", tally(**changes))
    expected = (
        CoverageVerdict.RECORDED_NOT_ASSESSABLE
        if flagged
        else CoverageVerdict.OBSERVED_NONE_RECORDED
    )
    assert (found.standing, found.counted) == (expected, ("t1",) if flagged else ())
    assert ("monitors count some (t1)" in found.sentence) is flagged


def test_the_day_before_and_after_stay_as_they_were() -> None:
    for day in ("2020-10-11", "2020-10-13"):
        assert on(day, tally()).standing is CoverageVerdict.OBSERVED_NONE_RECORDED
    evening = tally(start=DAY - timedelta(hours=5), end=DAY + timedelta(hours=19))
    assert on("2020-10-11", evening).standing is CoverageVerdict.RECORDED_NOT_ASSESSABLE


@given(
    st.permutations(
        [tally(), tally(id="t2", value=1), tally(id="t0", value=0), tally(id="t3", area="gamma")]
    )
)
def test_the_order_of_tallies_changes_nothing(tallies: list[ReportedTally]) -> None:
    assert on("2020-10-12", *tallies).counted == ("t1", "t2")


def test_a_mission_without_monitors_is_as_before() -> None:
    assert mission().tallies == ()
