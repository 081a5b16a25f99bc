"""A figure with its uncertainty: Wilson intervals of shares, bootstrap intervals of F1 over documents.

Sources: Wilson 1927 (score interval); Efron 1979 (percentile bootstrap over documents, seeded).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
Z = 1.959963984540054  # two-sided 95 %
RESAMPLES = 1000
Interval = tuple[float, float]
Counts = tuple[float, float, float]  # credit, actual, possible: of one document or of all


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A score from 0 to 1 with its 95 % interval; `value` is None where nothing could be scored."""

    name: str
    value: float | None
    n: int
    low: float
    high: float

    def __str__(self) -> str:
        if self.value is None:
            return f"none n={self.n}"
        return f"{short(self.value)} [{short(self.low)}, {short(self.high)}] n={self.n}"


def short(value: float) -> str:
    """Give a score with two digits and no leading nought: `.83`, `1.00`."""
    return f"{value:.2f}".removeprefix("0")


def wilson(successes: int, n: int) -> Interval:
    """Give the 95 % Wilson score interval of a share; (0, 1) where n is 0.

    Raises ValueError unless 0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n}")
    if n == 0:
        return 0.0, 1.0
    share, spread = successes / n, Z * Z / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    # Rounding must not push the bounds past the share itself when it is 0 or 1.
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def proportion(name: str, successes: int, n: int) -> Figure:
    """Give a share as a figure with its Wilson interval."""
    low, high = wilson(successes, n)
    return Figure(name=name, value=successes / n if n else None, n=n, low=low, high=high)


def f1(credit: float, actual: float, possible: float) -> float:
    """Give F1 from credit, fills given and fills wanted; 0 where both of the latter are 0.

    The harmonic mean of credit/actual and credit/possible is 2 credit / (actual + possible).
    """
    return 2 * credit / (actual + possible) if actual + possible else 0.0


def bootstrap(
    units: Sequence[T], statistic: Callable[[Sequence[T]], float], *, seed: int = 0
) -> Interval:
    """Give the 95 % percentile bootstrap interval of any statistic of units; (0, 1) where empty."""
    if not units:
        return 0.0, 1.0
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(units), size=(RESAMPLES, len(units)))
    values = [statistic([units[i] for i in row]) for row in picks]
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def bootstrap_f1(documents: Sequence[Counts], *, seed: int = 0) -> Interval:
    """Give the 95 % percentile bootstrap interval of micro F1, drawing whole documents."""
    if not documents:
        return 0.0, 1.0
    counts = np.asarray(documents, dtype=np.float64)
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(counts), size=(RESAMPLES, len(counts)))
    credit, actual, possible = counts[picks].sum(axis=1).T
    total = actual + possible
    values = np.divide(2 * credit, total, out=np.zeros_like(total), where=total > 0)
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def f1_figure(name: str, documents: Sequence[Counts], *, seed: int = 0) -> Figure:
    """Give micro F1 over documents as a figure; `n` counts the documents."""
    totals = [sum(column) for column in zip(*documents, strict=True)] or [0.0, 0.0, 0.0]
    value = f1(*totals) if totals[1] + totals[2] else None
    low, high = bootstrap_f1(documents, seed=seed)
    return Figure(name=name, value=value, n=len(documents), low=low, high=high)


def mean_figure(name: str, values: Sequence[float], *, seed: int = 0) -> Figure:
    """Give the mean of per-document scores as a figure with its bootstrap interval."""
    low, high = bootstrap(values, _mean, seed=seed)
    return Figure(
        name=name, value=_mean(values) if values else None, n=len(values), low=low, high=high
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
