"""Copies are one vertex: the same words of the same event, wherever they are printed and by whom.

They are put together before any claim is compared, so that thirty reprints of a sentence weigh as one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.link.lifting import lifts
from truceline.model.evidence import ACCUSING
from truceline.model.incident import Link, LinkKind, Reason
from truceline.model.provenance import ChannelOwner
from truceline.text.likeness import likeness
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from truceline.model.evidence import Claim

COPY = 0.8
_SAID = "the same words of the same act, time and place: one vertex, counted once"


def vertices(claims: Iterable[Claim], ruled: Collection[str]) -> list[tuple[Claim, ...]]:
    """Put copies together, the best known speaker first; claims that people ruled on stand for themselves.

    Quotes are copies where four fifths of the words are shared, whoever is said to speak; the words of a
    paraphrase are a coder's, and are copies only word for word of one speaker. A copy of a copy is one too, so
    that the order of `claims` decides nothing.
    """
    found: list[tuple[Claim, ...]] = []
    alike: defaultdict[object, list[list[Claim]]] = defaultdict(list)
    for claim in claims:
        if claim.id in ruled:
            found.append((claim,))
            continue
        groups = alike[_bucket(claim)]
        mine = [g for g in groups if any(_copies(claim, other) for other in g)]
        groups[:] = [g for g in groups if not any(g is other for other in mine)]
        groups.append([claim, *(copy for group in mine for copy in group)])
    found += [tuple(sorted(g, key=_known)) for groups in alike.values() for g in groups]
    return sorted(found, key=lambda group: min(claim.id for claim in group))


def provenance(group: Sequence[Claim]) -> Claim:
    """Give the one claim that stands for copies in linking: of the best known speaker, at the earliest time."""
    return replace(group[0], published=min(claim.dated for claim in group))


def _copies(claim: Claim, other: Claim) -> bool:
    """Answer whether two claims of one bucket are copies: paraphrases there are the same word for word."""
    if claim.quote and other.quote:
        return likeness(claim.quote, other.quote) >= COPY
    return bool(claim.paraphrase)


def _known(claim: Claim) -> tuple[bool, bool, datetime, tuple[str, ...]]:
    """Sort by who is known to speak, on a channel of their own, and earliest; then by the words, never by an id."""
    known = any(v.source or v.side for v in claim.speaker_voices if not v.medium)
    words = (
        claim.url or "",
        claim.quote or claim.paraphrase or "",
        *(v.text for v in claim.speaker_voices),
    )
    return not known, claim.chain.channel is not ChannelOwner.OWN, claim.dated, words


def _bucket(claim: Claim) -> tuple[object, ...]:
    """Give what copies have in common, and of a paraphrase who says it in which words.

    What may lift a finding is no copy of what may not: in one vertex it would come to whatever the other is joined to.
    """
    words = None
    if not claim.quote:
        voices = frozenset(v.source or v.side or fold(v.text) for v in claim.speaker_voices)
        words = fold(claim.paraphrase or ""), voices
    places = tuple((p.gazetteer_id or p.text, p.kind) for p in claim.places)
    return (
        "says" if claim.stance in ACCUSING else claim.stance, claim.kind, claim.acts, claim.actors, places, claim.unplaced, claim.span,
        claim.harm, claim.hedge, claim.asserted, claim.reading, words, lifts(claim),
    )  # fmt: skip


def copy_links(group: Sequence[Claim]) -> Iterable[Link]:
    """Give a link from the first of a group to each of its copies."""
    first = group[0]
    for copy in group[1:]:
        a, b = sorted((first.id, copy.id))
        yield Link(
            a=a, b=b, kind=LinkKind.SAME_EVENT, bits=0.0,
            reasons=(Reason(rule="copy", sentence=_SAID),),
        )  # fmt: skip
