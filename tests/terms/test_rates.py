"""Rates per monitored hour: exact intervals, and comparisons only of what is alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.terms.rates import Trend, compare, rate_of


# Garwood's limits as printed in tables of the exact Poisson interval.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)  # fmt: skip
def test_the_interval_is_the_exact_one(count: int, low: float, high: float) -> None:
    found = rate_of(count, 2.0)
    assert found.low == pytest.approx(low / 2, abs=5e-4)
    assert found.high == pytest.approx(high / 2, abs=5e-4)


def test_without_an_hour_there_is_no_rate() -> None:
    found = rate_of(3, 0)
    assert (found.rate, found.low, found.high) == (None, None, None)
    with pytest.raises(ValueError, match="is no count"):
        rate_of(-1, 1)


def test_a_change_is_told_only_where_the_counts_carry_it() -> None:
    assert compare((3, 24, 1.0), (5, 24, 1.0)).trend is Trend.TOO_FEW_TO_TELL
    assert compare((3, 24, 1.0), (30, 24, 1.0)).trend is Trend.MORE
    assert compare((30, 24, 1.0), (3, 24, 1.0)).trend is Trend.FEWER
    assert compare((0, 24, 1.0), (0, 24, 1.0)).trend is Trend.TOO_FEW_TO_TELL
    assert "n = 33" in compare((3, 24, 1.0), (30, 24, 1.0)).sentence


def test_the_probability_is_that_of_the_exact_test() -> None:
    """Three against ten in equal hours: of 2^13 ways 2 (1 + 13 + 78 + 286) are no likelier."""
    assert compare((3, 10, 0.5), (10, 10, 0.5)).probability == pytest.approx(2 * 378 / 2**13)


def test_periods_that_were_not_watched_alike_are_not_compared() -> None:
    found = compare((3, 24, 1.0), (30, 12, 0.5))
    assert (found.trend, found.probability) == (Trend.NOT_COMPARABLE, None)
    assert "not alike covered (100% and 50% of the time)" in found.sentence
    one, none = compare((3, 0, 0.0), (30, 24, 1.0)), compare((3, 0, 0.0), (30, 0, 0.0))
    assert one.trend is none.trend is Trend.NOT_COMPARABLE
    assert one.sentence == "no rate: only one was monitored: 3 against 30"
    assert none.sentence == "no rate: neither was monitored: 3 against 30"


def test_periods_watched_by_other_channels_are_not_compared() -> None:
    patrol, both = frozenset({"patrol"}), frozenset({"patrol", "camera"})
    found = compare((3, 24, 1.0), (30, 24, 1.0), (patrol, both))
    assert found.trend is Trend.NOT_COMPARABLE
    assert "not watched alike (patrol against camera, patrol)" in found.sentence
    assert compare((3, 24, 1.0), (30, 24, 1.0), (both, both)).trend is Trend.MORE


@given(st.integers(0, 200), st.integers(0, 200))
def test_exchanging_the_periods_turns_the_answer_around(one: int, other: int) -> None:
    turned = {Trend.MORE: Trend.FEWER, Trend.FEWER: Trend.MORE}
    there, back = (compare((a, 24, 1.0), (b, 24, 1.0)) for a, b in ((one, other), (other, one)))
    assert turned.get(there.trend, there.trend) is back.trend
