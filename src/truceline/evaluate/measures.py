"""Pairwise and B³ precision, recall and F of a partition whose items may carry several labels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Precision, recall and F, each 0 to 1; `n` items were scored."""

    n: int
    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some pairs are right."""

    right: int
    of: int

    def __add__(self, other: Share) -> Share:
        """Count two shares together."""
        return Share(right=self.right + other.right, of=self.of + other.of)


Labels = dict[str, frozenset[str]]


def _match(a: frozenset[str], b: frozenset[str]) -> bool:
    """Answer whether two items may stand together: they share any label."""
    return bool(a & b)


def _required(a: frozenset[str], b: frozenset[str]) -> bool:
    """Answer whether two items must stand together.

    An item with several labels belongs to any one of them, so it can be missed only by its equals.
    """
    return a == b


def pairwise(groups: Mapping[str, Hashable], labels: Labels) -> Scores:
    """Score pairs put together; a pair is right when the two share any label."""
    names = sorted(labels)
    together = right = true = 0
    for n, a in enumerate(names):
        for b in names[n + 1 :]:
            same = groups[a] == groups[b]
            hit = same and _match(labels[a], labels[b])
            together += same
            right += hit
            true += hit or _required(labels[a], labels[b])
    return Scores(
        n=len(names),
        precision=right / together if together else 1.0,
        recall=right / true if true else 1.0,
    )


def right_pairs(groups: Mapping[str, Hashable], labels: Labels, special: Collection[str]) -> Share:
    """Count the pairs put together of which exactly one is special, and those of them that share a label."""
    joined = [
        (labels[a], labels[b])
        for a in labels if a in special
        for b in labels if b not in special and groups[a] == groups[b]
    ]  # fmt: skip
    return Share(right=sum(_match(a, b) for a, b in joined), of=len(joined))


def b_cubed(groups: Mapping[str, Hashable], labels: Labels) -> Scores:
    """Score each item's group against its true group (Bagga & Baldwin 1998), item by item."""
    holding: dict[Hashable, set[str]] = defaultdict(set)
    for name in labels:
        holding[groups[name]].add(name)
    precision = recall = 0.0
    for name, mine in labels.items():
        group = holding[groups[name]]
        right = {other for other in group if _match(mine, labels[other])}
        wanted = right | {other for other, theirs in labels.items() if _required(mine, theirs)}
        precision += len(right) / len(group)
        recall += len(right) / len(wanted)
    n = len(labels)
    return Scores(n=n, precision=precision / n if n else 1.0, recall=recall / n if n else 1.0)
