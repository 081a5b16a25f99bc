"""Counts per monitored hour with exact intervals, and two of them compared only where they are alike.

The interval of a Poisson count is that of Garwood (1936), the comparison the exact conditional test of two Poisson
means (Przyborowski and Wilenski 1940): given the sum, the first count is binomial in the share of the hours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TAIL = 0.025
_ALPHA = 0.05
# Two periods are alike covered where neither was watched much less of its time than the other.
_ALIKE = 0.8
_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A count in monitored hours, and the 95 % interval of its rate per hour; `rate` is None where nobody looked."""

    count: int
    hours: float
    rate: float | None
    low: float | None
    high: float | None


class Trend(StrEnum):
    """How a later period compares with an earlier one."""

    MORE = "more"
    FEWER = "fewer"
    TOO_FEW_TO_TELL = "too_few_to_tell"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two periods compared: the answer, the two-sided probability where it was worked out, and the sentence."""

    trend: Trend
    probability: float | None
    sentence: str


def rate_of(count: int, hours: float) -> Rate:
    """Give the rate of a count per monitored hour; ValueError below zero."""
    if count < 0 or hours < 0:
        msg = f"{count} in {hours} hours is no count"
        raise ValueError(msg)
    if hours == 0:
        return Rate(count=count, hours=0.0, rate=None, low=None, high=None)
    low = _root(lambda mean: 1 - _up_to(count - 1, mean) - _TAIL, count) if count else 0.0
    high = _root(lambda mean: _TAIL - _up_to(count, mean), count)
    return Rate(count=count, hours=hours, rate=count / hours, low=low / hours, high=high / hours)


def compare(
    earlier: tuple[int, float, float], later: tuple[int, float, float],
    channels: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> Comparison:  # fmt: skip
    """Compare two periods, each a count, its monitored hours, and the share of its time that these are.

    `channels` are those that watched in either: more cameras see more, so other channels are not alike.
    """
    (one, hours, seen), (two, other, then) = earlier, later
    told = f"{one} in {hours:.1f} monitored hours against {two} in {other:.1f}"
    if not hours or not other:
        none = "neither" if not hours and not other else "only one"
        why = f"no rate: {none} was monitored: {one} against {two}"
        return Comparison(trend=Trend.NOT_COMPARABLE, probability=None, sentence=why)
    if min(seen, then) < _ALIKE * max(seen, then):
        why = f"not alike covered ({seen:.0%} and {then:.0%} of the time): {told}"
        return Comparison(trend=Trend.NOT_COMPARABLE, probability=None, sentence=why)
    if channels[0] != channels[1]:
        words = (", ".join(sorted(c)) or "nobody" for c in channels)
        why = f"not watched alike ({' against '.join(words)}): {told}"
        return Comparison(trend=Trend.NOT_COMPARABLE, probability=None, sentence=why)
    total, share = one + two, other / (hours + other)
    probability = _two_sided(two, total, share)
    if probability >= _ALPHA:
        said = f"too few to tell a change (n = {total}, p = {probability:.2g}): {told}"
        return Comparison(trend=Trend.TOO_FEW_TO_TELL, probability=probability, sentence=said)
    trend = Trend.MORE if two > total * share else Trend.FEWER
    said = f"{trend} per monitored hour (n = {total}, p = {probability:.2g}): {told}"
    return Comparison(trend=trend, probability=probability, sentence=said)


def _up_to(count: int, mean: float) -> float:
    """Give the probability that a Poisson count is at most that."""
    if count < 0:
        return 0.0
    if mean <= 0:
        return 1.0
    logs = [k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1)]
    top = max(logs)
    return min(1.0, math.exp(top) * math.fsum(math.exp(x - top) for x in logs))


def _root(rising: Callable[[float], float], count: int) -> float:
    """Find where a rising function of the mean passes zero, by halving."""
    low, high = 0.0, count + 10 * math.sqrt(count + 1) + 10
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def _two_sided(count: int, total: int, share: float) -> float:
    """Give the probability of a count that is no likelier than this one, of a binomial (the method of small likelihoods)."""

    def log(k: int) -> float:
        ways = math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
        return ways + k * math.log(share) + (total - k) * math.log1p(-share)

    here = log(count) + 1e-9
    return min(1.0, math.fsum(math.exp(x) for k in range(total + 1) if (x := log(k)) <= here))
