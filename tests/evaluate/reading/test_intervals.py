"""Intervals against published and hand-counted values; seeds and edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evaluate.reading.intervals import (
    bootstrap_f1,
    f1,
    f1_figure,
    mean_figure,
    proportion,
    wilson,
)


def test_wilson_against_published_values() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263 and 15 of 148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_wilson_knows_nothing_of_nothing_and_refuses_nonsense() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="3 successes of 2"):
        wilson(3, 2)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(pair: tuple[int, int]) -> None:
    x, n = pair
    low, high = wilson(x, n)
    assert 0 <= low <= x / n <= high <= 1
    assert wilson(n - x, n) == pytest.approx((1 - high, 1 - low))


def test_figures_are_written_with_their_interval_and_n() -> None:
    assert str(proportion("event", 259, 312)) == ".83 [.78, .87] n=312"
    assert str(proportion("event", 20, 20)) == "1.00 [.84, 1.00] n=20"
    assert str(proportion("event", 0, 0)) == "none n=0"


def test_f1_is_the_harmonic_mean() -> None:
    precision, recall = 6 / 8, 6 / 12
    assert f1(6, 8, 12) == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1(0, 0, 0) == 0.0


def test_the_bootstrap_is_seeded_and_holds_the_value() -> None:
    documents = [(float(n % 3), 3.0, 2.0 + n % 2) for n in range(60)]
    figure = f1_figure("slot", documents)
    assert figure.value is not None
    assert figure.low < figure.value < figure.high
    assert figure == f1_figure("slot", documents)
    assert bootstrap_f1(documents, seed=1) != bootstrap_f1(documents, seed=2)


def test_the_bootstrap_at_its_edges() -> None:
    assert f1_figure("none", []).value is None
    assert f1_figure("none", [(0.0, 0.0, 0.0)]).value is None
    assert str(f1_figure("all", [(2.0, 2.0, 2.0)] * 5)) == "1.00 [1.00, 1.00] n=5"
    assert mean_figure("none", []).value is None
    assert mean_figure("half", [0.0, 1.0] * 50).value == 0.5
