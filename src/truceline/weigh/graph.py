"""Who is the same origin as whom: one house, one spokesperson, one material, words copied from earlier ones.

Each origin is a vertex; what is shared joins two of them, and what is joined counts once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.model.finding import Ground
from truceline.text.likeness import likeness, words
from truceline.text.names import fold
from truceline.text.private import holds_hidden
from truceline.weigh.admission import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from truceline.weigh.trace import Trace

# From the weakest to the strongest.
GROUNDS = tuple(Ground)
COPY = 0.8
_FEWEST_WORDS = 6
_PERSON = re.compile(r"\(([^()]*[^()\s])\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """Traces that count once: the vertices joined, on what ground, and why they are one."""

    names: tuple[str, ...]
    ground: Ground
    traces: tuple[Trace, ...]
    joined: tuple[str, ...]


def roots(traces: Sequence[Trace]) -> tuple[Root, ...]:
    """Give the roots of known speakers, in the order of their names; copies of earlier words add no vertex."""
    known = [t for t in traces if t.origin != UNKNOWN]
    originals, copied = _without_copies(known)
    edges = [*_shared(originals, _persons, _ONE_PERSON), *_shared(originals, _material, _MATERIAL)]
    groups = _components({t.origin for t in originals}, [(a, b) for a, b, _ in edges])
    return tuple(_root(names, originals, copied, edges) for names in groups)


Edge = tuple[str, str, str]
_ONE_PERSON, _MATERIAL = "one person speaks for both", "the same material"
_COPIED = "words copied from it"


def _root(
    names: tuple[str, ...], originals: Sequence[Trace], copied: Sequence[tuple[Trace, str]],
    edges: Sequence[Edge],
) -> Root:  # fmt: skip
    mine = [t for t in originals if t.origin in names]
    copies = [t for t, of in copied if of in names]
    why = {reason for a, _, reason in edges if a in names}
    grounds = [t.ground for t in mine]
    # Who speaks for a side speaks for that side, whatever else they speak for.
    weakest = _ONE_PERSON in why and Ground.INTERESTED in grounds
    return Root(
        names=names,
        ground=Ground.INTERESTED if weakest else max(grounds, key=GROUNDS.index),
        traces=tuple(mine + copies),
        joined=tuple(sorted(why | ({_COPIED} if copies else set()))),
    )


def _without_copies(traces: Sequence[Trace]) -> tuple[list[Trace], list[tuple[Trace, str]]]:
    """Set aside quotes that copy earlier ones of another origin; of the same hour, the weaker is the model."""
    order = sorted(
        traces,
        key=lambda t: (t.claim.dated, GROUNDS.index(t.ground), t.claim.quote or "", t.origin),
    )
    originals: list[Trace] = []
    copied: list[tuple[Trace, str]] = []
    for trace in order:
        model = next((o for o in originals if o.origin != trace.origin and _copies(trace, o)), None)
        if model is None:
            originals.append(trace)
        else:
            copied.append((trace, model.origin))
    return originals, copied


def _copies(later: Trace, earlier: Trace) -> bool:
    quote, model = later.claim.quote, earlier.claim.quote
    if not quote or not model or len(words(quote)) < _FEWEST_WORDS:
        return False
    return likeness(quote, model) >= COPY


def _persons(trace: Trace) -> set[str]:
    """Give the persons named in brackets behind the body they speak for: `UN (Name)`."""
    texts = (voice.text for voice in trace.claim.speaker_voices)
    found = {name for text in texts for name in _PERSON.findall(text)}
    return {fold(name) for name in found if name[:1].isupper() or holds_hidden(name)}


def _material(trace: Trace) -> set[str]:
    return {fold(trace.claim.material)} if trace.claim.material else set()


def _shared(traces: Sequence[Trace], keys: Callable[[Trace], set[str]], reason: str) -> list[Edge]:
    """Join the origins that share a key."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for trace in traces:
        for key in keys(trace):
            holders[key].add(trace.origin)
    return [
        (a, b, reason) for names in holders.values() for a, b in combinations(sorted(names), 2)
    ]  # fmt: skip


def _components(
    names: Iterable[str], edges: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Give the connected components, each sorted, sorted by their first name."""
    of = {name: {name} for name in names}
    for a, b in edges:
        if of[a] is not of[b]:
            whole = of[a] | of[b]
            for name in whole:
                of[name] = whole
    return tuple(sorted({tuple(sorted(group)) for group in of.values()}))
