"""What would be read had a source never spoken? The claims without all that it said or passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.terms.words import did_you_mean
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission


def sources_named(words: Iterable[str], mission: Mission) -> tuple[str, ...]:
    """Give the ids of the sources that words name, with those that belong to their houses, in alphabetical order.

    UsageError for a word that names none.
    """
    by_name = {
        fold(name): source.id
        for source in mission.sources
        for name in (source.id, source.name, *source.aliases)
    }
    found = set()
    for word in words:
        if fold(word) not in by_name:
            names = [source.id for source in mission.sources]
            raise UsageError(f"{word!r} is no source of this mission", did_you_mean(word, names))
        found.add(by_name[fold(word)])
    while more := {s.id for s in mission.sources if s.parent in found} - found:
        found |= more
    return tuple(sorted(found))


def left_out(claims: Sequence[Claim], sources: Iterable[str]) -> tuple[Claim, ...]:
    """Give the claims that a source of these said, alone or with others, or passed on."""
    gone = set(sources)
    return tuple(claim for claim in claims if gone & set(_heard(claim)))


def _heard(claim: Claim) -> Iterable[str | None]:
    """Give every source through which a claim came."""
    yield from (voice.source for voice in claim.speaker_voices)
    yield from (relay.source for relay in claim.chain.relays)
