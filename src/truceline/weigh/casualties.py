"""Persons harmed in one incident: what each source stated, how that changed, and low, best and high by a named rule.

Nothing is added up: not over sources, not over incidents, not over claims of one source. A figure counts for who
states it; whoever denies, takes back, or vouches for nothing states none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from truceline.model.coding import Measure, Qualifier
from truceline.model.finding import CasualtyRule, Estimate, Ground, StatedFigure
from truceline.weigh.graph import GROUNDS
from truceline.weigh.polarity import SUPPORTS, polarity
from truceline.weigh.trace import INTERESTED, traces, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from truceline.model.coding import Count
    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission
    from truceline.weigh.features import Context

MEASURES = (Measure.KILLED, Measure.INJURED)
NOT_STATED = "not_stated"
_OPEN_ABOVE = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
Key = tuple[Measure, str]
Range = tuple[int | None, int | None]


def estimates(ctx: Context) -> tuple[Estimate, ...]:
    """Give an estimate for each measure and status of persons of which somebody states a figure."""
    told: defaultdict[Key, dict[str, list[StatedFigure]]] = defaultdict(dict)
    for claim in sorted(ctx.standing, key=lambda c: (c.dated, c.id)):
        for voice, ground in _voices(claim, ctx.mission):
            for key, (low, high) in _figures(claim).items():
                told[key].setdefault(voice, []).append(
                    StatedFigure(
                        low=low, high=high, as_of=claim.dated, ground=ground, claims=(claim.id,)
                    )
                )
    order = sorted(told, key=lambda k: (MEASURES.index(k[0]), k[1]))
    return tuple(_estimate(key, told[key], ctx.mission.casualty_rule) for key in order)


def _voices(claim: Claim, mission: Mission) -> Iterator[tuple[str, Ground]]:
    """Give who states the figures of a claim, and on what ground; nobody where it states none."""
    found = {t.origin: t.ground for t in traces(claim, mission)} or voice_of(claim, mission)
    for origin, ground in found.items():
        if polarity(claim, ground) in SUPPORTS:
            yield origin, ground


def _figures(claim: Claim) -> dict[Key, Range]:
    """Give the figures of a claim by measure and status; running totals are of no one event."""
    if claim.aggregate:
        return {}
    if claim.coding is None:
        stated = ((Measure.KILLED, claim.harm.killed), (Measure.INJURED, claim.harm.injured))
        return {(m, NOT_STATED): (n, n) for m, n in stated if n is not None}
    found: dict[Key, Range] = {}
    for count in claim.coding.counts:
        if count.measure in MEASURES and not count.cumulative:
            key = (count.measure, count.status or NOT_STATED)
            found[key] = _sum(found.get(key), _range(count))
    return found


def _range(count: Count) -> Range:
    return count.low, None if count.qualifier in _OPEN_ABOVE else count.high


def _sum(one: Range | None, other: Range) -> Range:
    """Add two figures of one claim, `two killed at once, one later`; an open end stays open."""
    if one is None:
        return other
    low, high = zip(one, other, strict=True)
    return _added(low), _added(high)


def _added(pair: tuple[int | None, int | None]) -> int | None:
    first, second = pair
    return None if first is None or second is None else first + second


def _estimate(key: Key, told: dict[str, list[StatedFigure]], rule: CasualtyRule) -> Estimate:
    newest = [_newest(figures) for figures in told.values()]
    lows = [f.low for f in newest if f.low is not None]
    highs = [f.high for f in newest]
    return Estimate(
        measure=key[0].value, status=key[1], low=min(lows, default=None),
        best=_best(newest, rule),
        high=None if None in highs else max(h for h in highs if h is not None),
        as_of=max(f.as_of for f in newest), rule=rule,
        stated=tuple(_versions(told)),
    )  # fmt: skip


def _newest(figures: Sequence[StatedFigure]) -> StatedFigure:
    """Give what a source states last; figures of one publication time are one, lowest to highest."""
    last = max(f.as_of for f in figures)
    return _together([f for f in figures if f.as_of == last], last)


def _together(figures: Sequence[StatedFigure], as_of: datetime) -> StatedFigure:
    lows = [f.low for f in figures if f.low is not None]
    highs = [f.high for f in figures]
    return StatedFigure(
        low=min(lows, default=None), high=None if None in highs else max(h for h in highs if h is not None),
        as_of=as_of, ground=max((f.ground for f in figures), key=GROUNDS.index),
        claims=tuple(sorted({c for f in figures for c in f.claims})),
    )  # fmt: skip


def _versions(told: dict[str, list[StatedFigure]]) -> Iterator[StatedFigure]:
    """Give what was stated, source by source, each with its versions over time."""
    by_source = [
        [
            _together([f for f in figures if f.as_of == when], when)
            for when in sorted({f.as_of for f in figures})
        ]
        for figures in told.values()
    ]
    for versions in sorted(by_source, key=lambda v: (v[0].as_of, v[0].claims)):
        yield from versions


def _best(newest: Sequence[StatedFigure], rule: CasualtyRule) -> int | None:
    """Give the best figure by the rule, None where the rule gives none."""
    exact = [f for f in newest if f.low is not None and f.low == f.high]
    match rule:
        case CasualtyRule.RANGE:
            return None
        case CasualtyRule.HIERARCHY:
            placed = [f for f in exact if f.ground not in INTERESTED]
            top = max((GROUNDS.index(f.ground) for f in placed), default=-1)
            return _only({f.low for f in placed if GROUNDS.index(f.ground) == top})
        case CasualtyRule.MAJORITY:
            votes = Counter(f.low for f in exact)
            return _only({n for n, count in votes.items() if 2 * count > len(newest)})


def _only(figures: set[int | None]) -> int | None:
    return figures.pop() if len(figures) == 1 else None
