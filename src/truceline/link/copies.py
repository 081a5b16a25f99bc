"""Copies are one vertex: what one speaker says in the same words of the same event, wherever it is printed.

They are put together before any claim is compared, so that thirty reprints of a sentence weigh as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.incident import Link, LinkKind, Reason
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from truceline.model.evidence import Claim

_SAID = "the same speaker, the same words, the same act, time and place: counted once"


def vertices(claims: Iterable[Claim], ruled: Collection[str]) -> list[tuple[Claim, ...]]:
    """Put copies together, the earliest first; claims that people ruled on stand for themselves.

    `claims` must stand in an order that does not depend on arrival; the vertices keep it.
    """
    found: dict[object, list[Claim]] = {}
    for claim in claims:
        words = fold(claim.quote or claim.paraphrase or "")
        alone = not words or claim.id in ruled
        found.setdefault(claim.id if alone else (words, *_content(claim)), []).append(claim)
    return [tuple(sorted(group, key=lambda c: c.dated)) for group in found.values()]


def _content(claim: Claim) -> tuple[object, ...]:
    voices = frozenset(v.source or v.side or fold(v.text) for v in claim.speaker_voices)
    places = tuple((p.gazetteer_id or p.text, p.kind) for p in claim.places)
    return (
        voices, claim.stance, claim.kind, claim.acts, claim.actors, places, claim.unplaced,
        claim.span, claim.harm, claim.hedge, claim.asserted, claim.reading,
    )  # fmt: skip


def copy_links(group: Sequence[Claim]) -> Iterable[Link]:
    """Give a link from the earliest of a group to each of its copies."""
    first = group[0]
    for copy in group[1:]:
        a, b = sorted((first.id, copy.id))
        yield Link(
            a=a, b=b, kind=LinkKind.SAME_EVENT, bits=0.0,
            reasons=(Reason(rule="copy", sentence=_SAID),),
        )  # fmt: skip
